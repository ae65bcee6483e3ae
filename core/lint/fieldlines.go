package lint

import (
	"strconv"
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// fieldFaults are the faults for which a request is refused.
func (x *exchange) fieldFaults() {
	switch {
	case x.faulty("no-colon"):
		x.note("B1", nil, x.at())
	case x.faulty("space-before-colon"):
		x.note("B2", nil, x.at())
	case x.faulty("bad-field-name"):
		x.note("B3", nil, x.at())
	case x.faulty("nul", "nul-in-start-line", "bad-field-value"):
		x.note("B5", nil, x.at())
	case x.faulty("field-line-too-long", "too-many-fields", "head-too-long", "trailers-too-long"):
		limit := ""
		if len(x.fault.Args) > 0 {
			limit = x.fault.Args[0]
		}
		x.note("B12", []string{string(x.fault.Code[len(trace.FaultPrefix):]), limit}, x.at())
	}
}

// longField is where a field line is worth a note: the limit of many servers
// for a whole header section, in bytes.
const longField = 8 << 10

// fieldLines looks at each field line.
func (x *exchange) fieldLines() {
	for i := range x.q {
		f := &x.q[i]
		name, v := f.Name.Text, f.Value.Text
		if at := control(v); at >= 0 && !http1.CarriesCredentials(name) {
			x.note("B5", nil, Range{trace.In, int64(f.Value.Off) + int64(at), 1})
		}
		if len(v) > longField {
			x.note("B12", []string{"long", strconv.Itoa(longField)}, line(trace.In, f))
		}
		x.space(f)
		if oddCapitals(name) {
			x.note("B8", []string{name}, in(f.Name))
		}
		if like := lookAlike(name); like != "" {
			x.note("B18", []string{name, like}, in(f.Name))
		}
		if hasMember(responseOnly[:], name) {
			x.note("B13", []string{name}, in(f.Name))
		}
	}
	for i := range x.s {
		if f := &x.s[i]; hasMember(requestOnly[:], f.Name.Text) {
			x.note("B13", []string{f.Name.Text}, out(f.Name))
		}
	}
	x.old()
}

// control is where the first control character of a value is, -1 if it has none.
func control(v string) int {
	for i := 0; i < len(v) && i < maxScan; i++ {
		if c := v[i]; c < ' ' && c != '\t' || c == 0x7f {
			return i
		}
	}
	return -1
}

// space looks at the white space around a value.
func (x *exchange) space(f *trace.Field) {
	colon := int64(f.Name.Off) + int64(f.Name.Len)
	from, to := int64(f.Value.Off), int64(f.Value.Off)+int64(f.Value.Len)
	if before, ok := x.bytes(colon, from); ok && len(before) > 2 || ok && strings.HasSuffix(before, "\t") {
		x.note("B7", []string{f.Name.Text}, Range{trace.In, colon + 1, from - colon - 1})
		return
	}
	if behind, ok := x.bytes(to, to+1); ok && (behind == " " || behind == "\t") {
		x.note("B7", []string{f.Name.Text}, Range{trace.In, to, 1})
	}
}

// oddCapitals reports whether a word of name begins small and goes on with
// capitals. Names all small, all in capitals, or such as ETag are usual.
func oddCapitals(name string) bool {
	for word := range strings.SplitSeq(name, "-") {
		if word != "" && 'a' <= word[0] && word[0] <= 'z' && word != strings.ToLower(word) {
			return true
		}
	}
	return false
}

// lookAlike is the field of framing or routing that a name could be taken for.
func lookAlike(name string) string {
	if strings.IndexByte(name, '_') < 0 {
		return ""
	}
	plain := strings.ReplaceAll(name, "_", "-")
	for _, f := range [...]string{"Content-Length", "Transfer-Encoding"} {
		if http1.EqualFold(plain, f) {
			return f
		}
	}
	return ""
}

// Fields with a meaning in one direction only.
var (
	responseOnly = [...]string{"Server", "Set-Cookie", "Location", "ETag", "WWW-Authenticate", "Proxy-Authenticate", "Age", "Vary", "Accept-Ranges", "Retry-After"}
	requestOnly  = [...]string{"Host", "User-Agent", "Cookie", "Authorization", "Referer", "Expect", "TE", "From", "Max-Forwards", "Range",
		"If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range"}
)

func hasMember(list []string, name string) bool {
	for _, s := range list {
		if http1.EqualFold(s, name) {
			return true
		}
	}
	return false
}

// old looks for fields that are not used any more.
func (x *exchange) old() {
	for i := range x.q {
		switch f := &x.q[i]; {
		case hasMember([]string{"Warning", "Accept-Charset", "Content-MD5"}, f.Name.Text),
			http1.EqualFold(f.Name.Text, "Pragma") && count(x.q, "Cache-Control") == 0:
			x.note("B14", []string{f.Name.Text}, line(trace.In, f))
		}
	}
	for i := range x.s {
		if f := &x.s[i]; hasMember([]string{"Warning", "Pragma", "Content-MD5"}, f.Name.Text) {
			x.note("B14", []string{f.Name.Text}, line(trace.Out, f))
		}
	}
}
