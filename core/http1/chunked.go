package http1

import "math"

// phase is the part of chunked content that comes next (RFC 9112 §7.1):
//
//	chunked-body = *chunk last-chunk trailer-section CRLF
//	chunk        = chunk-size [ chunk-ext ] CRLF chunk-data CRLF
//	last-chunk   = 1*("0") [ chunk-ext ] CRLF
type phase uint8

const (
	sizeLine  phase = iota // chunk-size [ chunk-ext ] CRLF
	chunkData              // left bytes
	chunkEnd               // the CRLF after them
	trailers               // after the last chunk
)

// chunk returns the next event of chunked content.
func (c *Conn) chunk() (Event, error) {
	in := &c.in
	for {
		switch in.phase {
		case sizeLine:
			next, f := c.chunkSize()
			if f.found() {
				return c.fail(f)
			}
			if next == 0 {
				return c.more()
			}
			c.frames(ChunkSizeLine, next)
			in.phase = chunkData
			if in.left == 0 {
				in.phase = trailers
				in.fields = in.fields[:0]
			}
		case chunkData:
			if in.left == 0 {
				in.phase = chunkEnd
				continue
			}
			return c.piece()
		case chunkEnd:
			b := c.buf[c.r:]
			for i := 0; i < 2 && i < len(b); i++ {
				if b[i] != "\r\n"[i] {
					return c.fail(flaw{BadChunkEnd, i, spanOf(0, i+1)})
				}
			}
			if len(b) < 2 {
				return c.more()
			}
			c.frames(ChunkDataEnd, 2)
			in.phase = sizeLine
		case trailers:
			done, f := c.readTrailers()
			if f.found() {
				return c.fail(f)
			}
			if !done {
				return c.more()
			}
			c.setTrailers()
			return c.over(), nil
		}
	}
}

// chunkSize reads a chunk-size line into in.left. next is where the line
// ends, 0 if it has not come whole.
func (c *Conn) chunkSize() (next int, f flaw) {
	in := &c.in
	limit := c.rules.Limits.ChunkLine
	to, next, found := c.nextLine(limit)
	switch found {
	case tooLong:
		return 0, flaw{fault: ChunkLineTooLong}
	case bare:
		return 0, flaw{BadChunkEnd, to, spanOf(0, to)}
	case notYet:
		return 0, flaw{}
	}
	line := c.buf[c.r : c.r+to]
	size, digits, f := parseChunkSize(line)
	if f.found() {
		return 0, f
	}
	if in.extension += len(line) - digits; in.extension > c.rules.Limits.Extensions {
		return 0, flaw{ExtensionsTooLong, digits, spanOf(0, to)}
	}
	in.left = size
	return next, flaw{}
}

// parseChunkSize reads
//
//	chunk-size = 1*HEXDIG
//	chunk-ext  = *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )
//
// of at most 16 digits. White space before the size or at the end of the line
// is a fault: nothing needs it, and it hides sizes from other readers.
func parseChunkSize(line []byte) (size int64, digits int, f flaw) {
	shown := spanOf(0, len(line))
	for digits < len(line) && is(line[digits], hexa) {
		d := int64(line[digits] - '0')
		if line[digits] > '9' {
			d = int64(lower(line[digits])-'a') + 10
		}
		if digits == 16 || size > (math.MaxInt64-d)/16 {
			return 0, digits, flaw{BadChunkSize, digits, shown}
		}
		size = size*16 + d
		digits++
	}
	if digits == 0 {
		return 0, 0, flaw{BadChunkSize, 0, shown}
	}
	if bad := badExtensions(line[digits:]); bad >= 0 {
		f = flaw{BadExtension, digits + bad, shown}
		if c := line[digits]; c != ';' && c != ' ' && c != '\t' {
			f.fault = BadChunkSize
		}
		if line[f.at] == '\r' {
			f.fault = BareCR
		}
		return 0, digits, f
	}
	return size, digits, flaw{}
}

// badExtensions returns the index of the first octet that is not in the
// grammar of chunk-ext, -1 if there is none.
func badExtensions(s []byte) int {
	i := 0
	skipSpace := func() {
		for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
			i++
		}
	}
	token := func() bool {
		n := firstOther(s[i:], tchar)
		i += n
		return n > 0
	}
	last := len(s) - 1 // where a line that stops too early is at fault
	for i < len(s) {
		skipSpace()
		if i == len(s) || s[i] != ';' {
			return min(i, last)
		}
		i++
		skipSpace()
		if !token() {
			return min(i, last)
		}
		mark := i
		skipSpace()
		if i == len(s) || s[i] != '=' {
			i = mark
			continue
		}
		i++
		skipSpace()
		if i < len(s) && s[i] == '"' {
			if !quoted(s, &i) {
				return min(i, last)
			}
		} else if !token() {
			return min(i, last)
		}
	}
	return -1
}

// quoted moves i past the quoted-string at s[*i] (RFC 9110 §5.6.4), or to the
// octet that is at fault in it.
func quoted(s []byte, i *int) bool {
	for *i++; *i < len(s); *i++ {
		switch c := s[*i]; {
		case c == '"':
			*i++
			return true
		case c == '\\':
			if *i++; *i == len(s) || !is(s[*i], text) {
				return false
			}
		case !is(c, text):
			return false
		}
	}
	return false
}
