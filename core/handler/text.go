package handler

import (
	"strconv"
	"unicode/utf8"
)

// Latin1 reads s as ISO-8859-1, the encoding of a request head: each byte is
// the character of that number.
func Latin1(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			b := append(make([]byte, 0, len(s)+8), s[:i]...)
			for ; i < len(s); i++ {
				b = utf8.AppendRune(b, rune(s[i]))
			}
			return string(b)
		}
	}
	return s
}

// reasonPhrase makes text a legal reason phrase in Latin-1 (RFC 9112 §4):
// what is no character of it becomes "?".
func reasonPhrase(text string) string {
	legal := true
	for i := 0; i < len(text) && legal; i++ {
		legal = text[i] >= ' ' && text[i] < 0x7f || text[i] == '\t'
	}
	if legal {
		return text
	}
	b := make([]byte, 0, len(text))
	for _, r := range text {
		switch {
		case r == '\t', r >= ' ' && r < 0x7f, r >= 0xa0 && r <= 0xff:
			b = append(b, byte(r))
		default:
			b = append(b, '?')
		}
	}
	return string(b)
}

// Repr is Python's quoted form of a text, as http.server's messages
// show it. s is UTF-8; for bytes of a head write Repr(Latin1(s)).
func Repr(s string) string {
	quote := byte('\'')
	if containsByte(s, '\'') && !containsByte(s, '"') {
		quote = '"'
	}
	b := append(make([]byte, 0, len(s)+2), quote)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == rune(quote) || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r == utf8.RuneError && n == 1:
			// A byte that is no UTF-8 is a lone surrogate in Python.
			b = append(b, `\udc`...)
			b = appendHex(b, uint32(s[i]), 2)
		case strconv.IsPrint(r):
			b = append(b, s[i:i+n]...)
		case r <= 0xff:
			b = append(b, `\x`...)
			b = appendHex(b, uint32(r), 2)
		case r <= 0xffff:
			b = append(b, `\u`...)
			b = appendHex(b, uint32(r), 4)
		default:
			b = append(b, `\U`...)
			b = appendHex(b, uint32(r), 8)
		}
		i += n
	}
	return string(append(b, quote))
}

func appendHex(b []byte, v uint32, digits int) []byte {
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		b = append(b, "0123456789abcdef"[v>>shift&0xf])
	}
	return b
}

func containsByte(s string, c byte) bool {
	for i := 0; i < len(s); i++ {
		if s[i] == c {
			return true
		}
	}
	return false
}
