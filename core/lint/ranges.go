package lint

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

const (
	manyRanges = 4   // so many are no trap yet
	maxRanges  = 256 // so many are read
)

// ranges looks at Range and what became of it (RFC 9110 §14).
func (x *exchange) ranges() {
	f := x.req.first[rangeField]
	if f == nil {
		return
	}
	first, last, count := rangesOf(f.Value.Text)
	s := x.step(trace.CondRange)
	why := arg(s, 2)
	switch {
	case x.method != "GET":
		x.line(j8, f, x.method)
	case x.status == 416:
		x.line(j4, f, strings.TrimPrefix(x.res.value(contentRange), "bytes */"))
	case x.status == 206 && count == 1:
		x.partial(f, first, last)
	case why == "too-many", x.status == 206 && count > manyRanges:
		x.line(j5, f, itoa(count))
	case x.status != 200:
	case count == 0 || why == "unit" || why == "syntax":
		x.line(j3, f, f.Value.Text)
	case arg(s, 1) != "skipped": // by If-Range
		x.line(j2, f, "")
	}
}

// rangesOf reads Range: the first of its members, "0-9", "-5" or "10-", and how
// many there are; 0 if it is not about bytes or malformed. A number that is not
// there is -1.
func rangesOf(v string) (first, last, count int64) {
	if unit := item(&v, '='); !http1.EqualFold(unit, "bytes") {
		return 0, 0, 0
	}
	for v != "" && count < maxRanges {
		end := item(&v, ',')
		if end == "" {
			continue
		}
		dash := strings.IndexByte(end, '-')
		start := item(&end, '-')
		from, to := length(start), length(end)
		if dash < 0 || start != "" && from < 0 || end != "" && to < 0 || from < 0 && to < 0 || to >= 0 && from > to {
			return 0, 0, 0
		}
		if count == 0 {
			first, last = from, to
		}
		count++
	}
	return first, last, count
}

// partial looks at a 206 with the one part that was asked for.
func (x *exchange) partial(f *trace.Field, want, wantLast int64) {
	first, last, size := contentRangeOf(x.res.value(contentRange))
	if size < 0 {
		return
	}
	clipped := want >= 0 && wantLast >= size
	n := last - first + 1
	fits := x.sent == n
	switch {
	case want < 0:
		fits = fits && last == size-1 && (n == wantLast || first == 0)
	case wantLast < 0 || clipped:
		fits = fits && first == want && last == size-1
	default:
		fits = fits && first == want && last == wantLast
	}
	if fits {
		x.line(j1, f, itoa(n))
		x.number(size)
	}
	if want < 0 || clipped {
		how := "suffix"
		if clipped {
			how = "clipped"
		}
		x.line(j6, f, how)
		x.number(first)
		x.number(last)
	}
}

// contentRangeOf reads "bytes first-last/size" (RFC 9110 §14.4). size is -1 if
// it is malformed.
func contentRangeOf(v string) (first, last, size int64) {
	v, ok := strings.CutPrefix(v, "bytes ")
	span := item(&v, '/')
	start := item(&span, '-')
	first, last, size = length(start), length(span), length(v)
	if !ok || first < 0 || first > last || last >= size {
		size = -1
	}
	return first, last, size
}

// contentRange looks at Content-Range, and at 206 without it.
func (x *exchange) contentRange() {
	f := x.res.first[contentRange]
	multipart := strings.HasPrefix(x.res.value(contentType), "multipart/byteranges")
	if x.status == 206 {
		why := ""
		if x.req.first[rangeField] == nil {
			why = "unasked"
		} else if f == nil && !multipart {
			why = "bare"
		}
		if why != "" {
			x.note(g11)
			x.arg(why)
		}
	}
	if f == nil {
		return
	}
	v := f.Value.Text
	_, _, size := contentRangeOf(v)
	switch {
	case x.status == 206 && multipart:
		x.line(j7, f, "")
	case x.status == 206:
		if size < 0 && !strings.HasSuffix(v, "/*") {
			x.line(j10, f, v)
		}
	case x.status != 416:
		x.line(j11, f, x.r.Response.Code.Text)
	case length(strings.TrimPrefix(v, "bytes */")) < 0:
		x.line(j10, f, v)
	}
}
