package http1

import "math"

// noLength says that neither Content-Length nor Transfer-Encoding is there.
const noLength = -3

// requestFraming is framing for a request. One whose last coding is not chunked
// has no end that can be told, whatever the coding is: that is 400 (RFC 9112
// §6.3 rule 4). Where chunked is the last, a coding before it that is not
// understood is 501 (§6.1).
func requestFraming(b []byte, fields []fieldLine, has special, v Version, anyOrder bool) (length int64, f flaw) {
	length, f = framing(b, fields, has, v)
	if f.fault != UnknownCoding || anyOrder {
		return length, f
	}
	var codings codings
	last := f
	for i := range fields {
		if l := &fields[i]; specialOf(l.name.of(b)) == hasCoding {
			codings.add(l.value.of(b)) // without a fault, or there would be another
			last = flaw{ChunkedNotLast, l.value.at(), l.value}
		}
	}
	if !codings.chunked {
		return 0, last
	}
	return length, f
}

// framing decides how the end of a message's content is found from its field
// section (RFC 9112 §6.3). It returns the length in bytes, Chunked or
// noLength. What two readers could understand differently is a fault, under
// every Rules; equal lengths said twice are too, which the RFC leaves open.
//
// Differs from http.server: it ignores Transfer-Encoding, takes the first of
// two lengths, and the content of a GET for the next request (K-8, X-2).
func framing(b []byte, fields []fieldLine, has special, v Version) (length int64, f flaw) {
	length = noLength
	if has&(hasLength|hasCoding) == 0 {
		return length, flaw{}
	}
	var codings codings
	for i := range fields {
		l := &fields[i]
		switch specialOf(l.name.of(b)) {
		case hasLength:
			if codings.lines > 0 {
				return 0, flaw{LengthWithCoding, l.name.at(), l.value}
			}
			if length != noLength {
				return 0, flaw{LengthConflict, l.name.at(), l.value}
			}
			n, bad := parseLength(l.value.of(b))
			if bad >= 0 {
				return 0, flaw{BadLength, l.value.at() + bad, l.value}
			}
			length = n
		case hasCoding:
			if length != noLength {
				return 0, flaw{LengthWithCoding, l.name.at(), l.value}
			}
			if !v.AtLeast(1, 1) {
				return 0, flaw{CodingInOldVersion, l.name.at(), l.value}
			}
			if fault := codings.add(l.value.of(b)); fault != 0 {
				return 0, flaw{fault, l.value.at(), l.value}
			}
			if codings.unknown && !f.found() {
				f = flaw{UnknownCoding, l.value.at(), l.value}
			}
		}
	}
	if f.found() {
		return 0, f
	}
	if codings.lines > 0 {
		return Chunked, flaw{}
	}
	return length, flaw{}
}

// parseLength reads
//
//	Content-Length = 1*DIGIT                                   (RFC 9110 §8.6)
//
// bad is the index of the first octet that is no digit or overflows, -1 if
// there is none.
func parseLength[T string | []byte](s T) (n int64, bad int) {
	if len(s) == 0 {
		return 0, 0
	}
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return 0, i
		}
		d := int64(s[i] - '0')
		if n > (math.MaxInt64-d)/10 {
			return 0, i
		}
		n = n*10 + d
	}
	return n, -1
}

// codings is the list that all Transfer-Encoding lines of a message form.
type codings struct {
	lines   int
	chunked bool
	unknown bool
}

// add takes in one line:
//
//	Transfer-Encoding = #( token *( OWS ";" OWS parameter ) )  (RFC 9112 §6.1)
//
// The only coding known is chunked, alone and without parameters. Empty
// members are refused: ",chunked" is a way to hide it.
func (cs *codings) add(list []byte) Fault {
	cs.lines++
	for more := true; more; {
		var name []byte
		more = hasComma(list)
		name, list = cutItem(list)
		for i, c := range name {
			if c == ';' {
				name = trimOWS(name[:i])
				if same(name, "chunked") {
					return BadCoding
				}
				break
			}
		}
		switch {
		case !IsToken(name):
			return BadCoding
		case cs.chunked:
			return ChunkedNotLast
		case same(name, "chunked"):
			cs.chunked = true
		default:
			cs.unknown = true
		}
	}
	return 0
}

func hasComma(s []byte) bool {
	for _, c := range s {
		if c == ',' {
			return true
		}
	}
	return false
}
