package server

import (
	"net"
	"time"

	"vitrine/core/handler"
)

// The wait after a failed accept doubles between these bounds.
const (
	minBackoff = 5 * time.Millisecond
	maxBackoff = time.Second
)

// next waits for a free slot and accepts a connection. Failures to accept,
// such as a lack of descriptors, are waited out: they are the system's state,
// not the socket's.
func (s *Server) next() (*conn, error) {
	select {
	case s.slots <- struct{}{}:
	case <-s.done:
		return nil, ErrClosed
	}
	var wait time.Duration
	for {
		nc, err := s.listener.Accept()
		if err == nil {
			c := newConn(s, nc)
			if s.add(c) {
				return c, nil
			}
			nc.Close()
			err = net.ErrClosed
		}
		if s.stopping.Load() {
			<-s.slots
			return nil, ErrClosed
		}
		s.accept.failed(s, err)
		wait = min(max(2*wait, minBackoff), maxBackoff)
		select {
		case <-time.After(wait):
		case <-s.done:
		}
	}
}

// acceptLog says once a minute that accepting fails: under a lack of
// descriptors it fails all the time.
type acceptLog struct {
	said time.Time
}

// quiet is how long failures to accept are not mentioned again.
const quiet = time.Minute

func (a *acceptLog) failed(s *Server, err error) {
	if now := time.Now(); a.said.IsZero() || now.Sub(a.said) > quiet {
		a.said = now
		s.logMessage("cannot accept connections: " + err.Error() + "; trying again")
	}
}

// logMessage writes a line of the server's own, in the form of the log.
func (s *Server) logMessage(text string) {
	w := s.ErrorLog
	if w == nil {
		w = s.Handler.Base().ErrorLog
	}
	if w == nil {
		return
	}
	b := []byte("- - - [" + handler.LogDateString(time.Now()) + "] ")
	b = handler.AppendLogText(b, text)
	w.Write(append(b, '\n'))
}
