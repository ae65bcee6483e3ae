package handler

import (
	"runtime"
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// ServeExchange responds to one request: the expectation first, then the method
// (E-1, M-1). A method that failed before its response began has been served
// for with 500 when it returns.
func (b *Base) ServeExchange(x *Exchange) error {
	outer := x.Base
	x.Base = b
	err := x.run(b.respond)
	x.Base = outer
	return err
}

func (b *Base) respond(x *Exchange) error {
	if !b.expectation(x) {
		return nil
	}
	return b.dispatch(x)
}

// stack is where the goroutine is. Package runtime/debug has the same and
// would bring package fmt into the worker's program.
func stack() string {
	b := make([]byte, 16<<10)
	return string(b[:runtime.Stack(b, false)])
}

// rescue responds with 500 if no response has begun; otherwise the connection
// has to end.
func (x *Exchange) rescue(err error) error {
	x.CloseConnection = true
	if x.sent {
		return err
	}
	x.step(trace.Fault, trace.ResponseFailed, []string{err.Error()})
	x.err = nil
	x.res.Fields = x.res.Fields[:0]
	return x.SendError(500, "", "")
}

// expectation handles Expect and reports whether the method should run.
func (b *Base) expectation(x *Exchange) bool {
	value, ok := x.Headers.Lookup("Expect")
	if !ok || !x.persistent || x.RequestVersion < "HTTP/1.1" {
		return true
	}
	if !http1.EqualFold(value, "100-continue") {
		if b.RefuseExpectations {
			x.Step(trace.ExpectRefused, value)
			x.SendError(417, "", "")
			return false
		}
		return true
	}
	if b.HandleExpect100 != nil {
		return b.HandleExpect100(x)
	}
	return x.SendContinue() == nil
}

// SendContinue sends 100 Continue: what handle_expect_100 does (E-1). It is
// not logged and has no field lines.
func (x *Exchange) SendContinue() error {
	x.SendResponseOnly(100, "")
	return x.EndHeaders()
}

func (b *Base) dispatch(x *Exchange) error {
	method, ok := b.Methods[x.Command]
	if ok {
		return method(x)
	}
	if b.AllowMethods && IsRegistered(x.Command) {
		allow := b.Allow()
		x.Step(trace.MethodNotAllowed, x.Command, allow)
		return x.SendError(405, "", "", http1.Field{Name: "Allow", Value: allow})
	}
	return x.unsupported()
}

func (x *Exchange) unsupported() error {
	x.Step(trace.MethodUnsupported, x.Command)
	return x.SendError(501, "Unsupported method ("+Repr(Latin1(x.Command))+")", "")
}

// Allow lists the methods of the table for an Allow field (RFC 9110 §10.2.1),
// in alphabetical order.
func (b *Base) Allow() string {
	names := make([]string, 0, len(b.Methods))
	for name := range b.Methods {
		names = append(names, name)
	}
	// slices.Sort is 17 KB of the worker's program.
	for i := range names {
		for ; i > 0 && names[i] < names[i-1]; i-- {
			names[i], names[i-1] = names[i-1], names[i]
		}
	}
	return strings.Join(names, ", ")
}

// IsRegistered reports whether method is one of RFC 9110 §9.3 or PATCH
// (RFC 5789): known to HTTP, though maybe not to this server.
func IsRegistered(method string) bool {
	switch method {
	case "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH":
		return true
	}
	return false
}

// PanicText is what a recovered panic says, without the help of package fmt,
// which would come into the worker's program with it.
func PanicText(p any) string {
	switch p := p.(type) {
	case error:
		return p.Error()
	case string:
		return p
	}
	return "unknown value"
}
