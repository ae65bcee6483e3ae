package http1

import "bytes"

// What an idle Conn holds at most of large messages, in bytes.
const (
	keptBuffer = 64 << 10
	keptHead   = 8 << 10
)

// slim lets go of what large messages left behind.
func (c *Conn) slim() {
	if c.r == len(c.buf) && cap(c.buf) > keptBuffer {
		c.buf, c.r, c.data = nil, 0, Data{}
	}
	if len(c.req.Head) > keptHead || len(c.res.Head) > keptHead {
		c.req, c.res, c.method = Request{}, Response{}, ""
	}
}

// Receive hands over bytes of the peer. They are copied. After a fault, and
// when no further message can come, they are dropped.
func (c *Conn) Receive(p []byte) {
	if len(p) > 0 {
		copy(c.Space(len(p)), p)
		c.Filled(len(p))
	}
}

// Space returns free buffer of at least min bytes for a transport to read
// into. What it read is handed over with [Conn.Filled].
func (c *Conn) Space(min int) []byte {
	if c.r == len(c.buf) {
		c.buf, c.r = c.buf[:0], 0
	}
	if cap(c.buf)-len(c.buf) < min {
		c.makeRoom(min)
	}
	return c.buf[len(c.buf):cap(c.buf)]
}

// makeRoom moves the bytes not consumed to the front, where that frees enough
// and costs no more than what was consumed since, or into a larger buffer.
func (c *Conn) makeRoom(min int) {
	left := c.buf[c.r:]
	to := c.buf[:0]
	if len(left)+min > cap(c.buf) || len(left) > c.r {
		to = make([]byte, 0, max(2*cap(c.buf), len(left)+min, 4096))
	}
	c.buf, c.r = append(to, left...), 0
}

// Filled says that the transport put n bytes at the start of the last Space.
func (c *Conn) Filled(n int) {
	if c.received == StateError || c.received == StateClosed {
		c.buf, c.r = c.buf[:0], 0
		return
	}
	c.buf = c.buf[:len(c.buf)+n]
}

// ReceiveEOF says that the peer sends no more. Messages already received are
// still told; one that is cut off is a fault and never acted on.
func (c *Conn) ReceiveEOF() { c.eof = true }

// Left is the number of bytes received and not consumed.
func (c *Conn) Left() int { return len(c.buf) - c.r }

// Rest returns the bytes received and not consumed: after a switch of
// protocols, the first bytes of the new one. They are valid as long as events.
func (c *Conn) Rest() []byte { return c.buf[c.r:] }

// consume takes n bytes out of the buffer.
func (c *Conn) consume(n int) {
	c.r += n
	c.in.base += int64(n)
	c.in.at, c.in.scanned = 0, 0
}

// incoming is the message that is being received. Offsets are from the first
// byte that is not consumed; a section is consumed when it is complete, so
// within a head they are offsets from the first byte of the message.
type incoming struct {
	base    int64 // bytes of the message that are consumed
	at      int   // start of the next line
	scanned int   // no LF between at and here

	// The head.
	empty   int  // empty lines before the start line
	started bool // the start line is understood
	line    span // without its ending; empty while it has not come whole
	start   startLine
	fields  []fieldLine
	has     special // fields among them that decide something

	length    int64 // of the content, or Chunked or UntilClose
	expect    bool
	persists  bool  // Request.KeepAlive
	left      int64 // bytes of content or chunk to come
	phase     phase // of chunked content
	extension int   // bytes of chunk extensions so far
}

// begin makes in ready for the next message.
func (in *incoming) begin() {
	in.base, in.at, in.scanned = 0, 0, 0
	in.started, in.empty = false, 0
	in.line, in.start = span{}, startLine{}
	in.phase, in.extension, in.left = sizeLine, 0, 0
}

// found is what nextLine found.
type found uint8

const (
	notYet  found = iota // the line has not come whole
	whole                // a line, without its ending
	tooLong              // more bytes than the limit allows
	bare                 // ends in LF without CR
)

// nextLine looks for the line at in.at, of at most limit bytes with its
// ending. It looks at no byte twice, however small the pieces in which they
// come. The line is [in.at, to), the next one starts at next.
func (c *Conn) nextLine(limit int) (to, next int, f found) {
	in := &c.in
	b := c.buf[c.r:]
	from := max(in.at, in.scanned)
	n := bytes.IndexByte(b[from:], '\n')
	if n < 0 {
		in.scanned = len(b)
		if len(b)-in.at > limit {
			return 0, 0, tooLong
		}
		return 0, 0, notYet
	}
	to = from + n
	next = to + 1
	if next-in.at > limit {
		return 0, 0, tooLong
	}
	if to > in.at && b[to-1] == '\r' {
		return to - 1, next, whole
	}
	return to, next, bare
}
