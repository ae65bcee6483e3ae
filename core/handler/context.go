package handler

import "context"

// Contexter is a [Sink] whose connection can tell when no client is left to
// respond to.
type Contexter interface {
	// Context returns the context of the exchange. It is called at most once,
	// and not at all if no method asks.
	Context() context.Context
}

// Context returns a context that ends when the client is gone, the server
// closes the connection before its response, a fetch is aborted, or the
// exchange is over. context.Cause tells which. A method asks for it when what
// it does should end, too; a connection that is not asked watches nothing.
func (x *Exchange) Context() context.Context {
	if x.ctx == nil {
		x.ctx = context.Background()
		if c, ok := x.sink.(Contexter); ok {
			x.ctx = c.Context()
		}
	}
	return x.ctx
}

// SetContext replaces the context for the handlers inside a [Middleware], by
// one with a deadline or a value, derived from Context.
func (x *Exchange) SetContext(ctx context.Context) { x.ctx = ctx }
