package session

import (
	"context"
	"errors"
	"io"
	"sync"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// Config is what connections have in common. It is not changed while they
// run.
type Config struct {
	// Handler responds to the requests. What a connection does without a request,
	// such as the response to a malformed one, is as its Base says: see
	// [handler.BaseOf].
	Handler handler.Handler
	Rules   http1.Rules
	Server  *handler.Server // may be nil
	// Context is the parent of the contexts of exchanges; nil is
	// context.Background.
	Context context.Context

	// MaxDrain bounds the unread request content that is read to keep a
	// connection open, in bytes; zero means DefaultMaxDrain, negative none.
	MaxDrain int64
	// MaxRequests ends a connection after so many requests; zero never.
	MaxRequests int
	// Stopping reports whether connections should end after the request in
	// work; nil never. It is called often and must be cheap.
	Stopping func() bool

	// Log takes a record of each exchange; nil keeps none and costs nothing.
	Log *trace.Log
	// Source is the provenance of what is received, Site the name under
	// which records are filed.
	Source trace.Provenance
	Site   string
}

// Serve runs one connection until it is over. unread reports that bytes of
// the peer may be under way that will not be read: closing a socket at once
// would then destroy the last response (RFC 9112 §9.6).
func Serve(t Transport, config *Config, client handler.Address) (unread bool) {
	unread, _ = ServeUntilRest(t, config, client, new(int))
	return unread
}

// ServeUntilRest is Serve for a transport whose Read may return [ErrRest] while
// it waits for the first byte of a request. Then rest is true: the connection is
// not over, and nothing of it is held here. It goes on with the next call, with
// the same requests, which counts those so far.
func ServeUntilRest(t Transport, config *Config, client handler.Address, requests *int) (unread, rest bool) {
	s := pool.Get().(*session)
	s.begin(t, config, client)
	s.requests = *requests
	unread, rest = s.run()
	*requests = s.requests
	s.release()
	return unread, rest
}

// session is one running connection. Sessions are pooled: a connection
// without a current request costs its buffers only.
type session struct {
	t      Transport
	config *Config
	base   *handler.Base
	conn   *http1.Conn
	x      handler.Exchange
	out    []byte // bytes for the peer, not yet handed to the transport
	data   http1.Data
	end    http1.End

	requests int
	content  content
	unread   bool
	broken   bool // the framing can no longer be trusted
	draining bool // the transport was told of the Drain phase

	cancel  context.CancelCauseFunc // of the exchange's context; nil if no method has asked
	unwatch func()                  // nil if the transport watches nothing

	rec  recorder
	step handler.StepFunc // s.rec.step, bound once
}

var pool = sync.Pool{New: func() any {
	s := &session{conn: http1.NewConn(http1.Server, http1.Rules{}), out: make([]byte, 0, 2048)}
	s.content.s = s
	s.step = s.rec.step
	return s
}}

// keepOut is the largest output buffer a pooled session holds on to.
const keepOut = 64 << 10

func (s *session) begin(t Transport, config *Config, client handler.Address) {
	s.t, s.config, s.base = t, config, handler.BaseOf(config.Handler)
	s.conn.Reset(http1.Server, config.Rules)
	s.x.Client, s.x.Server = client, config.Server
	s.requests, s.unread, s.broken = 0, false, false
	s.rec.begin(t, config, client, s.conn)
}

func (s *session) release() {
	s.t, s.config, s.base = nil, nil, nil
	s.x = handler.Exchange{}
	s.rec = recorder{}
	s.out = s.out[:0]
	if cap(s.out) <= keepOut {
		pool.Put(s)
	}
}

// run reads requests and responds to them in order until the connection ends or
// rests.
func (s *session) run() (unread, rest bool) {
	for {
		ev, err := s.next(FirstByte)
		if err == ErrRest {
			return false, true
		}
		if err != nil {
			s.fault(err)
			return s.unread, false
		}
		req, ok := ev.(*http1.Request)
		if !ok { // Closed
			s.flush()
			s.rec.closed(nil, "", trace.WhoClient, trace.WhyEnd)
			return s.unread, false
		}
		if !s.exchange(req) {
			return s.unread || s.conn.Left() > 0, false
		}
	}
}

// next returns the next event of the peer, reading as long as it takes.
func (s *session) next(phase Phase) (http1.Event, error) {
	for {
		ev, err := s.conn.Next()
		if err != nil {
			return nil, err
		}
		if _, need := ev.(http1.NeedData); !need {
			return ev, nil
		}
		if err := s.flush(); err != nil {
			return nil, err
		}
		if phase == FirstByte && s.conn.Left() > 0 {
			phase = Head
			s.t.Await(phase)
		} else if phase == FirstByte || phase == Content || phase == Drain && !s.draining {
			s.draining = phase == Drain
			s.t.Await(phase)
		}
		n, err := s.t.Read(s.conn.Space(minRead))
		if n > 0 {
			s.conn.Filled(n)
			continue
		}
		if errors.Is(err, io.EOF) {
			s.conn.ReceiveEOF()
			continue
		}
		if err == ErrRest && phase == FirstByte {
			return nil, err
		}
		if err == nil {
			err = io.ErrNoProgress
		}
		s.gone(err)
		return nil, &transportError{err, phase}
	}
}

// minRead is the least room offered to a read.
const minRead = 2048

// exchange responds to one request and reports whether another may follow.
func (s *session) exchange(req *http1.Request) (more bool) {
	s.requests++
	s.content.begin(req)
	s.rec.request(req, req.Head, trace.Header)
	s.x.Begin(s.base, req, &s.content, s, s.steps())
	err := handler.Serve(s.config.Handler, &s.x)
	if err == nil {
		err = s.finish()
	}
	if err != nil {
		s.broken = true
		s.rec.problem(trace.ResponseCut, err)
	}
	more = err == nil && !s.x.CloseConnection && s.drain() && s.conn.KeepAlive()
	if !more {
		s.ending()
		if ferr := s.flush(); err == nil && ferr != nil {
			s.rec.problem(trace.ResponseNotSent, ferr)
			err = ferr
		}
		if timedOut(err) && s.content.err == nil {
			s.x.LogError(timeoutText)
		}
		s.unread = s.unread || !s.content.over || s.broken
	}
	why := ""
	if !more && s.rec.log != nil {
		why = s.closed(req, err)
	}
	if s.content.over {
		s.rec.left(s.conn.Left())
	}
	s.over(why)
	return more
}

// closed says why the connection ends behind req, as one of trace's Why.
func (s *session) closed(req *http1.Request, err error) string {
	switch closing := s.Closing(); {
	case err != nil:
		return trace.WhyBroken
	case !s.base.Persistent():
		return trace.WhyServer
	case !req.KeepAlive && req.Version.AtLeast(1, 1):
		return trace.WhyClient
	case !req.KeepAlive:
		return trace.WhyVersion
	case closing != "":
		return closing
	case s.x.CloseConnection:
		return trace.WhyResponse
	}
	return trace.WhyLength
}

// finish ends the response's message.
func (s *session) finish() (err error) {
	before := len(s.out)
	s.out, err = s.conn.Append(s.out, &s.end)
	s.rec.ended(s.out[before:])
	return err
}

// over closes the books on an exchange. why says why the connection ends, ""
// that it does not; without a log it is always "".
func (s *session) over(why string) {
	s.endContext()
	if done := s.base.Done; done != nil {
		done(&s.x)
	}
	s.rec.over(&s.x, trace.WhoServer, why)
	s.x.End()
}

func (s *session) steps() handler.StepFunc {
	if s.rec.log == nil {
		return nil
	}
	return s.step
}
