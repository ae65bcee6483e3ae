package lint

import "vitrine/core/httpdate"

// These are written out, because strconv quotes what it cannot read: 14 kB of
// the page's program.

// length reads a number in digits that fits 63 bits; of anything else it is -1.
func length(v string) int64 {
	n := int64(0)
	for i := 0; i < len(v); i++ {
		d := int64(v[i]) - '0'
		if d < 0 || d > 9 || n > (1<<63-1-d)/10 {
			return -1
		}
		n = 10*n + d
	}
	if v == "" {
		return -1
	}
	return n
}

// itoa is n in digits; n is not negative.
func itoa(n int64) string {
	var b [20]byte
	at := len(b) - 1
	for ; n > 9; n /= 10 {
		b[at] = byte('0' + n%10)
		at--
	}
	b[at] = byte('0' + n)
	return string(b[at:])
}

// unixOf reads a date in the current form, in seconds since 1970.
func unixOf(v string) (unix int64, ok bool) {
	t, ok := httpdate.ParseFixdate(v)
	if !ok {
		return 0, false
	}
	return t.Unix(), true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
