package http1

// class is a set of the kinds an octet belongs to.
type class uint8

const (
	tchar   class = 1 << iota // of a token (RFC 9110 §5.6.2)
	visible                   // 21-7E, VCHAR (RFC 5234 B.1)
	text                      // of a field value: HTAB, SP, VCHAR, obs-text (RFC 9110 §5.5)
	space                     // white space as http.server splits words: 09-0D, 1C-1F, 20, 85, A0
	hexa                      // HEXDIG, either case
	regname                   // unreserved and sub-delims (RFC 3986 §3.2.2)
)

var octets = classify()

func classify() (t [256]class) {
	for c := 0; c < 256; c++ {
		digit := '0' <= c && c <= '9'
		low := c | 0x20
		alpha := 'a' <= low && low <= 'z'
		if 0x21 <= c && c <= 0x7e {
			t[c] |= visible | text
		}
		if c == '\t' || c == ' ' || c >= 0x80 {
			t[c] |= text
		}
		if digit || alpha {
			t[c] |= tchar | regname
		}
		if digit || 'a' <= low && low <= 'f' {
			t[c] |= hexa
		}
		if 0x09 <= c && c <= 0x0d || 0x1c <= c && c <= 0x20 || c == 0x85 || c == 0xa0 {
			t[c] |= space
		}
	}
	mark(&t, "!#$%&'*+-.^_`|~", tchar)
	mark(&t, "-._~!$&'()*+,;=", regname)
	return t
}

func mark(t *[256]class, set string, k class) {
	for i := 0; i < len(set); i++ {
		t[set[i]] |= k
	}
}

// is reports whether c is of one of the kinds in k.
func is(c byte, k class) bool { return octets[c]&k != 0 }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// IsToken reports whether s is a token: one or more tchars (RFC 9110 §5.6.2).
// Methods and field names are tokens.
func IsToken[T string | []byte](s T) bool {
	return len(s) > 0 && all(s, tchar)
}

// all reports whether every octet of s is of one of the kinds in k.
func all[T string | []byte](s T, k class) bool { return firstOther(s, k) == len(s) }

// firstOther returns the index of the first octet that is of none of the
// kinds in k, len(s) if there is none.
func firstOther[T string | []byte](s T, k class) int {
	for i := 0; i < len(s); i++ {
		if octets[s[i]]&k == 0 {
			return i
		}
	}
	return len(s)
}

// firstControl is firstOther(s, text), eight octets at a time: most of a head
// is field values.
func firstControl(s []byte) int {
	const (
		ones = 0x0101010101010101
		high = 0x80 * ones
	)
	i := 0
	for ; i+8 <= len(s); i += 8 {
		w := s[i : i+8 : i+8]
		x := uint64(w[0]) | uint64(w[1])<<8 | uint64(w[2])<<16 | uint64(w[3])<<24 |
			uint64(w[4])<<32 | uint64(w[5])<<40 | uint64(w[6])<<48 | uint64(w[7])<<56
		del := x ^ 0x7f*ones
		// An octet below 20, or one that is 7F, leaves a high bit.
		if ((x-0x20*ones)&^x|(del-ones)&^del)&high != 0 {
			if k := firstOther(w, text); k < 8 {
				return i + k
			}
		}
	}
	return i + firstOther(s[i:], text)
}

// same reports whether b is lower, a name in lower case, in any case.
func same(b []byte, lowerName string) bool {
	if len(b) != len(lowerName) {
		return false
	}
	for i := 0; i < len(b); i++ {
		if lower(b[i]) != lowerName[i] {
			return false
		}
	}
	return true
}

// span is a part of the bytes of a message, by offsets from the first byte
// that is not consumed.
type span struct{ from, to int32 }

func (s span) of(b []byte) []byte { return b[s.from:s.to] }
func (s span) in(b string) string { return b[s.from:s.to] }
func (s span) at() int            { return int(s.from) }
func spanOf(from, to int) span    { return span{int32(from), int32(to)} }
func (s span) shift(by int) span  { return span{s.from + int32(by), s.to + int32(by)} }

// flaw is a fault found in bytes: at is the first offending octet, shown the
// word, value or line that holds it. The zero flaw is none.
type flaw struct {
	fault Fault
	at    int
	shown span
}

func (f flaw) found() bool { return f.fault != 0 }

func (f flaw) shift(by int) flaw { return flaw{f.fault, f.at + by, f.shown.shift(by)} }
