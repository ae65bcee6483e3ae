package address

import (
	"strings"
	"unicode/utf8"
)

// Readable is a path as a person writes it: what is percent-encoded UTF-8
// beyond ASCII is decoded. All else stays as it is, so the path can be
// had back: escapes of ASCII, whose meaning they may change, bytes that are no
// UTF-8, and characters that cannot be seen or turn the text around.
func Readable(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); {
		if n := escapes(path[i:]); n > 0 {
			b.WriteString(decode(path[i : i+3*n]))
			i += 3 * n
			continue
		}
		b.WriteByte(path[i])
		i++
	}
	return b.String()
}

// escapes is how many percent-encoded bytes beyond ASCII stand at the
// beginning of s.
func escapes(s string) (n int) {
	for len(s) >= 3 && s[0] == '%' && unhex(s[1]) >= 8 && unhex(s[2]) >= 0 {
		n, s = n+1, s[3:]
	}
	return n
}

// decode decodes what of a run of percent-encoded bytes is text to be seen.
func decode(run string) string {
	raw := make([]byte, len(run)/3)
	for i := range raw {
		raw[i] = byte(unhex(run[3*i+1])<<4 | unhex(run[3*i+2]))
	}
	var b strings.Builder
	for i := 0; i < len(raw); {
		c, n := utf8.DecodeRune(raw[i:])
		if c == utf8.RuneError || !visible(c) {
			b.WriteString(run[3*i : 3*(i+n)])
		} else {
			b.WriteRune(c)
		}
		i += n
	}
	return b.String()
}

// visible reports whether a character beyond ASCII has a shape of its own:
// it is no control, format or space character, and has a meaning in Unicode.
// (Tables of package unicode would be larger than all of this.)
func visible(c rune) bool {
	for _, hidden := range [...][2]rune{
		{0, 0xa0}, {0xad, 0xad}, {0x34f, 0x34f}, {0x61c, 0x61c}, {0x115f, 0x1160}, {0x1680, 0x1680},
		{0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x2000, 0x200f}, {0x2028, 0x202f}, {0x205f, 0x206f}, {0x3000, 0x3000},
		{0x3164, 0x3164}, {0xd800, 0xf8ff}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xffff}, {0xe0000, 0x10ffff},
	} {
		if hidden[0] <= c && c <= hidden[1] {
			return false
		}
	}
	return true
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
