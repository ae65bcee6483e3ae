package http1

// receiveRequest receives the head of a request.
func (c *Conn) receiveRequest() (Event, error) {
	in := &c.in
	b := c.buf[c.r:]
	if len(b) == 0 {
		if c.eof {
			c.received.move(noMore)
			return Closed{}, nil
		}
		return NeedData{}, nil
	}
	if !in.started && in.at == 0 && len(b) >= 2 && b[0] == tlsHandshake && b[1] == tlsMajor {
		// Differs from http.server: a client that speaks TLS gets a response
		// at once. It would wait for the server's part of the handshake, and
		// the server for the end of a line.
		return c.fail(flaw{fault: TLSHandshake})
	}
	for !in.started {
		to, next, f := c.headLine(c.rules.Limits.StartLine, StartLineTooLong)
		if f.found() {
			return c.fail(f)
		}
		if next == 0 {
			if c.eof && (in.at == len(b) || in.at == len(b)-1 && b[in.at] == '\r') {
				c.received.move(noMore) // nothing but empty lines
				return Closed{}, nil
			}
			return c.more()
		}
		if to == in.at {
			// Differs from http.server: empty lines before a request are
			// skipped, not the end of the connection (RFC 9112 §2.2, X-7).
			if in.empty++; in.empty > c.rules.Limits.EmptyLines {
				return c.fail(flaw{fault: TooManyEmptyLines, at: in.at})
			}
			in.at = next
			continue
		}
		in.line = spanOf(in.at, to)
		start, flaw := parseRequestLine(b[in.at:to], &c.rules)
		in.start = start.shift(in.at)
		if flaw.found() {
			return c.fail(flaw.shift(in.at))
		}
		in.started = true
		in.at = next
		in.fields, in.has = in.fields[:0], 0
		if start.http09 {
			in.length, in.expect, in.persists = 0, false, false
			return c.receivedRequest(next), nil
		}
	}
	done, f := c.readFields()
	if f.found() {
		return c.fail(f)
	}
	if !done {
		return c.more()
	}
	if f := c.judgeRequest(b); f.found() {
		return c.fail(f)
	}
	return c.receivedRequest(in.at), nil
}

// The first two bytes of a TLS connection: the type of a record, and the major
// version, which is that of SSL 3 (RFC 8446 §5.1).
const (
	tlsHandshake = 0x16
	tlsMajor     = 0x03
)

// headLine is nextLine within the limits of a head. next is 0 if the line has
// not come whole.
func (c *Conn) headLine(limit int, long Fault) (to, next int, f flaw) {
	in := &c.in
	if rest := c.rules.Limits.Head - in.at; rest < limit {
		limit, long = rest, HeadTooLong
	}
	to, next, found := c.nextLine(limit)
	switch {
	case found == tooLong:
		return 0, 0, flaw{fault: long, at: in.at}
	case found == bare && !c.rules.BareLF:
		return 0, 0, flaw{fault: BareLF, at: to, shown: spanOf(in.at, to)}
	}
	return to, next, flaw{}
}

// judgeRequest decides what the field section means for the connection.
func (c *Conn) judgeRequest(b []byte) flaw {
	in := &c.in
	v := in.start.version
	if f := c.judgeHost(b, v); f.found() {
		return f
	}
	length, f := requestFraming(b, in.fields, in.has, v, c.rules.AnyLastCoding)
	if f.found() {
		return f
	}
	if length == noLength {
		length = 0 // RFC 9112 §6.3 rule 7
	}
	in.length = length
	in.persists = optionsOf(b, in.fields, in.has).persists(v, string(in.start.proto.of(b)) == "HTTP/0.9")
	in.expect = in.has&hasExpect != 0 && expects(b, in.fields) &&
		v.AtLeast(1, 1) && string(in.start.proto.of(b)) >= "HTTP/1.1" // compared as text too: E-1
	return flaw{}
}

// judgeHost checks Host (RFC 9112 §3.2).
func (c *Conn) judgeHost(b []byte, v Version) flaw {
	if c.rules.SkipHostCheck {
		return flaw{}
	}
	seen := false
	if c.in.has&hasHost != 0 {
		for i := range c.in.fields {
			l := &c.in.fields[i]
			if !same(l.name.of(b), "host") {
				continue
			}
			if seen {
				return flaw{ManyHosts, l.name.at(), l.value}
			}
			seen = true
			if !validHost(l.value.of(b)) {
				return flaw{BadHost, l.value.at(), l.value}
			}
		}
	}
	if !seen && v.AtLeast(1, 1) {
		return flaw{fault: MissingHost, at: c.in.at}
	}
	return flaw{}
}

// expects reports whether the first Expect is 100-continue (E-1, E-3).
func expects(b []byte, fields []fieldLine) bool {
	for i := range fields {
		if same(fields[i].name.of(b), "expect") {
			return same(fields[i].value.of(b), "100-continue")
		}
	}
	return false
}

// receivedRequest makes the event of a head of n bytes and consumes it.
func (c *Conn) receivedRequest(n int) Event {
	in := &c.in
	s := string(c.buf[c.r : c.r+n])
	c.requestLine(s)
	r := &c.req
	r.Head = s
	r.Fields = r.Fields[:0]
	for i := range in.fields {
		l := &in.fields[i]
		r.Fields = append(r.Fields, Field{l.name.in(s), l.value.in(s)})
	}
	if r.HTTP09 {
		r.Fields = r.Fields[:0]
	}
	r.Length, r.KeepAlive, r.Expect = in.length, in.persists, in.expect

	c.method, c.version, c.bare = r.Method, r.Version, r.Bare()
	c.requestHead(r.Method, in.has&hasUpgrade != 0, r.KeepAlive)
	c.consume(n)
	in.left = in.length
	return r
}

// requestLine sets what the request-line tells, as parts of s.
func (c *Conn) requestLine(s string) {
	in, r := &c.in, &c.req
	r.Line = in.line.in(s)
	r.Method, r.Target = in.start.method.in(s), in.start.target.in(s)
	r.Version, r.HTTP09 = in.start.version, in.start.http09
	r.Proto = in.start.proto.in(s)
	if r.HTTP09 {
		r.Proto = "HTTP/0.9"
	}
}

// partial sets what is known of a request whose head is not complete.
func (c *Conn) partial() {
	c.req = Request{Fields: c.req.Fields[:0]}
	if c.in.line == (span{}) {
		return
	}
	c.requestLine(string(c.buf[c.r : c.r+int(c.in.line.to)]))
}
