package editor

import (
	"strings"
	"unicode/utf8"
)

// Parse reads what a person wrote in a view of escapes or numbers. What cannot
// be read is left out, and Bad says where the first of it is.
func Parse(text string, v View) (Text, Shown) {
	s := Shown{View: v, Bad: -1}
	var t Text
	for text != "" && len(t.Bytes) < MaxBytes {
		n, kind, b := readEscape(text)
		if v == AsHex {
			n, kind, b = readHex(text)
		}
		if kind == Mark {
			t.Marks = append(t.Marks, len(t.Bytes))
		} else if kind != Break && len(b) == 0 {
			if s.Bad < 0 {
				s.Bad = s.units
			}
			kind = Break
		}
		s.add(kind, text[:n], len(b))
		t.Bytes = append(t.Bytes, b...)
		text = text[n:]
	}
	s.Text = string(s.text)
	return t.tidy(), s
}

// readEscape reads the first of a text with escapes: of how many bytes it is,
// and what it stands for; nothing if it stands for nothing.
func readEscape(s string) (n int, kind Kind, b []byte) {
	switch {
	case s[0] == '\n':
		return 1, Break, nil
	case s[0] == ' ':
		return 1, Space, []byte{' '}
	case s[0] != '\\':
		_, n := utf8.DecodeRuneInString(s)
		return n, Plain, []byte(s[:n])
	case len(s) == 1:
		return 1, Name, nil
	}
	if s[1] == '|' {
		return 2, Mark, nil
	}
	if i := strings.IndexByte(`rnt0\`, s[1]); i >= 0 {
		return 2, Name, []byte{"\r\n\t\x00\\"[i]}
	}
	if s[1] != 'x' || len(s) < 4 {
		return 1, Name, nil
	}
	c, ok := hexByte(s[2:4])
	if !ok {
		return 2, Name, nil
	}
	return 4, Name, []byte{c}
}

// readHex reads the first of a text of numbers.
func readHex(s string) (n int, kind Kind, b []byte) {
	switch {
	case s[0] == ' ' || s[0] == '\n' || s[0] == '\t':
		return 1, Break, nil
	case s[0] == '|':
		return 1, Mark, nil
	}
	if len(s) >= 2 {
		if c, ok := hexByte(s[:2]); ok {
			return 2, Plain, []byte{c}
		}
	}
	_, n = utf8.DecodeRuneInString(s)
	return n, Plain, nil
}

func hexByte(s string) (c byte, ok bool) {
	const digits = "0123456789abcdef"
	for i := range 2 {
		d := strings.IndexByte(digits, s[i]|0x20)
		if d < 0 || s[i] < '0' {
			return 0, false
		}
		c = c<<4 | byte(d)
	}
	return c, true
}
