package session

import (
	"io"
	"strconv"
	"time"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// recorder writes down one exchange after the other. Without a log it does
// nothing, at the price of a test for nil.
type recorder struct {
	log     *trace.Log
	config  *Config
	conn    *http1.Conn
	account *trace.Connection // nil if there is no connection, as for a fetch

	rec     *trace.Record
	began   time.Time
	room    [2]int   // bytes of content still to be kept: in, out
	passed  [2]int64 // bytes of the exchange that passed
	last    [2]int   // index of the last step with bytes
	framing bool     // the request has content whose end is to be told
}

// Directions, for room and passed.
const (
	in = iota
	out
)

func (r *recorder) begin(t Transport, config *Config, client handler.Address, conn *http1.Conn) {
	r.log, r.config, r.conn = config.Log, config, conn
	if r.log == nil {
		return
	}
	conn.Observe(r.framed)
	if a, ok := t.(Accounted); ok {
		r.account = a.Account()
	} else if config.Source == trace.Wire || config.Source == trace.Typed {
		address := ""
		if client.IsValid() {
			address = client.String()
		}
		r.account = r.log.Connect(address, config.Source, config.Site)
	}
}

// maxHead bounds what a record keeps of a head that was not understood.
const maxHead = 64 << 10

// from is the provenance of a direction: what we send is as real as what we
// receive.
func (r *recorder) from(direction int) trace.Provenance {
	if direction == out && r.config.Source == trace.Typed {
		return trace.Wire
	}
	return r.config.Source
}

// since is in whole microseconds: more digits say nothing to a reader.
func since(began time.Time) time.Duration {
	return time.Duration(time.Since(began).Microseconds()) * time.Microsecond
}

// usualSteps is room for the steps of most exchanges.
const usualSteps = 8

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

// add appends a step and returns it, for what is more to say.
func (r *recorder) add(k trace.Kind, code trace.Code, args []string) *trace.Step {
	r.rec.Add(k, trace.Wire, since(r.began), code, args...)
	return &r.rec.Steps[len(r.rec.Steps)-1]
}

// addBytes appends a step about the next n bytes of a direction.
func (r *recorder) addBytes(direction int, code trace.Code, n int64, bytes string) *trace.Step {
	kind := trace.In
	if direction == out {
		kind = trace.Out
	}
	s := r.add(kind, code, nil)
	r.last[direction] = len(r.rec.Steps) - 1
	s.From, s.Off, s.Len, s.Bytes = r.from(direction), r.passed[direction], n, bytes
	r.passed[direction] += n
	return s
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

// frameCost is what a step of framing takes of the room for content, so that
// content in small chunks is no way to fill the memory.
const frameCost = 128

// frame keeps framing that passed, if there is room.
func (r *recorder) frame(direction int, code trace.Code, p []byte, size int64) {
	if r.room[direction] <= 0 {
		r.passed[direction] += int64(len(p))
		return
	}
	s := r.addBytes(direction, code, int64(len(p)), string(p[:min(len(p), r.room[direction])]))
	if code == trace.ChunkSize {
		s.Args = []string{strconv.FormatInt(size, 10)}
	}
	r.room[direction] -= frameCost + len(s.Bytes)
}

// content keeps what there is room for of content that passed.
func (r *recorder) content(direction int, code trace.Code, p []byte) {
	room := max(r.room[direction], 0)
	kept := p[:min(len(p), room)]
	r.room[direction] -= len(kept)
	r.rec.Omitted += int64(len(p) - len(kept))
	if s := r.last[direction]; len(kept) == 0 && s > 0 && r.rec.Steps[s].Code == code { // it goes on
		r.passed[direction] += int64(len(p))
		r.rec.Steps[s].Len = r.passed[direction] - r.rec.Steps[s].Off
		return
	}
	r.addBytes(direction, code, int64(len(p)), string(kept))
}

// complete says that the end of a request with content was seen.
func (r *recorder) complete() {
	if r.rec != nil && r.framing {
		r.add(trace.Event, trace.MessageEnd, nil).Off = r.conn.Offset()
	}
}

// sent keeps content of the response, which went into framed.
func (r *recorder) sent(p, framed []byte) {
	if r.rec == nil {
		return
	}
	n := len(framed) - len(p) - len("\r\n")
	if n <= 0 {
		r.content(out, trace.Content, p)
		return
	}
	r.frame(out, trace.ChunkSize, framed[:n], int64(len(p)))
	r.content(out, trace.Content, p)
	r.frame(out, trace.ChunkEnd, framed[n+len(p):], 0)
}

// ended keeps what ends the response, nothing unless it is chunked, and says that
// it is complete.
func (r *recorder) ended(framed []byte) {
	if r.rec == nil {
		return
	}
	if len(framed) > 0 {
		const last = "0\r\n"
		n := min(len(last), len(framed))
		r.frame(out, trace.ChunkSize, framed[:n], 0)
		r.frame(out, trace.Trailers, framed[n:], 0)
	}
	r.add(trace.Out, trace.MessageSent, nil).Off = r.passed[out]
}

// handedOver tells of the first n bytes of c, which the transport sent its own
// way. What is in memory is kept as it is; what went from a file to the peer
// was never seen here.
func (r *recorder) handedOver(c handler.Content, n int64) {
	if r.rec == nil || n == 0 {
		return
	}
	switch c := c.(type) {
	case handler.Bytes:
		r.content(out, trace.Content, c[:n])
		return
	case handler.Parts:
		if r.config.Source != trace.Wire {
			break
		}
		for _, part := range c {
			size := min(part.Size(), n)
			r.handedOver(part, size)
			n -= size
		}
		return
	case *handler.Section:
		if r.config.Source == trace.Wire {
			n -= r.reread(c, n)
		}
	}
	if n > 0 {
		r.addBytes(out, trace.Referenced, n, "").Args = []string{strconv.FormatInt(n, 10)}
		r.rec.Omitted += n
	}
}

// reread keeps the beginning of what is in a file by reading it again, marked
// as rebuilt: the file may have changed since it was sent. It returns how many
// of the n bytes are kept.
func (r *recorder) reread(c *handler.Section, n int64) int64 {
	file, ok := c.File.(io.ReaderAt)
	if !ok || r.room[out] <= 0 {
		return 0
	}
	b := make([]byte, min(int64(r.room[out]), n))
	m, _ := file.ReadAt(b, c.Off)
	if m > 0 {
		r.addBytes(out, trace.Reread, int64(m), string(b[:m])).From = trace.Rebuilt
		r.room[out] -= m
	}
	return int64(m)
}

// head keeps the header section of a response as p, the bytes made of it.
func (r *recorder) head(res *http1.Response, p []byte) {
	if r.rec == nil || len(p) == 0 { // HTTP/0.9
		return
	}
	text, off, code := string(p), r.passed[out], trace.Header
	if res.Status < 200 {
		code = trace.Interim
	}
	r.addBytes(out, code, int64(len(p)), text)
	if res.Status < 200 {
		return
	}
	// The parts stand where http1 puts them: one SP or colon and SP between
	// two, CR LF behind the last.
	at := 0
	part := func(n, behind int) trace.Part {
		to := at + n
		part := trace.Part{Text: text[at:to], Off: int32(off) + int32(at), Len: int32(n)}
		at = to + behind
		return part
	}
	proto := len(res.Proto)
	if proto == 0 {
		proto = len("HTTP/1.1")
	}
	q := &r.rec.Response
	q.Proto, q.Code, q.Reason = part(proto, 1), part(3, 1), part(len(res.Reason), 2)
	if len(res.Fields) > 0 {
		q.Fields = make(trace.Fields, len(res.Fields))
		for i := range res.Fields {
			f := &res.Fields[i]
			q.Fields[i] = trace.Field{Name: part(len(f.Name), 2), Value: part(len(f.Value), 2)}
		}
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

// problem tells what went wrong on our side.
func (r *recorder) problem(code trace.Code, err error) {
	if r.rec != nil {
		r.add(trace.Fault, code, []string{err.Error()})
	}
}

// step is what the handler tells.
func (r *recorder) step(kind trace.Kind, code trace.Code, args []string) {
	if r.rec != nil {
		r.add(kind, code, args)
	}
}

// over ends the record. who closes the connection and why, "" if it stays open.
func (r *recorder) over(x *handler.Exchange, who, why string) {
	if r.rec == nil {
		return
	}
	r.rec.Status = x.Status()
	r.rec.Size = x.Size()
	r.publish(who, why)
}

// publish gives the record to the log.
func (r *recorder) publish(who, why string) {
	rec := r.rec
	r.rec = nil
	rec.Elapsed = since(r.began)
	switch {
	case r.account == nil:
	case why == "":
		r.account.Kept(rec, rec.Elapsed)
	default:
		r.account.Closed(rec, rec.Elapsed, who, why)
	}
	r.log.Append(rec)
}

// closed tells that the connection ended while it waited. head is what had been
// received of a header section by then; without any the account of the
// connection has the end alone.
func (r *recorder) closed(req *http1.Request, head, who, why string) {
	switch {
	case r.log == nil:
	case head == "":
		r.account.Close(who, why)
	default:
		r.request(req, head, trace.Unreadable)
		r.publish(who, why)
	}
}
