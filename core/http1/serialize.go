package http1

import "strconv"

// outgoing is the message that is being sent.
type outgoing struct {
	length  int64 // of the content, or Chunked or UntilClose
	left    int64 // bytes of content to come, if length is one
	nothing bool  // no content may follow: HEAD, 204, 205, 304
}

// Append appends the bytes of ev to dst: a [*Response] or [*Request] (its
// head), [*Data] (a piece of content, framed as the head said) or [*End].
// Interim responses (1xx) have no End; neither has what follows a switch of
// protocols.
//
// It keeps the framing true: content that is longer or shorter than
// Content-Length, content where there is none (HEAD, 1xx, 204, 205, 304), a
// second message, names and values that would end their line are a
// [UsageError], and then nothing is appended and nothing has changed. The
// exception: a request on a connection on which the peer has already spoken
// is the [*Error] of that.
//
// Fields go out in order and as spelled; none is added.
func (c *Conn) Append(dst []byte, ev Event) ([]byte, error) {
	switch ev := ev.(type) {
	case *Request:
		return c.appendRequest(dst, ev)
	case *Response:
		return c.appendResponse(dst, ev)
	case *Data:
		return c.appendData(dst, ev.Bytes)
	case *End:
		return c.appendEnd(dst, ev.Trailers)
	}
	return dst, UsageError("Append takes *Request, *Response, *Data and *End only")
}

func (c *Conn) appendRequest(dst []byte, r *Request) ([]byte, error) {
	if c.role != Client {
		return dst, UsageError("a server sends no requests")
	}
	if c.done() && c.KeepAlive() {
		c.finish()
		c.beginMessages()
	}
	switch {
	case c.sent == StateIdle && c.received == StateError:
		return dst, c.fault
	case !c.mayRequest():
		return dst, UsageError("a request while the connection is " + c.sent.String() + "/" + c.received.String())
	case c.unsolicited(c.Left()):
		_, err := c.fail(flaw{fault: UnsolicitedResponse})
		return dst, err
	}
	proto, version, err := protoOf(r.Proto)
	if err != nil {
		return dst, err
	}
	if !IsToken(r.Method) {
		return dst, UsageError("the method is not a token")
	}
	if !safeTarget(r.Target) {
		return dst, UsageError("the request-target is empty or has white space or control characters")
	}
	out, options, err := frame(r.Fields, version)
	if err != nil {
		return dst, err
	}
	if out.length == UntilClose {
		out.length = 0 // RFC 9112 §6.3 rule 7
	}
	bare := r.HTTP09 || proto == "HTTP/0.9"
	if r.HTTP09 && (r.Method != "GET" || len(r.Fields) > 0) {
		return dst, UsageError("HTTP/0.9 has GET and a target only")
	}
	c.out = out
	c.method, c.version, c.bare = r.Method, version, bare
	c.requestHead(r.Method, r.Fields.Has("upgrade"), options.persists(version, bare))
	dst = append(append(append(dst, r.Method...), ' '), r.Target...)
	if !r.HTTP09 {
		dst = append(append(dst, ' '), proto...)
	}
	dst = append(dst, "\r\n"...)
	if !r.HTTP09 {
		dst = appendFields(dst, r.Fields)
	}
	return dst, nil
}

func (c *Conn) appendResponse(dst []byte, r *Response) ([]byte, error) {
	if c.role != Server {
		return dst, UsageError("a client sends no responses")
	}
	if c.sent != StateIdle {
		return dst, UsageError("a response while the one before is " + c.sent.String())
	}
	proto, version, err := protoOf(r.Proto)
	if err != nil {
		return dst, err
	}
	if r.Status < 100 || r.Status > 999 {
		return dst, UsageError("a status code has three digits")
	}
	if !all(r.Reason, text) {
		return dst, UsageError("a control character in the reason phrase")
	}
	if c.early() {
		p := c.Partial()
		c.method, c.version = p.Method, p.Version
		c.proposes(p.Method, false)
	}
	if r.Status < 200 && !c.mayInterim() {
		return dst, UsageError("an interim response without a request")
	}
	out, options, err := frame(r.Fields, version)
	if err != nil {
		return dst, err
	}
	sig := c.responseSignal(r.Status)
	switch s := r.Status; {
	case s < 200:
		if !c.version.AtLeast(1, 1) {
			return dst, UsageError("an interim response to a request before HTTP/1.1")
		}
		if out.length != UntilClose {
			return dst, UsageError("an interim response has no content")
		}
		if sig == protocolSwitch && !c.upgrade {
			return dst, UsageError("101 to a request without Upgrade")
		}
	case sig == protocolSwitch:
		if out.length != UntilClose {
			return dst, UsageError("success of CONNECT has no content")
		}
	case out.length == Chunked && !c.version.AtLeast(1, 1):
		return dst, UsageError("chunked content to a request before HTTP/1.1")
	case s == 204 && (out.length > 0 || out.length == Chunked):
		return dst, UsageError("204 has no content")
	case s == 205 && out.length > 0:
		return dst, UsageError("205 has no content")
	case c.method == "HEAD" || s == 204 || s == 304:
		out = outgoing{nothing: true}
	case s == 205:
		out.nothing = true
	}
	if sig == protocolSwitch && !c.maySwitch() {
		return dst, UsageError("a switch of protocols before the request is over")
	}
	c.responseHead(sig, options.persists(version, out.length == UntilClose))
	if sig == finalHead {
		c.out = out
	}
	if c.bare {
		return dst, nil
	}
	dst = append(append(dst, proto...), ' ')
	dst = strconv.AppendInt(dst, int64(r.Status), 10)
	dst = append(append(append(dst, ' '), r.Reason...), "\r\n"...)
	return appendFields(dst, r.Fields), nil
}

// appendFields appends the field lines and the empty line that ends them.
func appendFields(dst []byte, fields Fields) []byte {
	for i := range fields {
		f := &fields[i]
		dst = append(append(append(append(dst, f.Name...), ": "...), f.Value...), "\r\n"...)
	}
	return append(dst, "\r\n"...)
}
