package session

import (
	"io"
	"strconv"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/trace"
)

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
	s := r.add(trace.Out, trace.MessageSent, nil)
	s.From, s.Off = r.from(out), r.passed[out]
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
		if r.config.Source == trace.Rebuilt {
			break
		}
		for _, part := range c {
			size := min(part.Size(), n)
			r.handedOver(part, size)
			n -= size
		}
		return
	case *handler.Section:
		if r.config.Source != trace.Rebuilt {
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
