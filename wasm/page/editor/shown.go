package editor

import (
	"strconv"
	"unicode/utf8"
)

// View is how bytes are shown.
type View uint8

const (
	AsText    View = iota // characters, and a name for what has none
	AsEscapes             // \r, \n, \t, \0, \xHH
	AsHex                 // two digits each
)

// Kind is what a token is.
type Kind uint8

const (
	Plain Kind = iota // characters, one for each byte, or one of several bytes
	Space             // SPs
	Name              // stands for bytes that have no character
	Mark              // the end of a segment
	Break             // a line that ends here only, for the eye
)

// Token is a part of what is shown. From and To count UTF-16 code units, as
// browsers do; Off and Len are bytes.
type Token struct {
	Kind     Kind
	Text     string
	From, To int
	Off, Len int
}

// single reports whether each character of a token is a byte.
func (k *Token) single() bool { return k.To-k.From == k.Len }

// Shown is bytes as they are shown: the text of its tokens, one behind another.
type Shown struct {
	View   View
	Text   string
	Tokens []Token
	// Bad is where what a person wrote is no escape or number, in UTF-16 code
	// units; -1 if all of it is.
	Bad int

	text  []byte
	units int
	bytes int
}

// Show shows a text in a view.
func Show(t *Text, v View) Shown {
	s := Shown{View: v, Bad: -1}
	marks := t.Marks
	for s.bytes < len(t.Bytes) {
		end := len(t.Bytes)
		if len(marks) > 0 {
			if marks[0] == s.bytes {
				s.mark(len(t.Marks) - len(marks) + 2)
				marks = marks[1:]
				continue
			}
			end = marks[0]
		}
		s.next(t.Bytes[s.bytes:end])
	}
	s.Text = string(s.text)
	return s
}

// add appends a token of n bytes.
func (s *Shown) add(k Kind, text string, n int) {
	units := 0
	for _, r := range text {
		units++
		if r >= 0x10000 {
			units++
		}
	}
	if i := len(s.Tokens) - 1; i >= 0 && k == Plain && units == n && s.Tokens[i].Kind == Plain && s.Tokens[i].single() {
		last := &s.Tokens[i] // it goes on
		last.To += n
		last.Len += n
		last.Text = string(s.text[len(s.text)-(last.Len-n):]) + text
	} else {
		s.Tokens = append(s.Tokens, Token{k, text, s.units, s.units + units, s.bytes, n})
	}
	s.text = append(s.text, text...)
	s.units += units
	s.bytes += n
}

// mark shows the end of a segment: the number is that of the next one.
func (s *Shown) mark(number int) {
	switch {
	case s.View == AsEscapes:
		s.add(Mark, `\|`, 0)
	case s.View == AsHex:
		s.add(Mark, "|", 0)
		s.add(Break, "\n", 0)
	default:
		text := "segment " + strconv.Itoa(number) + "\n"
		if n := len(s.text); s.text[n-1] != '\n' {
			text = "\n" + text
		}
		s.add(Mark, text, 0)
	}
}

// next shows the first of some bytes.
func (s *Shown) next(b []byte) {
	switch s.View {
	case AsEscapes:
		s.escape(b)
	case AsHex:
		s.hex(b)
	default:
		s.characters(b)
	}
}

func (s *Shown) characters(b []byte) {
	switch c := b[0]; {
	case c == '\r' && len(b) > 1 && b[1] == '\n':
		s.add(Name, "CRLF\n", 2)
	case c == '\r':
		s.add(Name, "CR", 1)
	case c == '\n':
		s.add(Name, "LF\n", 1)
	case c == '\t':
		s.add(Name, "TAB", 1)
	case c == 0:
		s.add(Name, "NUL", 1)
	case c == ' ':
		n := 1
		for n < len(b) && b[n] == ' ' {
			n++
		}
		s.add(Space, string(b[:n]), n)
	case c > ' ' && c < 0x7f:
		n := 1
		for n < len(b) && b[n] > ' ' && b[n] < 0x7f {
			n++
		}
		s.add(Plain, string(b[:n]), n)
	default:
		if r, n := utf8.DecodeRune(b); n > 1 && strconv.IsPrint(r) {
			s.add(Plain, string(b[:n]), n)
			return
		}
		s.add(Name, hexEscape(c), 1)
	}
}

func (s *Shown) escape(b []byte) {
	switch c := b[0]; {
	case c == '\n':
		s.add(Name, `\n`, 1)
		s.add(Break, "\n", 0)
	case c == '\r':
		s.add(Name, `\r`, 1)
	case c == '\t':
		s.add(Name, `\t`, 1)
	case c == 0:
		s.add(Name, `\0`, 1)
	case c == '\\':
		s.add(Name, `\\`, 1)
	case c == ' ':
		s.add(Space, " ", 1)
	case c > ' ' && c < 0x7f:
		s.add(Plain, string(b[:1]), 1)
	default:
		s.add(Name, hexEscape(c), 1)
	}
}

// hexRow is how many bytes stand in a line of numbers.
const hexRow = 8

func (s *Shown) hex(b []byte) {
	text := hexEscape(b[0])[len(`\x`):]
	s.add(Plain, text, 1)
	if s.bytes%hexRow == 0 {
		s.add(Break, "\n", 0)
	} else {
		s.add(Break, " ", 0)
	}
}

func hexEscape(c byte) string {
	const digits = "0123456789abcdef"
	return string([]byte{'\\', 'x', digits[c>>4], digits[c&0xf]})
}
