package server

import (
	"context"
	"errors"
	"net"
	"time"

	"vitrine/core/handler"
	"vitrine/core/session"
	"vitrine/core/trace"
)

// ErrInUse is the error of a Server that has a listening socket already.
var ErrInUse = errors.New("server: it has a listening socket already")

// ServerName is the host the server is bound to, "" before Listen.
//
// Differs from http.server, which looks the name of the address up and may
// wait for it (C-9, X-9).
func (s *Server) ServerName() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.name
}

// ServerPort is the port the server is bound to, 0 before Listen.
func (s *Server) ServerPort() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.port
}

// Addr is the address the server is bound to, nil before Listen.
func (s *Server) Addr() net.Addr {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener == nil {
		return nil
	}
	return s.listener.Addr()
}

// Listen binds the server to Address, if it is not bound yet: what
// ListenAndServe and HandleRequest do first. A program calls it to know the
// port before it serves.
func (s *Server) Listen() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener != nil {
		return nil
	}
	l, err := listen(s.Address)
	if err != nil {
		return err
	}
	return s.bind(l)
}

// bind makes l the listening socket. s.mu is held.
func (s *Server) bind(l net.Listener) error {
	if s.stopping.Load() {
		l.Close()
		return ErrClosed
	}
	s.limits = s.bounds()
	s.listener = l
	if own, ok := l.(interface{ deferAccept() }); ok && !s.Serial {
		own.deferAccept() // one at a time are served as they connect, silent or not
	}
	if a, ok := l.Addr().(*net.TCPAddr); ok {
		s.port = a.Port
		s.inet6 = a.IP.To4() == nil
		s.name = addrHost(a)
	}
	s.epoch = time.Now()
	s.done = make(chan struct{})
	s.crew.next = make(chan *conn)
	s.conns.init(&s.limits)
	s.lobby.server = s
	s.hangups.halfCloseTimeout = s.limits.halfClose
	var ctx context.Context
	ctx, s.cancel = context.WithCancelCause(context.Background())
	s.config = session.Config{
		Handler:     s.Handler,
		Rules:       s.Rules,
		Context:     ctx,
		Server:      &handler.Server{Name: s.name, Port: s.port, TLS: s.TLS != nil},
		MaxDrain:    s.MaxDrain,
		MaxRequests: s.MaxRequests,
		Stopping:    s.stopping.Load,
		Log:         s.Log,
		Source:      trace.Wire,
	}
	return nil
}
