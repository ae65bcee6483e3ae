package session

import (
	"errors"
	"io"

	"vitrine/core/http1"
)

// content reads the content of the current request: http.server's rfile, but
// one that ends where the request ends.
type content struct {
	s       *session
	pending []byte // received and not yet read; belongs to the Conn
	length  int64  // announced and not yet received; http1.Chunked if unknown
	over    bool   // the end of the request was seen
	touched bool   // the method has read a part
	dropped bool   // Discard was called, and the method has read nothing
	tooLong bool   // Discard found more than it may read
	err     error
}

func (c *content) begin(req *http1.Request) {
	c.pending, c.err, c.length, c.over = nil, nil, 0, true
	c.touched, c.dropped, c.tooLong = false, false, false
	if req != nil {
		c.length, c.over = req.Length, false
		if req.Length == 0 {
			c.fill() // the end is at hand: it needs no further byte
		}
	}
}

// remaining is how much is known to be still unread, in bytes.
func (c *content) remaining() int64 {
	n := int64(len(c.pending))
	if c.length > 0 {
		n += c.length
	}
	return n
}

// Read reads content. It fails for good if the content breaks the rules of
// its framing or the peer goes away.
func (c *content) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if c.dropped {
		return 0, errDropped
	}
	c.touched = true
	for len(c.pending) == 0 {
		if c.over {
			return 0, io.EOF
		}
		if c.fill(); c.err != nil {
			return 0, c.err
		}
	}
	n := copy(p, c.pending)
	if c.pending = c.pending[n:]; len(c.pending) == 0 {
		c.pending = nil // lets go of the Conn's buffer
	}
	return n, nil
}

// errDropped is for a method that reads the content of a GET or HEAD after its
// response has begun.
const errDropped = http1.UsageError("the content was dropped when the response began")

// fill waits for the next piece of content, or its end.
func (c *content) fill() { c.wait(Content) }

func (c *content) wait(phase Phase) {
	if c.err != nil {
		return
	}
	ev, err := c.s.next(phase)
	switch ev := ev.(type) {
	case *http1.Data:
		c.pending = ev.Bytes
		if c.length > 0 {
			c.length -= int64(len(ev.Bytes))
		}
		c.s.rec.received(ev.Bytes)
	case *http1.End:
		c.over = true
		c.s.rec.complete()
	default:
		if err == nil {
			err = io.ErrUnexpectedEOF
		}
		if fault, ok := errors.AsType[*http1.Error](err); ok {
			c.s.rec.fault(fault)
		}
		if phase == Content && timedOut(err) {
			c.s.x.LogError(timeoutText)
		}
		c.err = err
		c.s.x.CloseConnection = true
	}
}

// Discard implements handler.Discarder.
func (c *content) Discard() error {
	limit := c.s.drainLimit()
	if c.touched || c.over || limit == 0 {
		return nil
	}
	c.dropped = true
	c.tooLong = !c.discard(limit) && c.err == nil
	return c.err
}

// discard reads at most limit bytes and reports whether the end came.
func (c *content) discard(limit int64) bool {
	c.s.draining = false
	for !c.over {
		limit -= int64(len(c.pending))
		c.pending = nil
		if limit < 0 || c.err != nil {
			return false
		}
		c.wait(Drain)
	}
	return true
}
