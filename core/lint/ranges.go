package lint

import (
	"strconv"
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// ranges looks at Range and what became of it (RFC 9110 §14).
func (x *exchange) ranges() {
	f, status, method := find(x.q, "Range"), x.r.Status, x.r.Request.Method.Text
	if f == nil {
		return
	}
	subject := line(trace.In, f)
	specs, ok := rangeSpecs(f.Value.Text)
	verdict, reason := x.outcome(trace.CondRange)
	switch {
	case method != "GET":
		x.note("J8", []string{method}, subject)
	case status == 416:
		size := strings.TrimPrefix(value(x.s, "Content-Range"), "bytes */")
		x.note("J4", []string{size}, subject)
	case status == 206:
		x.partial(specs, subject)
	case status != 200:
	case !ok || reason == "unit" || reason == "syntax":
		x.note("J3", []string{f.Value.Text}, subject)
	case reason == "too-many":
		x.note("J5", []string{strconv.Itoa(len(specs))}, subject)
	case verdict != "skipped": // by If-Range
		x.note("J2", nil, subject)
	}
	if status == 206 && len(specs) > manyRanges {
		x.note("J5", []string{strconv.Itoa(len(specs))}, subject)
	}
}

// manyRanges is how many ranges are no trap yet.
const manyRanges = 4

// rangeSpec is one member of Range: "0-9", "-5" or "10-". A number that is not
// there is -1.
type rangeSpec struct{ first, last int64 }

// maxRanges bounds how many members of Range are read.
const maxRanges = 256

// rangeSpecs reads Range. ok is false if it is not about bytes or malformed.
func rangeSpecs(v string) (specs []rangeSpec, ok bool) {
	unit, set, ok := strings.Cut(v, "=")
	if !ok || !http1.EqualFold(unit, "bytes") {
		return nil, false
	}
	for item := range strings.SplitSeq(set, ",") {
		item = http1.TrimOWS(item)
		if item == "" {
			continue
		}
		first, last, ok := strings.Cut(item, "-")
		s := rangeSpec{length(first), length(last)}
		if !ok || first != "" && s.first < 0 || last != "" && s.last < 0 || s.first < 0 && s.last < 0 || s.last >= 0 && s.first > s.last {
			return nil, false
		}
		if len(specs) < maxRanges {
			specs = append(specs, s)
		}
	}
	return specs, len(specs) > 0
}

// partial looks at 206.
func (x *exchange) partial(specs []rangeSpec, subject Range) {
	f := find(x.s, "Content-Range")
	if len(specs) != 1 || f == nil {
		return
	}
	first, last, size, ok := contentRange(f.Value.Text)
	want := specs[0]
	fits := ok && x.sent() == last-first+1 && last < size
	clip := false
	switch {
	case want.first < 0:
		fits = fits && last == size-1 && (last-first+1 == want.last || first == 0)
	case want.last < 0 || want.last >= size:
		clip = want.last >= size
		fits = fits && first == want.first && last == size-1
	default:
		fits = fits && first == want.first && last == want.last
	}
	if fits {
		x.note("J1", []string{strconv.FormatInt(last-first+1, 10), strconv.FormatInt(size, 10)}, subject, line(trace.Out, f))
	}
	if ok && want.first < 0 {
		x.note("J6", []string{"suffix", strconv.FormatInt(first, 10), strconv.FormatInt(last, 10)}, subject)
	} else if ok && clip {
		x.note("J6", []string{"clipped", strconv.FormatInt(first, 10), strconv.FormatInt(last, 10)}, subject)
	}
}

// contentRange reads "bytes first-last/size" (RFC 9110 §14.4).
func contentRange(v string) (first, last, size int64, ok bool) {
	rest, ok := strings.CutPrefix(v, "bytes ")
	span, total, found := strings.Cut(rest, "/")
	from, to, dash := strings.Cut(span, "-")
	first, last, size = length(from), length(to), length(total)
	return first, last, size, ok && found && dash && first >= 0 && first <= last && last < size
}

// contentRange looks at Content-Range, and at 206 without it.
func (x *exchange) contentRange() {
	f, status := find(x.s, "Content-Range"), x.r.Status
	typ := strings.ToLower(value(x.s, "Content-Type"))
	multipart := strings.HasPrefix(typ, "multipart/byteranges")
	code := out(x.r.Response.Code)
	switch {
	case status == 206 && find(x.q, "Range") == nil && x.r.Request.Method.Text != "":
		x.note("G11", []string{"unasked"}, code)
	case status == 206 && f == nil && !multipart:
		x.note("G11", []string{"bare"}, code)
	}
	if f == nil {
		return
	}
	_, _, _, ok := contentRange(f.Value.Text)
	switch {
	case status == 206 && multipart:
		x.note("J7", nil, line(trace.Out, f))
	case status != 206 && status != 416:
		x.note("J11", []string{x.r.Response.Code.Text}, line(trace.Out, f))
	case status == 206 && !ok && !strings.HasSuffix(f.Value.Text, "/*") || status == 416 && length(strings.TrimPrefix(f.Value.Text, "bytes */")) < 0:
		x.note("J10", []string{f.Value.Text}, out(f.Value))
	}
}
