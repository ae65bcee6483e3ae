package fragment

import (
	"iter"
	"strconv"
	"unicode/utf8"
)

// Kind is how a run of bytes is shown.
type Kind uint8

const (
	Plain Kind = iota // as it is
	Glyph             // by a small name: CR, LF, TAB, NUL
	Pill              // by its number
)

// Run is a part of a text that is shown in one way.
type Run struct {
	Kind Kind
	Text string // what is shown
}

// Alphabet is what may stand for itself.
type Alphabet uint8

const (
	ASCII Alphabet = iota // header sections: every byte from 0x80 up is a pill
	UTF8                  // content: characters that can be seen stay
)

// Runs parts s so that every byte can be seen: CR, LF, TAB and NUL as small
// names (few fonts have the control pictures of Unicode), other controls and
// stray bytes as pills with their number. Invisible and direction-changing
// characters are pills in either alphabet, so that no text can pass for
// another.
func Runs(s string, a Alphabet) iter.Seq[Run] {
	return func(yield func(Run) bool) {
		for s != "" {
			n := plain(s, a)
			r := Run{Plain, s[:n]}
			if n == 0 {
				r, n = named(s, a)
			}
			if s = s[n:]; !yield(r) {
				return
			}
		}
	}
}

// plain is how many bytes at the beginning of s stand for themselves.
func plain(s string, a Alphabet) (n int) {
	for n < len(s) {
		c := s[n]
		if c < utf8.RuneSelf || a == ASCII {
			if c < 0x20 || c >= 0x7f {
				break
			}
			n++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[n:])
		if r == utf8.RuneError && size == 1 || !strconv.IsPrint(r) {
			break
		}
		n += size
	}
	return n
}

// named is the run of the one byte or character at the beginning of s, which
// cannot be seen, and its length.
func named(s string, a Alphabet) (Run, int) {
	switch c := s[0]; {
	case c == '\r':
		return Run{Glyph, "CR"}, 1
	case c == '\n':
		return Run{Glyph, "LF"}, 1
	case c == '\t':
		return Run{Glyph, "TAB"}, 1
	case c == 0:
		return Run{Glyph, "NUL"}, 1
	case c >= utf8.RuneSelf && a == UTF8:
		if r, n := utf8.DecodeRuneInString(s); n > 1 {
			return Run{Pill, "U+" + upperHex(uint32(r), 4)}, n
		}
	}
	return Run{Pill, upperHex(uint32(s[0]), 2)}, 1
}

// upperHex is n with at least so many digits.
func upperHex(n uint32, least int) string {
	const digits = "0123456789ABCDEF"
	var d [8]byte
	i := len(d)
	for n > 0 || i > len(d)-least {
		i--
		d[i] = digits[n&0xf]
		n >>= 4
	}
	return string(d[i:])
}
