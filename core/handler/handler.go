package handler

import "errors"

// Handler responds to requests. An error says that the response could not be
// finished: the connection is closed, and if nothing was sent yet the client
// gets 500.
type Handler interface {
	ServeExchange(*Exchange) error
}

// HandlerFunc is a function as a Handler.
type HandlerFunc func(*Exchange) error

// ServeExchange calls f.
func (f HandlerFunc) ServeExchange(x *Exchange) error { return f(x) }

// Middleware puts something around a Handler: it responds itself, or calls
// next.ServeExchange and looks at what became of it. Field lines that are to
// be in whatever head next sends are added with [Exchange.OnHead].
//
// It runs before the expectation of a request is met: a client that is
// refused by it is not asked for its content.
type Middleware func(next Handler) Handler

// Wrap puts middleware around h, the first outermost. The result speaks
// HTTP, logs and words errors as h does: it keeps the [Base] that servers ask
// for, which a Middleware called by hand hides.
//
//	srv := server.NewThreadingHTTPServer(":8000", handler.Wrap(s, log, password))
func Wrap(h Handler, middleware ...Middleware) Handler {
	w := &wrapped{h, BaseOf(h)}
	for i := len(middleware) - 1; i >= 0; i-- {
		w.next = middleware[i](w.next)
	}
	return w
}

type wrapped struct {
	next Handler
	base *Base
}

func (w *wrapped) ServeExchange(x *Exchange) error { return w.next.ServeExchange(x) }

func (w *wrapped) BaseHandler() *Base { return w.base }

// BaseOf returns the Base that h is, embeds or was wrapped with: what a
// connection knows of its handler before there is a request, such as the
// version of the protocol, the log and the words of an error. A Handler
// without one has a Base of zero values, which is not to be changed.
func BaseOf(h Handler) *Base {
	if b, ok := h.(interface{ BaseHandler() *Base }); ok {
		return b.BaseHandler()
	}
	return &noBase
}

var noBase Base

// Serve gives x to h and sees to it that a response is left behind if the
// sink still takes one: it is what a session, a fetch and nethttp call. The
// error says that the connection cannot be used any further.
//
// Differs from http.server (C-6): a handler that panics, fails or returns
// before its response began leads to 500.
func Serve(h Handler, x *Exchange) error { return x.run(h.ServeExchange) }

// run calls serve as [Serve] says.
func (x *Exchange) run(serve func(*Exchange) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			x.LogError("panic in " + x.Command + ": " + PanicText(p) + "\n" + stack())
			err = x.rescue(errPanic)
		}
	}()
	if err := serve(x); err != nil && !x.refused {
		return x.rescue(err)
	}
	if !x.sent {
		return x.rescue(errNoResponse)
	}
	return nil
}

var (
	errPanic      = errors.New("the method panicked")
	errNoResponse = errors.New("the method gave no response")
)
