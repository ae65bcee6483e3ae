package handler

import (
	"errors"
	"io"

	"vitrine/core/http1"
	"vitrine/core/status"
	"vitrine/core/trace"
)

// SendResponse logs the request and begins the final response with its
// status-line, Server and Date, in this order (W-2). An empty message is the
// phrase of the code, which is empty for an unknown code (W-1).
func (x *Exchange) SendResponse(code int, message string) {
	if code >= 200 {
		x.checkContent()
	}
	if x.fault == nil {
		x.LogRequest(code, Unknown)
	}
	x.SendResponseOnly(code, message)
	x.SendHeader("Server", x.Base.versionString())
	x.SendHeader("Date", x.Base.dateTimeString())
}

// SendResponseOnly begins a response with its status-line alone (W-7).
//
// Differs from http.server: a message that is no legal reason phrase is
// repaired instead of dropping the connection; characters outside Latin-1 and
// controls become "?" (S-5, X-4).
func (x *Exchange) SendResponseOnly(code int, message string) {
	if message == "" {
		message = x.phrase(code)
	}
	if x.sent {
		x.fail("second response to one request")
		return
	}
	if code >= 200 {
		x.checkContent()
	}
	x.res.Proto = x.protocol
	x.res.Status = code
	x.res.Reason = reasonPhrase(message)
	x.res.Fields = x.res.Fields[:0]
	x.begun = code >= 200
}

// SendHeader adds a field line to the head. "Connection: close" and
// "Connection: keep-alive" also decide what becomes of the connection (K-5).
// value is sent as its bytes; a name or value that would break the head makes
// EndHeaders fail (W-5).
func (x *Exchange) SendHeader(keyword, value string) {
	x.res.Fields = append(x.res.Fields, http1.Field{Name: keyword, Value: value})
	if http1.EqualFold(keyword, "Connection") {
		switch {
		case http1.EqualFold(value, "close"):
			x.CloseConnection = true
		case http1.EqualFold(value, "keep-alive"):
			x.CloseConnection = false
		}
	}
}

// OnHead has f called when the head of the final response is complete, before
// it is sent: the place where a [Middleware] adds field lines to whatever the
// handler inside it responds. f may look at Response and call SendHeader.
func (x *Exchange) OnHead(f func(*Exchange)) { x.onHead = append(x.onHead, f) }

func (x *Exchange) runOnHead() {
	fs := x.onHead
	x.onHead = nil
	for _, f := range fs {
		f(x)
	}
}

// ErrorFunc responds in place of an error page, or returns false and leaves the
// error as it is.
type ErrorFunc func(x *Exchange, code int) (responded bool, err error)

// OnError has f called when [Exchange.SendError] is about to send an error, the
// one that was added last first: the place where a [Middleware] responds with
// something better than what the handler inside it found. Each is called once,
// so an error that f itself comes to is sent.
func (x *Exchange) OnError(f ErrorFunc) { x.onError = append(x.onError, f) }

// runOnError reports whether an ErrorFunc took the place of an error.
func (x *Exchange) runOnError(code int) (responded bool, err error) {
	for !responded && err == nil && len(x.onError) > 0 {
		last := len(x.onError) - 1
		f := x.onError[last]
		x.onError = x.onError[:last]
		responded, err = f(x, code)
	}
	return responded, err
}

// HasHeader reports whether the head being built has a field of that name.
func (x *Exchange) HasHeader(keyword string) bool { return x.res.Fields.Has(keyword) }

// EndHeaders completes the head and sends it (W-6).
//
// Differs from http.server, which leaves framing to the method (K-10): an
// response without a length is chunked when the client speaks HTTP/1.1 on a
// connection that persists, and ends with the connection otherwise, so that
// no response runs into the next one.
//
// If the content of the request is malformed, EndHeaders sends 400 instead and
// returns the fault, an *http1.Error: nothing more can be sent.
func (x *Exchange) EndHeaders() error {
	if fault := x.fault; fault != nil && x.res.Status >= 200 {
		if err := x.refuse(); err != nil {
			return err
		}
		return fault
	}
	if x.err != nil {
		return x.err
	}
	if x.res.Status == 0 {
		x.fail("EndHeaders before SendResponse")
		return x.err
	}
	if x.res.Status >= 200 {
		x.runOnHead()
		x.frame()
	}
	if err := x.sink.Head(&x.res); err != nil {
		return err
	}
	if x.res.Status >= 200 {
		x.sent = true
	} else if x.res.Status == 100 {
		x.continued = true
	}
	return nil
}

// frame sees to it that the client can tell where the response ends.
func (x *Exchange) frame() {
	if x.bare {
		x.CloseConnection = true // nothing else ends a bare response
		return
	}
	if !x.CloseConnection && x.HasContent() &&
		!x.HasHeader("Content-Length") && !x.HasHeader("Transfer-Encoding") {
		if x.Version.AtLeast(1, 1) && x.persistent {
			x.SendHeader("Transfer-Encoding", "chunked")
		} else {
			x.CloseConnection = true
		}
	}
	x.sendConnection()
}

// sendConnection says what becomes of the connection, where the version of the
// request does not.
//
// Differs from http.server (K-3), whose successes never say it: with HTTP/1.1
// the last response on a connection has "Connection: close" (RFC 9112 §9.6),
// and one to a client of HTTP/1.0 after which the connection persists has
// "Connection: keep-alive" (§9.3, C.2.2), without which that client waits for
// the end of the connection. A server of HTTP/1.0 sends neither, but close
// where a method has sent keep-alive and the connection cannot persist.
func (x *Exchange) sendConnection() {
	persistent := x.persistent
	closing := x.CloseConnection || persistent && !x.keepAlive
	send := persistent
	if !closing {
		if why := x.sink.Closing(); why != "" {
			x.Step(trace.ConnClosing, why)
			closing, send = true, true
		}
	}
	switch {
	case !send:
	case closing:
		if !x.res.Fields.HasToken("Connection", "close") {
			x.SendHeader("Connection", "close")
		}
	case !x.Version.AtLeast(1, 1):
		if !x.res.Fields.HasToken("Connection", "keep-alive") {
			x.SendHeader("Connection", "keep-alive")
		}
	}
}

// KeepAlive reports whether the request asks for the connection to persist, by
// its version and its Connection field.
func (x *Exchange) KeepAlive() bool { return x.keepAlive }

// HasContent reports whether the response begun may carry content: not to HEAD,
// and not with 1xx, 204 or 304 (RFC 9112 §6.3).
func (x *Exchange) HasContent() bool {
	c := x.res.Status
	return x.Command != "HEAD" && c >= 200 && c != 204 && c != 304
}

// FlushHeaders hands everything sent so far to the transport.
//
// Differs from http.server: a head leaves whole, with its empty line, so a
// head not yet ended stays where it is (W-6).
func (x *Exchange) FlushHeaders() error { return x.sink.Flush() }

// Write sends content after the head: http.server's wfile.write. Content of
// a response that has none, such as one to HEAD, is dropped.
func (x *Exchange) Write(p []byte) (int, error) {
	if !x.sent {
		return 0, http1.UsageError("content before the head")
	}
	if !x.HasContent() {
		return len(p), nil
	}
	n, err := x.sink.Write(p)
	x.size += int64(n)
	return n, err
}

// SendContent sends content by reference and closes it if it can be closed.
// Like Write it drops content of a response that has none. nil is no content.
func (x *Exchange) SendContent(c Content) (err error) {
	if c == nil {
		return nil
	}
	if closer, ok := c.(io.Closer); ok {
		defer func() { err = errors.Join(err, closer.Close()) }()
	}
	if !x.sent {
		return http1.UsageError("content before the head")
	}
	if !x.HasContent() {
		return nil
	}
	n, err := x.sink.Send(c)
	x.size += n
	return err
}

func (x *Exchange) fail(text string) {
	if x.err == nil {
		x.err = http1.UsageError(text)
	}
}

func (x *Exchange) phrase(code int) string {
	if p, ok := x.Base.Responses[code]; ok {
		return p.Short
	}
	return status.Phrase(code)
}
