package percent

import (
	"strings"
	"unicode/utf8"
)

// Decode percent-decodes the path of a target once (P-2, P-9). The result
// is UTF-8 in which surrogates may stand, three bytes each, as they were
// encoded.
//
// http.server decodes each run of ASCII on its own. When any of them is not
// UTF-8, surrogates are no longer let through anywhere.
func Decode(path string) string {
	b := make([]byte, 0, len(path)+8)
	valid := true
	for i := 0; i < len(path); {
		if path[i] >= 0x80 {
			b = utf8.AppendRune(b, rune(path[i]))
			i++
			continue
		}
		start := len(b)
		b, i = appendUnquoted(b, path, i)
		valid = valid && validText(b[start:])
	}
	if valid {
		return string(b)
	}
	b = b[:0]
	var run []byte
	for i := 0; i < len(path); {
		if path[i] >= 0x80 {
			b = utf8.AppendRune(b, rune(path[i]))
			i++
			continue
		}
		run, i = appendUnquoted(run[:0], path, i)
		b = appendReplaced(b, run)
	}
	return string(b)
}

// appendUnquoted decodes the run of ASCII that begins at path[i] and returns
// where it ends. A % without two hexadecimal digits stays.
func appendUnquoted(b []byte, path string, i int) ([]byte, int) {
	for i < len(path) && path[i] < 0x80 {
		if path[i] == '%' && i+2 < len(path) {
			hi, ok1 := unhex(path[i+1])
			lo, ok2 := unhex(path[i+2])
			if ok1 && ok2 {
				b = append(b, hi<<4|lo)
				i += 3
				continue
			}
		}
		b = append(b, path[i])
		i++
	}
	return b, i
}

func unhex(c byte) (v byte, ok bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// surrogate returns the surrogate at the start of s, encoded like a character
// of three bytes.
func surrogate[S string | []byte](s S) (r rune, ok bool) {
	if len(s) < 3 || s[0] != 0xed || s[1] < 0xa0 || s[1] > 0xbf || s[2]&0xc0 != 0x80 {
		return 0, false
	}
	return 0xd000 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f), true
}

// validText reports whether b is UTF-8, encoded surrogates let through.
func validText(b []byte) bool {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			if _, ok := surrogate(b); !ok {
				return false
			}
			n = 3
		}
		b = b[n:]
	}
	return true
}

// appendReplaced appends src as UTF-8, each maximal part of a character that
// is not whole as one U+FFFD (Unicode 16, section 3.9).
func appendReplaced(b, src []byte) []byte {
	for len(src) > 0 {
		r, n := utf8.DecodeRune(src)
		if r == utf8.RuneError && n == 1 {
			n = brokenLen(src)
		}
		b = utf8.AppendRune(b, r)
		src = src[n:]
	}
	return b
}

// brokenLen is how many bytes at the start of s could begin a character that
// does not go on: at least one.
func brokenLen(s []byte) int {
	lo, hi, need := byte(0x80), byte(0xbf), 0
	switch c := s[0]; {
	case c >= 0xc2 && c <= 0xdf:
		need = 1
	case c >= 0xe0 && c <= 0xef:
		need = 2
		if c == 0xe0 {
			lo = 0xa0
		} else if c == 0xed {
			hi = 0x9f
		}
	case c >= 0xf0 && c <= 0xf4:
		need = 3
		if c == 0xf0 {
			lo = 0x90
		} else if c == 0xf4 {
			hi = 0x8f
		}
	}
	n := 1
	for ; n <= need && n < len(s) && s[n] >= lo && s[n] <= hi; n++ {
		lo, hi = 0x80, 0xbf
	}
	return n
}

// Name turns decoded text into the bytes of a file name: a surrogate
// from U+DC80 to U+DCFF is the byte 80 to FF. false means that another
// surrogate was there.
func Name(text string) (name string, ok bool) {
	if strings.IndexByte(text, 0xed) < 0 {
		return text, true
	}
	b := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		if r, ok := surrogate(text[i:]); ok {
			if r < 0xdc80 || r > 0xdcff {
				return "", false
			}
			b = append(b, byte(r-0xdc00))
			i += 3
			continue
		}
		b = append(b, text[i])
		i++
	}
	return string(b), true
}
