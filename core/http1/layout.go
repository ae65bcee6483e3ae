package http1

// Range is a range of bytes of a message, from its first byte and that of the
// empty lines before it.
type Range struct{ Off, Len int }

func (s span) rangeOf() Range { return Range{int(s.from), int(s.to - s.from)} }

// Layout says where the parts of a request's header section stand. It is for
// logs, and valid as long as the [Request].
type Layout struct {
	Method, Target, Proto Range
	fields                []fieldLine
}

// Layout returns the layout of the request that Next returned last, or of one
// that ended in an [*Error], as far as it was understood.
func (c *Conn) Layout() Layout {
	in := &c.in
	if in.line == (span{}) {
		return Layout{}
	}
	l := Layout{in.start.method.rangeOf(), in.start.target.rangeOf(), in.start.proto.rangeOf(), nil}
	if in.started && !in.start.http09 {
		l.fields = in.fields
	}
	return l
}

// Fields is the number of field lines.
func (l *Layout) Fields() int { return len(l.fields) }

// Field returns where the name and the value of field line i stand.
func (l *Layout) Field(i int) (name, value Range) {
	return l.fields[i].name.rangeOf(), l.fields[i].value.rangeOf()
}

// Offset is how many bytes of the message that is received are consumed.
func (c *Conn) Offset() int64 { return c.in.base }

// Framing is what frames chunked content (RFC 9112 §7.1).
type Framing uint8

// The framing of chunked content.
const (
	ChunkSizeLine  Framing = iota // chunk-size [ chunk-ext ] CRLF
	ChunkDataEnd                  // the CRLF behind chunk-data
	TrailerSection                // and the CRLF behind it
)

// Observe has f called with the framing of the chunked content that is
// received, as it is understood: what it is, its bytes, which f must not keep,
// and the chunk-size. Offset is where they begin. Reset ends it.
func (c *Conn) Observe(f func(what Framing, bytes []byte, size int64)) { c.observe = f }

// frames tells of the next n bytes and consumes them.
func (c *Conn) frames(what Framing, n int) {
	if c.observe != nil {
		c.observe(what, c.buf[c.r:c.r+n], c.in.left)
	}
	c.consume(n)
}
