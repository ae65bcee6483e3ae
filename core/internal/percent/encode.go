package percent

import "unicode/utf8"

// AppendName appends a name as a listing links to it (I-7): percent-encoded but
// for letters, digits and "_.-~/". A byte that is not part of a UTF-8
// character becomes the encoded surrogate that [Name] reads as that byte
// (I-8, P-10). No link can be a scheme, a query or another host.
func AppendName(b []byte, name string) []byte {
	for i := 0; i < len(name); {
		c := name[i]
		if c < utf8.RuneSelf {
			if isUnreserved(c) {
				b = append(b, c)
			} else {
				b = AppendByte(b, c)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(name[i:])
		if r == utf8.RuneError && n == 1 {
			b = AppendByte(b, 0xed)
			b = AppendByte(b, 0xb0|c>>6)
			b = AppendByte(b, 0x80|c&0x3f)
			i++
			continue
		}
		for ; n > 0; n-- {
			b = AppendByte(b, name[i])
			i++
		}
	}
	return b
}

func isUnreserved(c byte) bool {
	switch {
	case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9':
		return true
	}
	return c == '_' || c == '.' || c == '-' || c == '~' || c == '/'
}

// AppendByte appends c percent-encoded.
func AppendByte(b []byte, c byte) []byte {
	const digits = "0123456789ABCDEF"
	return append(b, '%', digits[c>>4], digits[c&15])
}
