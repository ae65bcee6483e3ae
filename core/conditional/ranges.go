package conditional

import (
	"math"
	"strconv"
	"strings"

	"vitrine/core/http1"
)

// MaxRanges is how many ranges of one request are honoured (CVE-2011-3192).
// With more, and when they add up to more than the file, Range is ignored, as
// RFC 9110 §14.2 allows.
const MaxRanges = 16

// ByteRange is N bytes from Off on; N is at least 1.
type ByteRange struct{ Off, N int64 }

// ContentRange is the value of a Content-Range field for r in a content of
// size bytes (RFC 9110 §14.4).
func (r ByteRange) ContentRange(size int64) string {
	return string(r.appendContentRange(make([]byte, 0, 40), size))
}

func (r ByteRange) appendContentRange(b []byte, size int64) []byte {
	b = append(b, "bytes "...)
	b = strconv.AppendInt(b, r.Off, 10)
	b = append(b, '-')
	b = strconv.AppendInt(b, r.Off+r.N-1, 10)
	b = append(b, '/')
	return strconv.AppendInt(b, size, 10)
}

// RangeVerdict says what becomes of a Range field.
type RangeVerdict uint8

const (
	// RangeUnknownUnit: the unit is not bytes; ignored (RFC 9110 §14.2).
	RangeUnknownUnit RangeVerdict = iota
	// RangeInvalid: not the grammar of RFC 9110 §14.1.1; ignored.
	RangeInvalid
	// RangeTooMany: more ranges, or more bytes, than are sent in parts;
	// ignored.
	RangeTooMany
	// RangeEmpty: the content has no bytes and its end was asked for;
	// ignored, for Content-Range cannot say it.
	RangeEmpty
	// RangeUnsatisfiable: no range lies in the content; 416.
	RangeUnsatisfiable
	// RangeSatisfiable: at least one does; 206.
	RangeSatisfiable
)

// ParseRange reads the value of a Range field for a content of size bytes
// (RFC 9110 §14.1.2). ranges holds what is to be sent, in the order asked for
// and cut to the content; it is nil unless the verdict is [RangeSatisfiable].
func ParseRange(value string, size int64) (ranges []ByteRange, verdict RangeVerdict) {
	unit, set, ok := strings.Cut(value, "=")
	if !ok || unit == "" {
		return nil, RangeInvalid
	}
	if !http1.EqualFold(unit, "bytes") {
		return nil, RangeUnknownUnit
	}
	var found [MaxRanges]ByteRange
	n, specs, empty := 0, 0, false
	left := size
	verdict = RangeUnsatisfiable
	for spec := range strings.SplitSeq(set, ",") {
		spec = http1.TrimOWS(spec)
		if spec == "" { // a list may have empty members (RFC 9110 §5.6.1.2)
			continue
		}
		specs++
		r, what := parseRangeSpec(spec, size)
		switch {
		case what == RangeInvalid:
			return nil, RangeInvalid
		case what == RangeEmpty:
			empty = true
		case what == RangeUnsatisfiable:
		case n == MaxRanges || r.N > left:
			// Go on: what follows may make the whole field invalid.
			verdict = RangeTooMany
		default:
			found[n] = r
			n++
			left -= r.N
		}
	}
	switch {
	case specs == 0:
		return nil, RangeInvalid
	case verdict == RangeTooMany || specs > MaxRanges:
		return nil, RangeTooMany
	case empty:
		return nil, RangeEmpty
	case n == 0:
		return nil, RangeUnsatisfiable
	}
	return append([]ByteRange(nil), found[:n]...), RangeSatisfiable
}

// parseRangeSpec reads "first-last", "first-" or "-length".
func parseRangeSpec(spec string, size int64) (ByteRange, RangeVerdict) {
	a, b, ok := strings.Cut(spec, "-")
	if !ok {
		return ByteRange{}, RangeInvalid
	}
	if a == "" {
		length, ok := position(b)
		switch {
		case !ok:
			return ByteRange{}, RangeInvalid
		case length == 0:
			return ByteRange{}, RangeUnsatisfiable
		case size == 0:
			return ByteRange{}, RangeEmpty
		}
		length = min(length, size)
		return ByteRange{size - length, length}, RangeSatisfiable
	}
	first, ok := position(a)
	if !ok {
		return ByteRange{}, RangeInvalid
	}
	last := int64(math.MaxInt64)
	if b != "" {
		if last, ok = position(b); !ok || last < first {
			return ByteRange{}, RangeInvalid
		}
	}
	if first >= size {
		return ByteRange{}, RangeUnsatisfiable
	}
	return ByteRange{first, min(last, size-1) - first + 1}, RangeSatisfiable
}

// position reads digits. A number past what a file can have is held there, so
// that no arithmetic overflows (CVE-2017-7529).
func position(s string) (n int64, ok bool) {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		d := int64(s[i] - '0')
		if n > (math.MaxInt64-d)/10 {
			n = math.MaxInt64
			continue
		}
		n = n*10 + d
	}
	return n, s != ""
}
