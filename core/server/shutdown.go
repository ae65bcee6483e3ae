package server

import (
	"context"
	"errors"
	"net"
	"time"
)

// ErrClosed is the error of Serve and HandleRequest after Shutdown or Close, and
// the cause of the end of an Exchange.Context when they close a connection with
// a request.
var ErrClosed = errors.New("server: closed")

// ErrMethodsRunning is the error of Shutdown and Close when methods go on a
// second after their connections were closed.
var ErrMethodsRunning = errors.New("server: methods still run after their connections were closed")

// Shutdown stops listening, closes connections without a request at once, and
// waits for the others to have their response. When ctx is done first it
// closes what is left, and the error is the context's, joined with
// ErrMethodsRunning if closing did not end it. An error of closing the
// listening socket is part of the result.
func (s *Server) Shutdown(ctx context.Context) error {
	err := s.stop()
	over := s.allEnded()
	select {
	case <-over:
		return err
	case <-ctx.Done():
	}
	return errors.Join(err, ctx.Err(), s.cutAndWait(over))
}

// Close stops listening and closes all connections at once. Its error says
// what did not end, as that of Shutdown does.
func (s *Server) Close() error {
	err := s.stop()
	return errors.Join(err, s.cutAndWait(s.allEnded()))
}

// allEnded returns a channel that is closed when all connections have ended.
func (s *Server) allEnded() <-chan struct{} {
	over := make(chan struct{})
	go func() {
		s.conns.active.Wait()
		close(over)
	}()
	return over
}

// afterCut is how long methods have to notice that their connection is gone: a
// method that waits for something else than its client may go on for longer
// than a program wants to wait for it.
const afterCut = time.Second

func (s *Server) cutAndWait(over <-chan struct{}) error {
	s.cut()
	select {
	case <-over:
		return nil
	case <-time.After(afterCut):
		return ErrMethodsRunning
	}
}

// stop ends the listening and closes the connections that have no request.
func (s *Server) stop() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopping.Swap(true) || s.listener == nil {
		return nil
	}
	close(s.done)
	err := s.listener.Close()
	if errors.Is(err, net.ErrClosed) {
		err = nil // by its owner, before
	}
	s.conns.stop()
	return err
}

// cut closes all connections, and ends what methods with a context do.
func (s *Server) cut() {
	s.conns.cut()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		s.cancel(ErrClosed)
	}
}
