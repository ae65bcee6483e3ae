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
	log    *trace.Log
	config *Config
	client string
	conn   int64
	rec    *trace.Record
	room   int // bytes of content still to be kept in each direction
	out    int
}

func (r *recorder) begin(config *Config, client handler.Address) {
	r.log, r.config = config.Log, config
	if r.log == nil {
		return
	}
	if client.IsValid() {
		r.client = client.String()
	}
	if config.Source == trace.Wire || config.Source == trace.Typed {
		r.conn = r.log.Connection()
	}
}

// maxHead bounds what a record keeps of a head that was not understood.
const maxHead = 64 << 10

// outgoing is the provenance of what we send: as real as what we receive.
func (r *recorder) outgoing() trace.Provenance {
	if r.config.Source == trace.Typed {
		return trace.Wire
	}
	return r.config.Source
}

func (r *recorder) at() time.Duration { return time.Since(r.rec.Start) }

// request begins the record of a request. head is what was received of it:
// more than that may be in the buffer, so it is bounded.
func (r *recorder) request(req *http1.Request, head string) {
	if r.log == nil {
		return
	}
	r.rec = &trace.Record{
		Conn: r.conn, Site: r.config.Site, Client: r.client, Source: r.config.Source,
		Start:  time.Now(),
		Method: req.Method, Target: req.Target, Proto: req.Proto,
	}
	r.room, r.out = r.log.Limit(), r.log.Limit()
	if kept := min(len(head), maxHead); kept < len(head) {
		r.rec.Omitted += int64(len(head) - kept)
		head = head[:kept]
	}
	r.rec.Add(trace.In, r.config.Source, 0, head)
}

func (r *recorder) received(p []byte) {
	if r.rec != nil {
		r.content(trace.In, r.config.Source, &r.room, p)
	}
}

func (r *recorder) sent(p []byte) {
	if r.rec != nil {
		r.content(trace.Out, r.outgoing(), &r.out, p)
	}
}

func (r *recorder) content(k trace.Kind, from trace.Provenance, room *int, p []byte) {
	kept := p[:min(len(p), *room)]
	if len(kept) > 0 {
		r.rec.Add(k, from, r.at(), string(kept))
		*room -= len(kept)
	}
	r.rec.Omitted += int64(len(p) - len(kept))
}

// passed notes the first n bytes of c, which the transport sent its own way.
// What is in memory is kept as it is; what went from a file to the peer was
// never seen here.
func (r *recorder) passed(c handler.Content, n int64) {
	if r.rec == nil {
		return
	}
	if b, ok := c.(handler.Bytes); ok {
		r.sent(b[:n])
		return
	}
	text := "content of " + strconv.FormatInt(n, 10) + " bytes handed over by reference, not kept here"
	if r.config.Source == trace.Wire {
		if left := r.reread(c, n); left < n {
			text = "content of " + strconv.FormatInt(n, 10) + " bytes handed over by reference; its beginning is read once more for this log"
		}
	} else {
		r.rec.Omitted += n
	}
	r.rec.Add(trace.Event, trace.Wire, r.at(), text)
}

// reread keeps the beginning of what is in a file by reading it again, marked
// as rebuilt: the file may have changed since it was sent. It returns how much
// of the n bytes is not kept.
func (r *recorder) reread(c handler.Content, n int64) (left int64) {
	switch c := c.(type) {
	case handler.Parts:
		for _, part := range c {
			size := min(part.Size(), n)
			left += r.reread(part, size)
			n -= size
		}
		return left
	case handler.Bytes:
		before := r.out
		r.sent(c[:n])
		return n - int64(before-r.out)
	case *handler.Section:
		file, ok := c.File.(io.ReaderAt)
		if !ok {
			break
		}
		b := make([]byte, min(int64(r.out), n))
		m, _ := file.ReadAt(b, c.Off)
		if m > 0 {
			r.rec.Add(trace.Out, trace.Rebuilt, r.at(), string(b[:m]))
			r.out -= m
		}
		n -= int64(m)
	}
	r.rec.Omitted += n
	return n
}

func (r *recorder) head(p []byte) {
	if r.rec != nil {
		r.rec.Add(trace.Out, r.outgoing(), r.at(), string(p))
	}
}

func (r *recorder) fault(text string) {
	if r.rec != nil {
		r.rec.Add(trace.Fault, trace.Wire, r.at(), text)
	}
}

func (r *recorder) note(n handler.Note) {
	if r.rec == nil {
		return
	}
	text := n.Topic + ": " + n.Text
	if n.Ref != "" {
		text += " (" + n.Ref + ")"
	}
	r.rec.Add(trace.Note, trace.Wire, r.at(), text)
}

func (r *recorder) over(x *handler.Exchange, more bool) {
	if r.rec == nil {
		return
	}
	if r.conn != 0 {
		if more {
			r.rec.Add(trace.Event, trace.Wire, r.at(), "connection stays open")
		} else {
			r.rec.Add(trace.Event, trace.Wire, r.at(), "connection closed by the server")
		}
	}
	res := x.Response()
	r.rec.Status, r.rec.Reason = x.Status(), res.Reason
	r.rec.Type = res.Fields.Get("Content-Type")
	r.rec.Size = x.Size()
	r.rec.Elapsed = r.at()
	rec := r.rec
	r.rec = nil
	r.log.Append(rec)
}
