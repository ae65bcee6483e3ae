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
	if c.received == Over && c.sent == Over && c.KeepAlive() {
		c.again()
	}
	switch {
	case c.sent != Idle || c.received != Idle && c.received != Failed:
		return dst, UsageError("a request while the connection is " + c.sent.String() + "/" + c.received.String())
	case c.received == Failed:
		return dst, c.fault
	case c.Left() > 0:
		_, err := c.fail(flaw{fault: Unasked})
		return dst, err
	}
	proto, version, err := protoOf(r.Proto)
	if err != nil {
		return dst, err
	}
	if !isToken(r.Method) {
		return dst, UsageError("the method is not a token")
	}
	if !safeTarget(r.Target) {
		return dst, UsageError("the request-target is empty or has white space or control characters")
	}
	out, persists, err := frame(r.Fields, version)
	if err != nil {
		return dst, err
	}
	if out.length == UntilClose {
		out.length = 0 // RFC 9112 §6.3 rule 7
	}
	bare := r.Simple || proto == "HTTP/0.9"
	if r.Simple && (r.Method != "GET" || len(r.Fields) > 0) {
		return dst, UsageError("HTTP/0.9 has GET and a target only")
	}
	c.sent = c.sent.moved(finalHead)
	c.out = out
	c.method, c.version, c.bare = r.Method, version, bare
	c.upgrade = r.Fields.Has("upgrade")
	c.asks = persists && !bare
	dst = append(append(append(dst, r.Method...), ' '), r.Target...)
	if !r.Simple {
		dst = append(append(dst, ' '), proto...)
	}
	dst = append(dst, "\r\n"...)
	if !r.Simple {
		dst = appendFields(dst, r.Fields)
	}
	return dst, nil
}

func (c *Conn) appendResponse(dst []byte, r *Response) ([]byte, error) {
	if c.role != Server {
		return dst, UsageError("a client sends no responses")
	}
	if c.sent != Idle {
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
	early := c.received == Idle // an answer to what has not arrived: 408, 503
	if early {
		p := c.Partial()
		c.method, c.version = p.Method, p.Version
	}
	if early || c.received == Failed {
		if r.Status < 200 {
			return dst, UsageError("an interim response without a request")
		}
	}
	out, persists, err := frame(r.Fields, version)
	if err != nil {
		return dst, err
	}
	move := finalHead
	switch s := r.Status; {
	case s < 200:
		move = interimHead
		if !c.version.AtLeast(1, 1) {
			return dst, UsageError("an interim response to a request before HTTP/1.1")
		}
		if out.length != UntilClose {
			return dst, UsageError("an interim response has no content")
		}
		if s == 101 {
			move = protocolSwitch
			if !c.upgrade {
				return dst, UsageError("101 to a request without Upgrade")
			}
		}
	case c.method == "CONNECT" && s < 300:
		move = protocolSwitch
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
	if move == protocolSwitch && c.received != Over {
		return dst, UsageError("a switch of protocols before the request is over")
	}
	c.sent = c.sent.moved(move)
	if move == protocolSwitch {
		c.received = c.received.moved(protocolSwitch)
	}
	if move == finalHead {
		c.answers = persists && out.length != UntilClose
		c.out = out
		if early {
			c.received = c.received.moved(noMore)
		}
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

func (c *Conn) appendData(dst []byte, p []byte) ([]byte, error) {
	if len(p) == 0 && c.sent == Content {
		return dst, nil // an empty chunk would end the content
	}
	if err := c.spend(int64(len(p))); err != nil {
		return dst, err
	}
	if c.out.length != Chunked {
		return append(dst, p...), nil
	}
	dst = strconv.AppendUint(dst, uint64(len(p)), 16)
	return append(append(append(dst, "\r\n"...), p...), "\r\n"...), nil
}

// Sent says that n bytes of content left by another way than Append, such as
// sendfile. They count as if they were appended. With chunked content it is a
// [UsageError]: chunks need their frame.
func (c *Conn) Sent(n int64) error {
	switch {
	case n < 0:
		return UsageError("a negative number of bytes")
	case n == 0 && c.sent == Content:
		return nil
	case c.sent == Content && c.out.length == Chunked:
		return UsageError("chunked content past Append")
	}
	return c.spend(n)
}

// spend counts n bytes of content.
func (c *Conn) spend(n int64) error {
	switch {
	case c.sent != Content:
		return UsageError("content while the message is " + c.sent.String())
	case c.out.nothing:
		return UsageError("content in a message that has none")
	case c.out.length >= 0 && n > c.out.left:
		return UsageError("content past Content-Length, by " + bytesOf(n-c.out.left))
	}
	c.sent = c.sent.moved(someContent)
	if c.out.length >= 0 {
		c.out.left -= n
	}
	return nil
}

func (c *Conn) appendEnd(dst []byte, trailers Fields) ([]byte, error) {
	out := &c.out
	switch {
	case c.sent != Content:
		return dst, UsageError("an end while the message is " + c.sent.String())
	case out.length >= 0 && out.left > 0 && !out.nothing:
		return dst, UsageError("an end " + bytesOf(out.left) + " before Content-Length")
	case len(trailers) > 0 && out.length != Chunked:
		return dst, UsageError("trailers without chunked content")
	}
	for i := range trailers {
		if err := checkField(&trailers[i]); err != nil {
			return dst, err
		}
		if barredTrailer(trailers[i].Name) {
			return dst, UsageError("a trailer that belongs into the head: " + trailers[i].Name)
		}
	}
	c.sent = c.sent.moved(endOfMessage)
	if out.length == Chunked {
		dst = appendFields(append(dst, "0\r\n"...), trailers)
	}
	return dst, nil
}

// protoOf returns the version of a start line to send, "HTTP/1.1" for "".
func protoOf(s string) (proto string, v Version, err error) {
	switch s {
	case "", "HTTP/1.1":
		return "HTTP/1.1", Version{1, 1}, nil
	case "HTTP/1.0":
		return s, Version{1, 0}, nil
	}
	v, f := parseVersion([]byte(s), true)
	if f.found() {
		return s, v, UsageError("the protocol version is not HTTP/1.x")
	}
	return s, v, nil
}

// safeTarget reports whether no reader, however lenient, can see the end of
// the word inside s.
func safeTarget(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] == 0x7f || is(s[i], space) {
			return false
		}
	}
	return len(s) > 0
}

// frame checks the fields of a message of version v and says how they frame
// its content; UntilClose if they do not. persists is whether they and the
// version let the connection persist.
func frame(fields Fields, v Version) (out outgoing, keep bool, err error) {
	out.length = UntilClose
	var length, coding, close bool
	for i := range fields {
		f := &fields[i]
		if err := checkField(f); err != nil {
			return out, false, err
		}
		switch len(f.Name) {
		case len("Connection"):
			if EqualFold(f.Name, "Connection") {
				close = close || listHas(f.Value, "close")
				keep = keep || listHas(f.Value, "keep-alive")
			}
		case len("Content-Length"):
			if !EqualFold(f.Name, "Content-Length") {
				continue
			}
			n, bad := parseLength(f.Value)
			if bad >= 0 || length {
				return out, false, UsageError("Content-Length is not one number")
			}
			length = true
			out.length, out.left = n, n
		case len("Transfer-Encoding"):
			if !EqualFold(f.Name, "Transfer-Encoding") {
				continue
			}
			if !EqualFold(f.Value, "chunked") || coding {
				return out, false, UsageError("Transfer-Encoding is not chunked alone")
			}
			if !v.AtLeast(1, 1) {
				return out, false, UsageError("Transfer-Encoding in a message before HTTP/1.1")
			}
			coding = true
		}
	}
	if coding {
		if length {
			return out, false, UsageError("Content-Length beside Transfer-Encoding")
		}
		out.length = Chunked
	}
	return out, !close && (keep || v.AtLeast(1, 1)), nil
}

// checkField refuses what would not be one field line for its reader.
func checkField(f *Field) error {
	if !isToken(f.Name) {
		return UsageError("a field name is not a token")
	}
	for i := 0; i < len(f.Value); i++ {
		if c := f.Value[i]; c == '\r' || c == '\n' || c == 0 {
			return UsageError("CR, LF or NUL in the value of " + f.Name)
		}
	}
	return nil
}
