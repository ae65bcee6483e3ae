// Package markup writes text and bytes into HTML.
//
// The one rule: whatever did not grow in this program (a target, a field, a
// file's name, content, an error of the browser) enters HTML through [Text] or
// [Bytes] and no other way.
package markup

import (
	"strconv"
	"unicode/utf8"
)

// Text appends s escaped for element content and for attribute values in
// double quotes.
func Text(b []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		var esc string
		switch s[i] {
		case '&':
			esc = "&amp;"
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		case '"':
			esc = "&#34;"
		case '\'':
			esc = "&#39;"
		case 0:
			esc = "\uFFFD" // HTML has no way to say it
		default:
			continue
		}
		b = append(b, s[from:i]...)
		b = append(b, esc...)
		from = i + 1
	}
	return append(b, s[from:]...)
}

// Alphabet is what may stand for itself in Bytes.
type Alphabet uint8

const (
	ASCII Alphabet = iota // heads: every byte from 0x80 up is a pill
	UTF8                  // content: characters that can be seen stay
)

// Bytes appends s so that every byte can be seen: CR, LF, TAB and NUL as small
// names (few fonts have the control pictures of Unicode), other controls and
// stray bytes as pills with their number. Invisible and direction-changing
// characters are pills in either alphabet, so that no text can pass for
// another.
func Bytes(b []byte, s string, a Alphabet) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= 0x20 && c < 0x7f:
			j := i + 1
			for j < len(s) && s[j] >= 0x20 && s[j] < 0x7f {
				j++
			}
			b = Text(b, s[i:j])
			i = j
			continue
		case c == '\r':
			b = glyph(b, "CR")
		case c == '\n':
			b = glyph(b, "LF")
		case c == '\t':
			b = glyph(b, "TAB")
		case c == 0:
			b = glyph(b, "NUL")
		case c >= utf8.RuneSelf && a == UTF8:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				b = pillByte(b, c)
			} else if strconv.IsPrint(r) {
				b = append(b, s[i:i+n]...)
			} else {
				b = pill(b, "U+"+hexUpper(uint32(r)))
			}
			i += n
			continue
		default:
			b = pillByte(b, c)
		}
		i++
	}
	return b
}

func glyph(b []byte, g string) []byte {
	b = append(b, `<i class="gl" aria-hidden="true">`...)
	b = append(b, g...)
	return append(b, `</i>`...)
}

func pillByte(b []byte, c byte) []byte {
	const digits = "0123456789ABCDEF"
	return pill(b, string([]byte{digits[c>>4], digits[c&0xf]}))
}

func pill(b []byte, s string) []byte {
	b = append(b, `<span class="pill">`...)
	b = append(b, s...)
	return append(b, `</span>`...)
}

func hexUpper(r uint32) string {
	const digits = "0123456789ABCDEF"
	var d [8]byte
	i := len(d)
	for r > 0 || i > len(d)-4 {
		i--
		d[i] = digits[r&0xf]
		r >>= 4
	}
	return string(d[i:])
}
