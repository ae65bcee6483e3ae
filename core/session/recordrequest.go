package session

import (
	"strconv"
	"time"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// maxHead bounds what a record keeps of a head that was not understood.
const maxHead = 64 << 10

// request begins the record of a request. head is what was received of it:
// more than that may be in the buffer, so it is bounded.
func (r *recorder) request(req *http1.Request, head string, code trace.Code) {
	if r.log == nil {
		return
	}
	r.began = time.Now()
	if r.account != nil {
		r.rec = r.account.Record(r.began, usualSteps)
	} else {
		r.rec = &trace.Record{
			Site: r.config.Site, Source: r.config.Source,
			Start: time.UnixMicro(r.began.UnixMicro()),
			Steps: make([]trace.Step, 0, usualSteps),
		}
	}
	limit := r.log.Limit()
	r.room, r.passed = [2]int{limit, limit}, [2]int64{}
	r.framing, r.last = req.Length != 0, [2]int{}
	n := len(head)
	if n > maxHead {
		r.rec.Omitted += int64(n - maxHead)
		head = head[:maxHead]
	}
	r.addBytes(in, code, int64(n), head).At = 0
	r.parsed(head)
}

// parsed keeps what was understood of head.
func (r *recorder) parsed(head string) {
	l := r.conn.Layout()
	part := func(at http1.Range) trace.Part {
		if at.Off+at.Len > len(head) {
			return trace.Part{}
		}
		return trace.Part{Text: head[at.Off : at.Off+at.Len], Off: int32(at.Off), Len: int32(at.Len)}
	}
	q := &r.rec.Request
	q.Method, q.Target, q.Proto = part(l.Method), part(l.Target), part(l.Proto)
	if n := l.Fields(); n > 0 {
		q.Fields = make(trace.Fields, n)
		for i := range q.Fields {
			name, value := l.Field(i)
			q.Fields[i] = trace.Field{Name: part(name), Value: part(value)}
		}
	}
}

// received keeps content of the request, which the Conn has just consumed.
func (r *recorder) received(p []byte) {
	if r.rec != nil {
		r.passed[in] = r.conn.Offset() - int64(len(p))
		r.content(in, trace.Content, p)
	}
}

// framed keeps the framing of chunked content.
func (r *recorder) framed(what http1.Framing, p []byte, size int64) {
	if r.rec == nil {
		return
	}
	r.passed[in] = r.conn.Offset()
	switch what {
	case http1.ChunkSizeLine:
		r.frame(in, trace.ChunkSize, p, size)
	case http1.ChunkDataEnd:
		r.frame(in, trace.ChunkEnd, p, 0)
	case http1.TrailerSection:
		r.frame(in, trace.Trailers, p, 0)
	}
}

// complete says that the end of a request with content was seen.
func (r *recorder) complete() {
	if r.rec != nil && r.framing {
		r.add(trace.Event, trace.MessageEnd, nil).Off = r.conn.Offset()
	}
}

// left tells of n bytes behind the request that are here already.
func (r *recorder) left(n int) {
	if r.rec != nil && n > 0 {
		r.add(trace.Event, trace.MessageLeft, []string{strconv.Itoa(n)}).Off = r.conn.Offset()
	}
}

// fault tells of a request that broke the rules.
func (r *recorder) fault(e *http1.Error) {
	if r.rec == nil {
		return
	}
	s := r.add(trace.Fault, trace.Code(trace.FaultPrefix+e.Fault.Code()), nil)
	s.Off, s.Len, s.Ref = int64(e.Offset), 1, e.Section
	if e.Limit > 0 {
		s.Args = []string{strconv.Itoa(e.Limit)}
	}
}
