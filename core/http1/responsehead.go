package http1

// receiveResponse receives the head of a response to the request that was sent.
func (c *Conn) receiveResponse() (Event, error) {
	in := &c.in
	b := c.buf[c.r:]
	switch {
	case c.unsolicited(len(b)):
		return c.fail(flaw{fault: UnsolicitedResponse})
	case c.sent == StateIdle && c.eof:
		c.received.move(noMore)
		return Closed{}, nil
	case c.sent == StateIdle:
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
	sig := c.responseSignal(status)
	if sig != protocolSwitch && c.method != "HEAD" && status >= 200 && status != 204 && status != 304 {
		if length, f = framing(b, in.fields, in.has, in.start.version); f.found() {
			return c.fail(f)
		}
		if length == noLength {
			length = UntilClose
		}
	}
	return c.receivedResponse(in.at, length, sig), nil
}

// receivedResponse makes the event of a head of n bytes and consumes it.
func (c *Conn) receivedResponse(n int, length int64, sig signal) Event {
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
	options := optionsOf(c.buf[c.r:], in.fields, in.has)
	c.responseHead(sig, options.persists(in.start.version, length == UntilClose))
	c.consume(n)
	in.started = false
	switch sig {
	case interimHead:
		in.base = 0 // the next head is a message of its own
	case finalHead:
		r.Length = length
		in.length, in.left = length, max(length, 0)
	}
	return r
}

// bareResponse stands for the head that an HTTP/0.9 response does not have.
func (c *Conn) bareResponse() Event {
	c.res = Response{Proto: "HTTP/0.9", Status: 200, Fields: c.res.Fields[:0], Length: UntilClose}
	c.in.length = UntilClose
	c.responseHead(finalHead, false)
	return &c.res
}
