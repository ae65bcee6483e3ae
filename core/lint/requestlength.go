package lint

import (
	"strconv"
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// requestLength looks at Content-Length of a request that was refused for it.
func (x *exchange) requestLength() {
	switch {
	case x.faulty("bad-length"):
		f := x.fieldAt("Content-Length")
		switch same, list := lengthList(f.Value.Text); {
		case list && same:
			x.note("D2", []string{f.Value.Text}, line(trace.In, f))
		case list:
			x.note("D3", []string{f.Value.Text}, line(trace.In, f))
		default:
			x.note("D1", []string{f.Value.Text}, x.at())
		}
	case x.faulty("length-conflict"):
		id, first := "D2", ""
		for i := range x.q {
			if f := &x.q[i]; http1.EqualFold(f.Name.Text, "Content-Length") {
				if first == "" {
					first = f.Value.Text
				} else if f.Value.Text != first {
					id = "D3"
				}
			}
		}
		x.note(id, []string{first}, x.linesOf("Content-Length")...)
	case x.faulty("length-with-coding"):
		x.note("D4", nil, append(x.linesOf("Content-Length"), x.linesOf("Transfer-Encoding")...)...)
	}
}

// fieldAt is the field line of that name that the fault is in, or the first of
// that name; an empty one if there is none.
func (x *exchange) fieldAt(name string) *trace.Field {
	found := &trace.Field{}
	for i := range x.q {
		f := &x.q[i]
		if http1.EqualFold(f.Name.Text, name) && (found.Name.Len == 0 || int64(f.Name.Off) <= x.fault.Off) {
			found = f
		}
	}
	return found
}

// linesOf is where the field lines of a name are, maxSubjects of them at most.
func (x *exchange) linesOf(name string) (list []Range) {
	for i := range x.q {
		if f := &x.q[i]; http1.EqualFold(f.Name.Text, name) && len(list) < maxSubjects {
			list = append(list, line(trace.In, f))
		}
	}
	return list
}

// lengthList reports whether v is a list of lengths, and whether they are the
// same: what two field lines become when they are joined.
func lengthList(v string) (same, list bool) {
	first, _, list := strings.Cut(v, ",")
	if !list || length(http1.TrimOWS(first)) < 0 {
		return false, false
	}
	same = true
	for item := range strings.SplitSeq(v, ",") {
		item = http1.TrimOWS(item)
		if length(item) < 0 {
			return false, false
		}
		same = same && length(item) == length(first)
	}
	return same, true
}

// length reads Content-Length, -1 if it is malformed.
func length(v string) int64 {
	for i := range len(v) {
		if !isDigit(v[i]) {
			return -1
		}
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// transferCoding looks at Transfer-Encoding of a request that was refused for
// it.
func (x *exchange) transferCoding() {
	if x.fault == nil {
		return
	}
	f := x.fieldAt("Transfer-Encoding")
	switch {
	case x.faulty("unknown-coding"):
		x.note("D6", []string{f.Value.Text}, line(trace.In, f))
	case x.faulty("coding-in-old-version"):
		x.note("D7", nil, line(trace.In, f))
	case x.faulty("chunked-not-last"):
		chunked := 0
		for i := range x.q {
			if http1.EqualFold(x.q[i].Name.Text, "Transfer-Encoding") {
				for item := range strings.SplitSeq(x.q[i].Value.Text, ",") {
					if http1.EqualFold(http1.TrimOWS(item), "chunked") {
						chunked++
					}
				}
			}
		}
		if chunked > 1 {
			x.note("D8", nil, x.linesOf("Transfer-Encoding")...)
		} else {
			x.note("D5", []string{f.Value.Text}, x.linesOf("Transfer-Encoding")...)
		}
	}
}

// chunks looks at the framing of chunked content.
func (x *exchange) chunks() {
	switch {
	case x.faulty("bad-chunk-size", "chunk-line-too-long", "bad-extension", "extensions-too-long"):
		x.note("D9", nil, x.at())
	case x.faulty("bad-chunk-end"):
		x.note("D10", nil, x.at())
	}
	for i := range x.steps {
		s := &x.steps[i]
		if s.Kind != trace.In {
			continue
		}
		at := Range{trace.In, s.Off, s.Len}
		switch s.Code {
		case trace.ChunkSize:
			if i := strings.IndexByte(s.Bytes, ';'); i >= 0 {
				x.note("D11", nil, Range{trace.In, s.Off + int64(i), s.Len - int64(i)})
			}
		case trace.Trailers:
			if name := barredTrailer(s.Bytes); name != "" {
				x.note("D12", []string{name}, at)
			}
		}
	}
}

// barredTrailer is the name of a field that must not be in a trailer section,
// "" if there is none.
func barredTrailer(section string) string {
	for l := range strings.SplitSeq(section[:min(len(section), maxScan)], "\n") {
		if name, _, ok := strings.Cut(l, ":"); ok && http1.IsBarredTrailer(name) {
			return name
		}
	}
	return ""
}

// requestContent looks at whether content came, and came whole.
func (x *exchange) requestContent() {
	method := x.r.Request.Method.Text
	announced, coding := find(x.q, "Content-Length"), find(x.q, "Transfer-Encoding")
	if x.whole && x.faulty("truncated") {
		var got int64
		for i := range x.steps {
			if s := &x.steps[i]; s.Kind == trace.In && s.Code == trace.Content {
				got += s.Len
			}
		}
		switch {
		case coding != nil:
			x.note("D13", nil, Range{trace.In, x.end[0], 0})
		case announced != nil:
			x.note("D14", []string{strconv.FormatInt(got, 10), announced.Value.Text}, line(trace.In, announced))
		}
	}
	if !x.whole {
		return
	}
	switch some := coding != nil || announced != nil && length(announced.Value.Text) > 0; {
	case some && (method == "GET" || method == "HEAD" || method == "DELETE"):
		f := coding
		if f == nil {
			f = announced
		}
		x.note("D15", []string{method}, line(trace.In, f))
	case coding == nil && announced == nil && (method == "POST" || method == "PUT" || method == "PATCH"):
		x.note("D16", []string{method}, x.requestLineRange())
	}
}
