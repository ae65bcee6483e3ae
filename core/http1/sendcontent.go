package http1

import "strconv"

func (c *Conn) appendData(dst []byte, p []byte) ([]byte, error) {
	if len(p) == 0 && c.sent == StateContent {
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
	case n == 0 && c.sent == StateContent:
		return nil
	case c.sent == StateContent && c.out.length == Chunked:
		return UsageError("chunked content past Append")
	}
	return c.spend(n)
}

// spend counts n bytes of content.
func (c *Conn) spend(n int64) error {
	switch {
	case c.sent != StateContent:
		return UsageError("content while the message is " + c.sent.String())
	case c.out.nothing:
		return UsageError("content in a message that has none")
	case c.out.length >= 0 && n > c.out.left:
		return UsageError("content past Content-Length, by " + bytesOf(n-c.out.left))
	}
	c.sent.move(someContent)
	if c.out.length >= 0 {
		c.out.left -= n
	}
	return nil
}

func (c *Conn) appendEnd(dst []byte, trailers Fields) ([]byte, error) {
	out := &c.out
	switch {
	case c.sent != StateContent:
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
		if IsBarredTrailer(trailers[i].Name) {
			return dst, UsageError("a trailer that belongs into the head: " + trailers[i].Name)
		}
	}
	c.sent.move(endOfMessage)
	if out.length == Chunked {
		dst = appendFields(append(dst, "0\r\n"...), trailers)
	}
	return dst, nil
}
