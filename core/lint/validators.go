package lint

import (
	"strings"
	"time"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// validators looks at Last-Modified and ETag of the response, and at entity
// tags in the request.
func (x *exchange) validators() {
	modified, tag := find(x.s, "Last-Modified"), find(x.s, "ETag")
	status, method := x.r.Status, x.r.Request.Method.Text
	if modified != nil && (status == 200 || status == 206) {
		t, ok := x.date(modified.Value.Text)
		now, dated := x.date(value(x.s, "Date"))
		switch age := now.Sub(t); {
		case !ok || !dated:
		case age < 0:
			x.note("I2", []string{modified.Value.Text}, line(trace.Out, modified))
		case age <= time.Second && !isStrong(value(x.s, "ETag")):
			x.note("I1", nil, line(trace.Out, modified))
		}
	}
	if tag != nil {
		if !isTag(tag.Value.Text) {
			x.note("I4", []string{"ETag", tag.Value.Text}, out(tag.Value))
		} else if strings.HasPrefix(tag.Value.Text, "W/") && status == 200 && find(x.q, "Range") != nil && method == "GET" {
			x.note("I5", []string{tag.Value.Text}, line(trace.Out, tag))
		}
	}
	if modified == nil && tag == nil && status == 200 && (method == "GET" || method == "HEAD") && len(x.s) > 0 && !x.made() && !hasToken(x.s, "Cache-Control", "no-store") {
		x.note("I3", nil)
	}
	for _, name := range [...]string{"If-None-Match", "If-Match"} {
		if f := find(x.q, name); f != nil && !areTags(f.Value.Text) {
			x.note("I4", []string{name, f.Value.Text}, in(f.Value))
		}
	}
}

// made reports whether the server made the content of the response, so that it
// cannot know whether the next one is the same.
func (x *exchange) made() bool {
	return x.has(trace.PathListing) != nil || x.has(trace.LiveAdded) != nil
}

// isTag reports whether v is an entity tag (RFC 9110 §8.8.3).
func isTag(v string) bool {
	v = strings.TrimPrefix(v, "W/")
	if len(v) < 2 || v[0] != '"' || v[len(v)-1] != '"' {
		return false
	}
	for i := 1; i < len(v)-1; i++ {
		if c := v[i]; c <= ' ' || c == '"' || c == 0x7f {
			return false
		}
	}
	return true
}

func isStrong(v string) bool { return v != "" && v[0] == '"' }

// areTags reports whether v is "*" or a list of entity tags. A tag can hold a
// comma.
func areTags(v string) bool {
	v = http1.TrimOWS(v)
	if v == "*" {
		return true
	}
	for more := true; more; {
		tag := strings.TrimPrefix(v, "W/")
		if tag == "" || tag[0] != '"' {
			return false
		}
		end := strings.IndexByte(tag[1:], '"')
		if end < 0 || !isTag(tag[:end+2]) {
			return false
		}
		v = http1.TrimOWS(tag[end+2:])
		if more = v != ""; more {
			if v[0] != ',' {
				return false
			}
			v = http1.TrimOWS(v[1:])
		}
	}
	return true
}

// listsTag reports whether a list of entity tags has tag, by weak comparison.
func listsTag(list, tag string) bool {
	tag = strings.TrimPrefix(tag, "W/")
	return http1.TrimOWS(list) == "*" || isTag(tag) && strings.Contains(list, tag)
}

// notModified looks at 304.
func (x *exchange) notModified() {
	if x.r.Status != 304 {
		return
	}
	code := out(x.r.Response.Code)
	if f := find(x.q, "If-None-Match"); f != nil {
		x.note("I6", []string{f.Value.Text}, line(trace.In, f))
		if find(x.s, "ETag") == nil && http1.TrimOWS(f.Value.Text) != "*" {
			x.note("I11", nil, code)
		}
	} else if f := find(x.q, "If-Modified-Since"); f != nil {
		x.note("I7", []string{f.Value.Text}, line(trace.In, f))
	}
	for _, name := range [...]string{"Content-Type", "Content-Encoding", "Content-Language"} {
		if f := find(x.s, name); f != nil {
			x.note("I12", []string{name}, line(trace.Out, f))
		}
	}
}

// outcome is the verdict on a precondition and its reason, as the server told.
func (x *exchange) outcome(code trace.Code) (verdict, reason string) {
	if s := x.has(code); s != nil && len(s.Args) > 2 {
		return s.Args[1], s.Args[2]
	}
	return "", ""
}

// preconditions looks at what became of the fields that could decide.
func (x *exchange) preconditions() {
	method := x.r.Request.Method.Text
	none, since := find(x.q, "If-None-Match"), find(x.q, "If-Modified-Since")
	verdict, reason := x.outcome(trace.CondIfModifiedSince)
	switch {
	case since == nil:
	case reason == "if-none-match":
		x.note("I8", nil, line(trace.In, since), line(trace.In, none2(none, since)))
	case verdict == "ignored" && (reason == "no-date" || reason == "many-dates"), reason == "method":
		x.note("I9", []string{reason}, line(trace.In, since))
	}
	if x.r.Status == 200 && (method == "GET" || method == "HEAD") {
		switch modified := value(x.s, "Last-Modified"); {
		case none != nil:
			if listsTag(none.Value.Text, value(x.s, "ETag")) && value(x.s, "ETag") != "" {
				x.note("I10", []string{"If-None-Match"}, line(trace.In, none))
			}
		case since != nil && verdict == "":
			t, ok := x.date(since.Value.Text)
			if m, known := x.date(modified); ok && known && !m.After(t) {
				x.note("I10", []string{"If-Modified-Since"}, line(trace.In, since))
			}
		}
	}
	if x.r.Status == 412 {
		for _, name := range [...]string{"If-Match", "If-Unmodified-Since", "If-None-Match"} {
			if f := find(x.q, name); f != nil {
				x.note("I13", []string{name}, line(trace.In, f))
				break
			}
		}
	}
	if f := find(x.q, "If-Range"); f != nil {
		switch {
		case find(x.q, "Range") == nil:
			x.note("I15", []string{"alone"}, line(trace.In, f))
		case strings.HasPrefix(f.Value.Text, "W/"):
			x.note("I15", []string{"weak"}, line(trace.In, f))
		}
	}
}

// none2 is f, or instead if there is none.
func none2(f, instead *trace.Field) *trace.Field {
	if f == nil {
		return instead
	}
	return f
}
