package lint

import (
	"strconv"
	"strings"
	"time"

	"vitrine/core/http1"
	"vitrine/core/httpdate"
	"vitrine/core/status"
	"vitrine/core/trace"
)

// dates looks at the dates of the response.
func (x *exchange) dates() {
	if len(x.s) == 0 {
		return
	}
	if status := x.r.Status; find(x.s, "Date") == nil && status >= 200 && status < 500 {
		x.note("G1", nil)
	}
	for _, name := range [...]string{"Date", "Last-Modified"} {
		f := find(x.s, name)
		if f == nil {
			continue
		}
		if t, ok := x.date(f.Value.Text); !ok || httpdate.Format(t) != f.Value.Text {
			x.note("G2", []string{name, f.Value.Text}, out(f.Value))
		}
	}
}

// date reads an HTTP-date.
func (x *exchange) date(v string) (time.Time, bool) {
	if v == "" || len(v) > maxArg {
		return time.Time{}, false
	}
	return httpdate.Parse(v, x.r.Start)
}

// statusLine looks at the status-line.
func (x *exchange) statusLine() {
	s := &x.r.Response
	if s.Code.Text == "" {
		return
	}
	if !status.Known(x.r.Status) && x.r.Status >= 200 {
		x.note("G16", []string{s.Code.Text, strconv.Itoa(x.r.Status / 100 * 100)}, out(s.Code))
	} else if other := codeOf(s.Reason.Text); other != 0 && other != x.r.Status {
		x.note("G17", []string{s.Code.Text, s.Reason.Text}, out(s.Reason))
	}
	if s.Proto.Text == "HTTP/1.0" && x.atLeast11() {
		x.note("G20", nil, out(s.Proto))
	}
}

// codeOf is the status code that a reason phrase is registered for, 0 if it is
// for none: a server may use words of its own.
func codeOf(phrase string) int {
	for code := 200; code < 600 && phrase != ""; code++ {
		if status.Phrase(code) == phrase {
			return code
		}
	}
	return 0
}

// statusFields looks for the fields that a status comes with.
func (x *exchange) statusFields() {
	s := &x.r.Response
	code := out(s.Code)
	has := func(name string) bool { return find(x.s, name) != nil }
	if len(x.s) == 0 {
		return
	}
	switch x.r.Status {
	case 201:
		if !has("Location") && x.r.Request.Method.Text == "POST" {
			x.note("G14", nil, code)
		}
	case 401:
		if !has("WWW-Authenticate") {
			x.note("G5", nil, code)
		}
	case 405:
		if !has("Allow") {
			x.note("G3", nil, code)
		} else if hasToken(x.s, "Allow", x.r.Request.Method.Text) {
			x.note("G4", []string{x.r.Request.Method.Text}, line(trace.Out, find(x.s, "Allow")))
		}
	case 412:
		if x.raw && !hasPrecondition(x.q) {
			x.note("G13", []string{"412", "If-Match, If-None-Match, If-Unmodified-Since"}, code)
		}
	case 416:
		if x.raw && find(x.q, "Range") == nil {
			x.note("G13", []string{"416", "Range"}, code)
		}
		if !strings.HasPrefix(value(x.s, "Content-Range"), "bytes */") {
			x.note("G12", nil, code)
		}
	case 417:
		if x.raw && find(x.q, "Expect") == nil {
			x.note("G13", []string{"417", "Expect"}, code)
		}
	case 429, 503:
		if !has("Retry-After") {
			x.note("G15", []string{s.Code.Text}, code)
		}
	}
}

func hasPrecondition(fields trace.Fields) bool {
	for i := range fields {
		if name := fields[i].Name.Text; len(name) > 3 && http1.EqualFold(name[:3], "If-") {
			return true
		}
	}
	return false
}

// redirect looks at 3xx and at Location.
func (x *exchange) redirect() {
	f, status, method := find(x.s, "Location"), x.r.Status, x.r.Request.Method.Text
	code := out(x.r.Response.Code)
	redirects := status == 301 || status == 302 || status == 303 || status == 307 || status == 308
	slash := x.has(trace.PathRedirect) != nil && status == 301
	switch {
	case f == nil:
		if redirects && len(x.s) > 0 {
			x.note("G6", []string{x.r.Response.Code.Text}, code)
		}
		return
	case status != 201 && status/100 != 3:
		x.note("G9", []string{x.r.Response.Code.Text}, line(trace.Out, f))
	case slash:
		x.note("G10", []string{f.Value.Text}, line(trace.Out, f))
	case redirects && !isAbsolute(f.Value.Text):
		x.note("G7", []string{f.Value.Text}, line(trace.Out, f))
	}
	if (status == 301 || status == 302) && method == "POST" {
		x.note("G8", []string{x.r.Response.Code.Text}, code)
	}
}

// isAbsolute reports whether a URI reference has a scheme.
func isAbsolute(v string) bool {
	scheme, _, ok := strings.Cut(v, ":")
	return ok && http1.IsToken(scheme)
}
