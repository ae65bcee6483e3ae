// Package hostcheck is middleware that responds with 421 (Misdirected Request) to
// requests for hosts that a site is not served under (RFC 9110 §7.4), so that
// no page of the Internet reads a server of this machine by DNS rebinding.
//
// The one rule: which hosts pass is decided by package hostrule, from the
// request alone; what is added here is which of two rules counts for the
// socket that the request came to, and the response.
package hostcheck

import (
	"net/netip"

	"vitrine/core/handler"
	"vitrine/core/hostrule"
	"vitrine/core/trace"
)

// Check holds the two rules. Its zero value lets pass, on every socket, what
// cannot be pointed here by others: see [hostrule.Rule].
type Check struct {
	// Loopback counts on a socket that only this machine reaches, and where
	// there is no socket, Public on every other one.
	Loopback, Public hostrule.Rule
	// Advice says to a client that was refused how the host would be served,
	// without a full stop; nil says nothing.
	Advice func(hostrule.Decision) string
}

// Wrap is a [handler.Middleware].
//
// Differs from http.server, which serves every host (H-5).
func (c *Check) Wrap(next handler.Handler) handler.Handler {
	return handler.HandlerFunc(func(x *handler.Exchange) error {
		rule := &c.Public
		if onLoopback(x.Server) {
			rule = &c.Loopback
		}
		d := rule.Decide(x.Target, x.Headers)
		if d.Allowed() {
			if x.Tracing() {
				x.Step(trace.HostAllowed, d.Reason.Code(), d.Host)
			}
			return next.ServeExchange(x)
		}
		why := refusedBecause(d)
		if x.Tracing() {
			x.Step(trace.HostRefused, d.Reason.Code(), d.Host)
		}
		if c.Advice != nil {
			why += ". " + c.Advice(d)
		}
		// The connection is closed behind it, even where another request follows.
		return x.SendError(421, "", why)
	})
}

// onLoopback reports whether a connection came to a socket that only this
// machine reaches. A request without a socket counts as one, which is the
// strict side.
func onLoopback(s *handler.Server) bool {
	if s == nil {
		return true
	}
	ip, err := netip.ParseAddr(s.Name)
	return err == nil && ip.Unmap().IsLoopback()
}

// refusedBecause is a decision to refuse a request, as a sentence without its
// full stop.
func refusedBecause(d hostrule.Decision) string {
	switch d.Reason {
	case hostrule.OfTool:
		return d.Host + " belongs to the browser edition, which keeps the folders that were opened there"
	case hostrule.Malformed:
		return "the host of this request is malformed, and this server is bound to a loopback address"
	}
	return d.Host + " is not a name of this machine, and this server is bound to a loopback address"
}
