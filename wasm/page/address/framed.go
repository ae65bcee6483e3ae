package address

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// KeptOut names the field of a response by which the browser does not show it
// in a frame of a page of another origin, tool: Content-Security-Policy with
// frame-ancestors, or X-Frame-Options where there is no such directive (CSP
// Level 3 §6.4.2.2, HTML "X-Frame-Options"). It is "" if none does. Sources
// other than the origin itself, "*" and a scheme are taken for other pages.
func KeptOut(r *trace.Record, tool string) (field string) {
	options := ""
	listed := false
	for i := range r.Response.Fields {
		f := &r.Response.Fields[i]
		switch {
		case http1.EqualFold(f.Name.Text, "X-Frame-Options"):
			options = f.Value.Text
		case http1.EqualFold(f.Name.Text, "Content-Security-Policy"):
			for directive := range strings.SplitSeq(strings.ReplaceAll(f.Value.Text, ",", ";"), ";") {
				words := strings.Fields(directive)
				if len(words) == 0 || !strings.EqualFold(words[0], "frame-ancestors") {
					continue
				}
				listed = true
				if !mayFrame(words[1:], tool) {
					return f.Name.Text
				}
			}
		}
	}
	options = strings.TrimSpace(options)
	if !listed && (strings.EqualFold(options, "DENY") || strings.EqualFold(options, "SAMEORIGIN")) {
		return "X-Frame-Options"
	}
	return ""
}

// mayFrame reports whether a list of sources has an origin.
func mayFrame(sources []string, origin string) bool {
	scheme, _, _ := strings.Cut(origin, "//")
	for _, s := range sources {
		if s == "*" || strings.EqualFold(s, scheme) || strings.EqualFold(strings.TrimSuffix(s, "/"), origin) {
			return true
		}
	}
	return false
}
