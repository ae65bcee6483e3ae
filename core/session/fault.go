package session

import (
	"errors"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// transportError is a failure of the transport: the peer cannot be reached any more.
type transportError struct {
	err   error
	phase Phase
}

func (e *transportError) Error() string { return e.err.Error() }
func (e *transportError) Unwrap() error { return e.err }

// fault responds to a message that broke the rules, or notes why the connection
// ended without a response.
func (s *session) fault(err error) {
	req := s.conn.Partial()
	s.content.begin(nil)
	if broken, ok := errors.AsType[*http1.Error](err); ok {
		if s.rec.log != nil {
			s.rec.request(req, string(s.conn.Rest()), trace.Unreadable)
		}
		s.rec.fault(broken)
		s.x.Begin(s.base, req, nil, s, s.steps())
		s.x.CloseConnection = true
		if err := s.x.SendFault(broken); err == nil {
			s.finish()
		}
		s.flush()
		s.unread = true
		s.over(trace.WhyFault)
		return
	}
	// Nothing is sent, as in http.server (C-3); a request that had begun is
	// worth a line.
	t, waited := errors.AsType[*transportError](err)
	if waited && t.phase != FirstByte && timedOut(err) {
		s.x.Begin(s.base, req, nil, s, nil)
		s.x.LogError(timeoutText)
	}
	if s.rec.log != nil {
		who, why := trace.WhoServer, trace.WhyBroken
		if waited {
			who, why = t.closed()
		}
		s.rec.closed(req, string(s.conn.Rest()), who, why)
	}
	_, closed := errors.AsType[*ClosedError](err)
	s.unread = !closed
}

// closed says who ended a wait for a request and why, in trace's words.
func (e *transportError) closed() (who, why string) {
	closed, ok := errors.AsType[*ClosedError](e)
	switch {
	case ok:
		return trace.WhoServer, closed.Why
	case !timedOut(e):
		return trace.WhoClient, trace.WhyReset
	case e.phase == FirstByte:
		return trace.WhoServer, trace.WhyIdle
	}
	return trace.WhoServer, trace.WhyHead
}

// timeoutText is logged when a bound is over while a request is read or
// responded to (C-3).
const timeoutText = "Request timed out: TimeoutError('timed out')"

func timedOut(err error) bool {
	timeout, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](err)
	return ok && timeout.Timeout()
}
