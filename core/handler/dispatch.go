package handler

import (
	"errors"
	"runtime"
	"slices"
	"strings"

	"vitrine/core/http1"
)

// ServeExchange answers one request: CheckRequest first, then the
// expectation, then the method (E-1, M-1). It always leaves an answer behind
// if the sink still takes one; the error says that the connection cannot be
// used any further.
//
// Differs from http.server (C-6): a method that panics or fails before its
// answer began is answered with 500.
func (h *Handler) ServeExchange(x *Exchange) (err error) {
	defer func() {
		if p := recover(); p != nil {
			x.LogError("panic in " + x.Command + ": " + panicText(p) + "\n" + stack())
			err = x.rescue(errPanic)
		}
	}()
	if x.checked() && x.expectation() {
		if err := x.dispatch(); err != nil && !x.refused {
			return x.rescue(err)
		}
	}
	if !x.sent {
		return x.rescue(errors.New("the method gave no answer"))
	}
	return nil
}

// stack is where the goroutine is. Package runtime/debug has the same and
// would bring package fmt into the worker's program.
func stack() string {
	b := make([]byte, 16<<10)
	return string(b[:runtime.Stack(b, false)])
}

var errPanic = errors.New("the method panicked")

// rescue answers 500 if nothing was answered yet; otherwise the connection
// has to end.
func (x *Exchange) rescue(err error) error {
	x.CloseConnection = true
	if x.sent {
		return err
	}
	x.Note("fault", "the answer could not be made: "+err.Error(), "")
	x.err = nil
	x.res.Fields = x.res.Fields[:0]
	return x.SendError(500, "", "")
}

// checked reports whether CheckRequest lets the request pass.
func (x *Exchange) checked() bool {
	return x.Handler.CheckRequest == nil || x.Handler.CheckRequest(x)
}

// expectation handles Expect and reports whether the method should run.
func (x *Exchange) expectation() bool {
	h := x.Handler
	value, ok := x.Headers.Lookup("Expect")
	if !ok || !h.Persistent() || x.RequestVersion < "HTTP/1.1" {
		return true
	}
	if !http1.EqualFold(value, "100-continue") {
		if h.RefuseExpectations {
			x.SendError(417, "", "")
			return false
		}
		return true
	}
	if h.HandleExpect100 != nil {
		return h.HandleExpect100(x)
	}
	return x.SendContinue() == nil
}

// SendContinue sends 100 Continue: what handle_expect_100 does (E-1). It is
// not logged and has no field lines.
func (x *Exchange) SendContinue() error {
	x.SendResponseOnly(100, "")
	return x.EndHeaders()
}

func (x *Exchange) dispatch() error {
	method, ok := x.Handler.Methods[x.Command]
	if ok {
		return method(x)
	}
	if x.Handler.AllowMethods && registered(x.Command) {
		return x.SendError(405, "", "", http1.Field{Name: "Allow", Value: x.Handler.Allow()})
	}
	return x.unsupported()
}

func (x *Exchange) unsupported() error {
	return x.SendError(501, "Unsupported method ("+Repr(Latin1(x.Command))+")", "")
}

// Allow lists the methods of the table for an Allow field (RFC 9110 §10.2.1),
// in alphabetical order.
func (h *Handler) Allow() string {
	names := make([]string, 0, len(h.Methods))
	for name := range h.Methods {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// registered reports whether method is one of RFC 9110 §9.3 or PATCH
// (RFC 5789): known to HTTP, though maybe not to this server.
func registered(method string) bool {
	switch method {
	case "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH":
		return true
	}
	return false
}

func panicText(p any) string {
	switch p := p.(type) {
	case error:
		return p.Error()
	case string:
		return p
	}
	return "unknown value"
}
