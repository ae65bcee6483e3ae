package copyas

import "strings"

// text is a copy being written. Its methods keep programs small: append itself
// is dozens of instructions wherever it stands.
type text []byte

func (t *text) put(s string)   { *t = append(*t, s...) }
func (t *text) putByte(c byte) { *t = append(*t, c) }

// comment puts the sentence of a code as a line. What a sentence is filled with
// is ours or printable ASCII, so it has no line feed.
func (t *text) comment(sign, code string, args ...string) {
	t.put(sign)
	t.put(say(code, args...))
	t.putByte('\n')
}

// hex puts c as \xNN.
func (t *text) hex(c byte) {
	const digits = "0123456789abcdef"
	t.put(`\x`)
	t.putByte(digits[c>>4])
	t.putByte(digits[c&15])
}

// literal puts s in double quotes, as both JavaScript and Python read it, a
// character for each byte. Bytes that are not plain are \xNN, and so is <, which
// could end a script in HTML.
func (t *text) literal(s string) {
	t.putByte('"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\r':
			t.put(`\r`)
		case c == '\n':
			t.put(`\n`)
		case c == '"' || c == '\\':
			t.putByte('\\')
			t.putByte(c)
		case c < ' ' || c > '~' || c == '<':
			t.hex(c)
		default:
			t.putByte(c)
		}
	}
	t.putByte('"')
}

// cutLine cuts the first line, with its LF, off s.
func cutLine(s string) (line, rest string) {
	i := strings.IndexByte(s, '\n')
	if i < 0 {
		return s, ""
	}
	return s[:i+1], s[i+1:]
}
