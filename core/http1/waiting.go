package http1

import "strconv"

// Waiting says in words what is missing before Next can tell more, such as
// "the empty line that ends the field section" or "7 of 12 bytes of content".
// It is for people: in logs of timeouts and beside a live view.
func (c *Conn) Waiting() string {
	in := &c.in
	switch c.received {
	case StateIdle:
		return c.waitingForHead()
	case StateContent:
		switch {
		case in.length == UntilClose:
			return "the end of the connection, which ends the content"
		case in.length == Chunked:
			return c.waitingForChunk()
		}
		return strconv.FormatInt(in.left, 10) + " of " + bytesOf(in.length) + " of content"
	case StateDone:
		if c.sent != StateDone {
			return "the end of our own message"
		}
		if c.KeepAlive() {
			return "the next message"
		}
	case StateSwitched:
		return "nothing: the bytes belong to another protocol"
	case StateError:
		return "nothing: " + c.fault.Error()
	}
	return "nothing: the connection is over"
}

func (c *Conn) waitingForHead() string {
	in := &c.in
	switch {
	case c.role == Client && c.sent == StateIdle:
		return "a request of ours"
	case c.Left() == 0 && c.role == Client:
		return "a response"
	case !in.started && in.at == c.Left():
		return "a request"
	case !in.started && c.role == Client:
		return "the end of the status-line"
	case !in.started:
		return "the end of the request-line"
	case in.at == c.Left():
		return "the empty line that ends the field section"
	}
	return "the end of a field line"
}

func (c *Conn) waitingForChunk() string {
	switch in := &c.in; in.phase {
	case chunkData:
		if in.left > 0 {
			return bytesOf(in.left) + " of a chunk"
		}
		return "the CR LF that ends a chunk"
	case chunkEnd:
		return "the CR LF that ends a chunk"
	case trailers:
		return "the empty line that ends the trailer section"
	}
	return "a chunk size"
}

func bytesOf(n int64) string {
	if n == 1 {
		return "1 byte"
	}
	return strconv.FormatInt(n, 10) + " bytes"
}
