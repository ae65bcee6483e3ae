package lint

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// path looks at segments of the target that try to lead elsewhere.
func (x *exchange) path() {
	t := &x.r.Request.Target
	text := t.Text[:min(len(t.Text), maxScan)]
	if i := strings.IndexByte(text, '?'); i >= 0 {
		text = text[:i]
	}
	for at := 0; at <= len(text); {
		end := strings.IndexByte(text[at:], '/')
		if end < 0 {
			end = len(text) - at
		}
		segment := text[at : at+end]
		what, n := hidden(segment), l2
		if segment == ".." {
			what, n = "..", l1
		}
		if what != "" {
			x.bytes(n, int64(t.Off)+int64(at), int64(end))
			x.arg(what)
		}
		at += end + 1
	}
}

// hidden is what an encoded segment holds that a check of the plain text would
// miss, "" if nothing.
func hidden(segment string) string {
	if strings.IndexByte(segment, '\\') >= 0 {
		return `\`
	}
	if strings.IndexByte(segment, '%') < 0 {
		return ""
	}
	lower := strings.ToLower(segment)
	if dots := strings.ReplaceAll(lower, "%2e", "."); dots == "." || dots == ".." {
		return segment
	}
	for i := 0; i+3 <= len(lower); i++ {
		if code := lower[i : i+3]; code == "%2f" || code == "%5c" || code == "%00" {
			return code
		}
	}
	return ""
}

// exposure looks at what the response gives away.
func (x *exchange) exposure() {
	q := &x.r.Request
	if x.status == 200 {
		if names := arg(x.step(trace.PathListing), 0); names != "" && names != "0" {
			x.note(l4)
			x.arg(names)
		}
		s := x.step(trace.TypeByName)
		if s == nil {
			s = x.step(trace.TypeDefault)
		}
		if name := arg(s, 0); isHidden(name) {
			x.part(l3, &q.Target, name)
		}
	}
	f, h := x.req.first[referer], x.req.value(host)
	if f == nil || h == "" {
		return
	}
	if authority, ok := originOf(f.Value.Text); ok && !http1.EqualFold(authority, h) && strings.IndexByte(f.Value.Text, '?') >= 0 {
		x.line(l6, f, authority)
	}
}

// isHidden reports whether a part of name begins with a dot. What is below
// .well-known is meant to be found (RFC 8615).
func isHidden(name string) bool {
	for name != "" {
		part := item(&name, '/')
		if part == ".well-known" {
			return false
		}
		if len(part) > 1 && part[0] == '.' && part[1] != '.' {
			return true
		}
	}
	return false
}
