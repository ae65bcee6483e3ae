package http1

// responseHead receives the head of a response to the request that was sent.
func (c *Conn) responseHead() (Event, error) {
	in := &c.in
	b := c.buf[c.r:]
	if c.sent == StateIdle {
		switch {
		case len(b) > 0:
			return c.fail(flaw{fault: UnsolicitedResponse})
		case c.eof:
			c.received = c.received.moved(noMore)
			return Closed{}, nil
		}
		return NeedData{}, nil
	}
	if c.bare {
		return c.bareResponse(), nil
	}
	if !in.started {
		to, next, f := c.headLine(c.rules.Limits.StartLine, StartLineTooLong)
		if f.found() {
			return c.fail(f)
		}
		if next == 0 {
			return c.more()
		}
		start, f := parseStatusLine(b[:to], &c.rules)
		if f.found() {
			return c.fail(f)
		}
		in.started, in.start = true, start
		in.at = next
		in.fields, in.has = in.fields[:0], 0
	}
	done, f := c.readFields()
	if f.found() {
		return c.fail(f)
	}
	if !done {
		return c.more()
	}
	status := in.start.status
	if status == 101 && !c.upgrade {
		return c.fail(flaw{UnsolicitedSwitch, 0, spanOf(0, int(in.start.reason.to))})
	}
	// RFC 9112 §6.3 in its order. What the fields say of a length means
	// nothing in the first two cases.
	var length int64
	switched := status == 101 || c.method == "CONNECT" && 200 <= status && status < 300
	if !switched && c.method != "HEAD" && status >= 200 && status != 204 && status != 304 {
		if length, f = framing(b, in.fields, in.has, in.start.version); f.found() {
			return c.fail(f)
		}
		if length == noLength {
			length = UntilClose
		}
	}
	return c.response(in.at, length, switched), nil
}

// response makes the event of a head of n bytes and consumes it.
func (c *Conn) response(n int, length int64, switched bool) Event {
	in := &c.in
	s := string(c.buf[c.r : c.r+n])
	r := &c.res
	*r = Response{
		Proto:  in.start.proto.in(s),
		Status: in.start.status,
		Reason: in.start.reason.in(s),
		Fields: r.Fields[:0],
		Head:   s,
	}
	for _, l := range in.fields {
		r.Fields = append(r.Fields, Field{l.name.in(s), l.value.in(s)})
	}
	c.responseKeepAlive = persists(c.buf[c.r:], in.fields, in.has, in.start.version)
	c.consume(n)
	in.started = false
	switch {
	case switched:
		c.received = c.received.moved(protocolSwitch)
		if c.sent == StateDone {
			c.sent = c.sent.moved(protocolSwitch)
		}
		return r
	case r.Status < 200:
		c.responseKeepAlive = true
		c.received = c.received.moved(interimHead)
		in.base = 0 // the next head is a message of its own
		return r
	}
	r.Length = length
	c.responseKeepAlive = c.responseKeepAlive && length != UntilClose
	in.length, in.left = length, max(length, 0)
	c.received = c.received.moved(finalHead)
	return r
}

// bareResponse stands for the head that an HTTP/0.9 reply does not have.
func (c *Conn) bareResponse() Event {
	c.res = Response{Proto: "HTTP/0.9", Status: 200, Fields: c.res.Fields[:0], Length: UntilClose}
	c.in.length = UntilClose
	c.responseKeepAlive = false
	c.received = c.received.moved(finalHead)
	return &c.res
}
