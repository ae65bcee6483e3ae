package session

import (
	"io"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// flushAt is how many bytes of responses are gathered before they are sent.
const flushAt = 32 << 10

// Head implements handler.Sink.
func (s *session) Head(res *http1.Response) (err error) {
	before := len(s.out)
	s.out, err = s.conn.Append(s.out, res)
	if err != nil {
		return err
	}
	s.rec.head(res, s.out[before:])
	if res.Status < 200 {
		return s.flush() // the peer waits for it
	}
	return nil
}

// Write implements handler.Sink: content that is made as it goes.
func (s *session) Write(p []byte) (int, error) {
	for sent := 0; ; {
		piece := p[sent:min(len(p), sent+flushAt)]
		s.data.Bytes = piece
		before := len(s.out)
		out, err := s.conn.Append(s.out, &s.data)
		s.data.Bytes = nil
		if err != nil {
			return sent, err
		}
		s.out = out
		s.rec.sent(piece, out[before:])
		sent += len(piece)
		if len(s.out) >= flushAt {
			if err := s.flush(); err != nil {
				return sent, err
			}
		}
		if sent == len(p) {
			return sent, nil
		}
	}
}

// Send implements handler.Sink: content by reference. What has a size and is
// not chunked travels the transport's own way; the rest is copied, and each
// piece leaves as it comes.
func (s *session) Send(c handler.Content) (int64, error) {
	if c.Size() == handler.Unknown || s.x.Response().Fields.Has("Transfer-Encoding") {
		return c.WriteTo(flushing{s})
	}
	if s.x.CloseConnection || !s.conn.KeepAlive() {
		s.ending()
	}
	head := s.out
	s.out = s.out[:0]
	n, err := s.t.SendContent(head, c)
	if err != nil {
		s.gone(err)
	}
	if n > 0 {
		s.rec.handedOver(c, n)
		if serr := s.conn.Sent(n); err == nil {
			err = serr
		}
	}
	if err == nil && n < c.Size() {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// ending tells the transport that what it gets next is the last.
func (s *session) ending() {
	if t, ok := s.t.(Ending); ok {
		t.Ending()
	}
}

// flushing writes content and sends it at once.
type flushing struct{ s *session }

func (f flushing) Write(p []byte) (int, error) {
	n, err := f.s.Write(p)
	if err == nil {
		err = f.s.flush()
	}
	return n, err
}

// Flush implements handler.Sink.
func (s *session) Flush() error { return s.flush() }

func (s *session) flush() error {
	if len(s.out) == 0 {
		return nil
	}
	_, err := s.t.Write(s.out)
	s.out = s.out[:0]
	if err != nil {
		s.broken = true
		s.gone(err)
	}
	return err
}

// Closing implements handler.Sink: why this exchange is the connection's last
// although the peer would go on, as one of trace's Why.
func (s *session) Closing() string {
	switch {
	case s.config.Stopping != nil && s.config.Stopping():
		return trace.WhyStopping
	case s.config.MaxRequests > 0 && s.requests >= s.config.MaxRequests:
		return trace.WhyRequests
	case s.content.err != nil:
		return trace.WhyContent
	case s.content.tooLong, !s.content.over && s.content.remaining() > s.drainLimit():
		return trace.WhyUnread
	}
	return ""
}
