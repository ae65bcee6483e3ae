package lint

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// path looks at segments of the target that try to lead elsewhere.
func (x *exchange) path() {
	t := x.r.Request.Target
	text, _, _ := strings.Cut(t.Text[:min(len(t.Text), maxScan)], "?")
	at := 0
	for segment := range strings.SplitSeq(text, "/") {
		here := Range{trace.In, int64(t.Off) + int64(at), int64(len(segment))}
		if segment == ".." {
			x.note("L1", nil, here)
		} else if what := hidden(segment); what != "" {
			x.note("L2", []string{what}, here)
		}
		at += len(segment) + 1
	}
}

// hidden is what an encoded segment holds that a check of the plain text would
// miss, "" if nothing.
func hidden(segment string) string {
	if strings.IndexByte(segment, '%') < 0 && strings.IndexByte(segment, '\\') < 0 {
		return ""
	}
	lower := strings.ToLower(segment)
	if dots := strings.ReplaceAll(lower, "%2e", "."); dots == "." || dots == ".." {
		return segment
	}
	for _, s := range [...]string{"%2f", "%5c", "%00", `\`} {
		if strings.Contains(lower, s) {
			return s
		}
	}
	return ""
}

// exposure looks at what the response gives away.
func (x *exchange) exposure() {
	q := &x.r.Request
	if s := x.has(trace.PathListing); s != nil && len(s.Args) > 0 && x.r.Status == 200 {
		x.note("L4", []string{s.Args[0]})
	}
	if name := x.servedName(); x.r.Status == 200 && isHidden(name) {
		x.note("L3", []string{name}, in(q.Target))
	}
	if q.Method.Text == "TRACE" && x.r.Status == 200 {
		x.note("L7", nil, in(q.Method))
	}
	referer, host := find(x.q, "Referer"), value(x.q, "Host")
	if referer == nil {
		return
	}
	if _, authority, ok := cutOrigin(referer.Value.Text); ok && host != "" && !http1.EqualFold(authority, host) {
		if i := strings.IndexByte(referer.Value.Text, '?'); i >= 0 {
			x.note("L6", []string{authority}, in(referer.Value))
		}
	}
}

// servedName is the name of the file that was served, as the server told.
func (x *exchange) servedName() string {
	for _, code := range [...]trace.Code{trace.TypeByName, trace.TypeDefault} {
		if s := x.has(code); s != nil && len(s.Args) > 0 {
			return s.Args[0]
		}
	}
	return ""
}

// isHidden reports whether a part of name begins with a dot. What is below
// .well-known is meant to be found (RFC 8615).
func isHidden(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part == ".well-known" {
			return false
		}
		if len(part) > 1 && part[0] == '.' && part[1] != '.' {
			return true
		}
	}
	return false
}
