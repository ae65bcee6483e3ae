package http1

// content returns the next piece of content, or its end.
func (c *Conn) content() (Event, error) {
	switch in := &c.in; {
	case in.length == Chunked:
		return c.chunk()
	case in.length == UntilClose:
		if c.Left() == 0 && c.eof {
			c.end.Trailers = nil
			return c.over(), nil
		}
	case in.left == 0:
		c.end.Trailers = c.end.Trailers[:0]
		return c.over(), nil
	}
	return c.piece()
}

// piece returns what is here of the content, at most to its end or that of
// the chunk.
func (c *Conn) piece() (Event, error) {
	in := &c.in
	n := c.Left()
	if n == 0 {
		if in.length == UntilClose {
			return NeedData{}, nil
		}
		return c.more()
	}
	if in.length != UntilClose {
		n = int(min(int64(n), in.left))
		in.left -= int64(n)
	}
	c.data.Bytes = c.buf[c.r : c.r+n : c.r+n]
	c.consume(n)
	c.received.move(someContent)
	return &c.data, nil
}

// over ends the message that is received.
func (c *Conn) over() Event {
	c.received.move(endOfMessage)
	return &c.end
}
