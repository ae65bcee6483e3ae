package server

import (
	"errors"
	"net"
	"time"

	"vitrine/core/handler"
	"vitrine/core/httpdate"
	"vitrine/core/trace"
)

// The wait after a failed accept doubles between these bounds.
const (
	minBackoff = 5 * time.Millisecond
	maxBackoff = time.Second
)

// next accepts a connection within the limits. Failures to accept, such as a
// lack of descriptors, are waited out: they are the system's state, not the
// socket's. A socket that its owner has closed is the exception.
func (s *Server) next() (*conn, error) {
	var wait time.Duration
	for {
		nc, err := s.listener.Accept()
		if err == nil {
			if c := newConn(s, nc); s.admit(c) {
				return c, nil
			}
			wait = 0
			if !s.stopping.Load() {
				continue
			}
			err = net.ErrClosed
		}
		if s.stopping.Load() {
			return nil, ErrClosed
		}
		if errors.Is(err, net.ErrClosed) {
			return nil, err
		}
		s.accept.failed(s, err)
		wait = min(max(2*wait, minBackoff), maxBackoff)
		select {
		case <-time.After(wait):
		case <-s.done:
		}
	}
}

// recheck is how often a connection that found no room looks whether others
// have begun to wait in the meantime. When one ends it hears at once.
const recheck = 20 * time.Millisecond

// settle is how long a connection waits before it is refused: what another has
// just sent may be half a head, which is known when its goroutine has read it.
const settle = time.Millisecond

// admit makes room for c, and waits for it if need be. false says that c was
// refused or the server is stopping, and c is closed.
func (s *Server) admit(c *conn) bool {
	for settled := false; ; {
		verdict, evicted := s.conns.admit(c, s.now())
		if evicted != nil {
			evicted.tcp.Close()
		}
		switch verdict {
		case admitted:
			return true
		case refused:
			if !settled {
				settled = true
				time.Sleep(settle)
				continue
			}
			s.refuse(c)
			return false
		case stopped:
			c.close()
			c.account.Close(trace.WhoServer, trace.WhyStopping)
			return false
		}
		select {
		case <-s.conns.freed:
		case <-time.After(recheck):
		case <-s.done:
			c.close()
			c.account.Close(trace.WhoServer, trace.WhyStopping)
			return false
		}
	}
}

// now is the time since the server began to listen.
func (s *Server) now() time.Duration { return time.Since(s.epoch) }

// acceptLog says once a minute that connections cannot be accepted, or are
// refused: under a lack of descriptors, or a flood, that happens all the time.
type acceptLog struct {
	said time.Time
}

// quiet is how long the same is not mentioned again.
const quiet = time.Minute

func (a *acceptLog) failed(s *Server, err error) {
	a.message(s, "cannot accept connections: "+err.Error()+"; trying again")
}

func (a *acceptLog) message(s *Server, text string) {
	if now := time.Now(); a.said.IsZero() || now.Sub(a.said) > quiet {
		a.said = now
		s.logMessage(text)
	}
}

// logMessage writes a line of the server's own, in the form of the log.
func (s *Server) logMessage(text string) {
	w := s.ErrorLog
	if w == nil {
		w = handler.BaseOf(s.Handler).ErrorLog
	}
	if w == nil {
		return
	}
	b := []byte("- - - [" + httpdate.FormatLog(time.Now()) + "] ")
	b = handler.AppendLogText(b, text)
	w.Write(append(b, '\n'))
}
