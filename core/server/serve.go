package server

import (
	"context"
	"net"
)

// ServeForever serves on Address until Shutdown or Close: http.server's
// serve_forever.
func (s *Server) ServeForever() error { return s.ListenAndServe(context.Background()) }

// ListenAndServe is Serve on a socket bound to Address.
func (s *Server) ListenAndServe(ctx context.Context) error {
	if err := s.Listen(); err != nil {
		return err
	}
	return s.serveUntil(ctx)
}

// Serve accepts connections from l and serves them; it closes l when it stops.
// A Server has one listening socket in its life.
//
// When ctx is done it shuts down, for ShutdownTimeout at most, and returns what
// Shutdown does. After Shutdown or Close it returns ErrClosed without waiting
// for them. When l was closed by its owner it returns an error that is
// net.ErrClosed; connections go on until Shutdown or Close.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	s.mu.Lock()
	err := ErrInUse
	if s.listener == nil {
		err = s.bind(l)
	}
	s.mu.Unlock()
	if err != nil {
		return err
	}
	return s.serveUntil(ctx)
}

func (s *Server) serveUntil(ctx context.Context) error {
	var shutdown error
	over := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(over)
		grace := context.Background()
		if s.limits.shutdown > 0 {
			var cancel context.CancelFunc
			grace, cancel = context.WithTimeout(grace, s.limits.shutdown)
			defer cancel()
		}
		shutdown = s.Shutdown(grace)
	})
	err := s.acceptAll()
	if stop() {
		return err
	}
	<-over
	return shutdown
}

func (s *Server) acceptAll() error {
	for {
		c, err := s.next()
		if err != nil {
			return err
		}
		if s.Serial {
			s.serve(c, true)
		} else {
			s.start(c)
		}
	}
}

// HandleRequest accepts one connection and serves it to its end:
// http.server's handle_request.
func (s *Server) HandleRequest() error {
	if err := s.Listen(); err != nil {
		return err
	}
	c, err := s.next()
	if err != nil {
		return err
	}
	c.stays = true
	s.serve(c, false)
	return nil
}
