package session

import (
	"context"
	"errors"

	"vitrine/core/handler"
)

// Watcher is a [Transport] that can tell that its peer has gone while nothing
// is read from it and nothing written to it.
type Watcher interface {
	// Watch calls gone, with the reason and from any goroutine, when the peer
	// has gone. stop ends that; gone may be running then.
	Watch(gone func(error)) (stop func())
}

// errOver is the cause of a context that ended with its exchange.
var errOver = errors.New("session: the exchange is over")

var _ handler.Contexter = (*session)(nil)

// Context implements handler.Contexter. The price of knowing that the peer has
// gone is paid by exchanges that ask.
func (s *session) Context() context.Context {
	parent := s.config.Context
	if parent == nil {
		parent = context.Background()
	}
	ctx, cancel := context.WithCancelCause(parent)
	s.cancel = cancel
	if w, ok := s.t.(Watcher); ok {
		s.unwatch = w.Watch(cancel)
	}
	return ctx
}

// gone ends the context of the exchange: its peer cannot be reached.
func (s *session) gone(err error) {
	if s.cancel != nil {
		s.cancel(err)
	}
}

// endContext is called when the exchange is over.
func (s *session) endContext() {
	if s.cancel == nil {
		return
	}
	if s.unwatch != nil {
		s.unwatch()
	}
	s.cancel(errOver)
	s.cancel, s.unwatch = nil, nil
}
