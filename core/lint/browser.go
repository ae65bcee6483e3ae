package lint

import (
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// browser looks at a fetch that a service worker responds to: what the browser
// does not tell, and what it makes of the response.
func (x *exchange) browser() {
	if x.r.Source != trace.Rebuilt {
		return
	}
	if x.r.Browser.Mode == "navigate" {
		x.note("M1", nil, x.requestLineRange())
		x.note("M2", nil)
		x.note("M9", nil)
	}
	for _, name := range [...]string{"Connection", "Keep-Alive", "Transfer-Encoding"} {
		if f := find(x.s, name); f != nil && !http1.EqualFold(f.Value.Text, "close") {
			x.note("M3", []string{name}, line(trace.Out, f))
		}
	}
	if f := find(x.s, "Set-Cookie"); f != nil {
		x.note("M4", nil, line(trace.Out, f))
	}
	if f := find(x.s, "Content-Encoding"); f != nil {
		x.note("M5", []string{f.Value.Text}, line(trace.Out, f))
	}
	code := out(x.r.Response.Code)
	switch {
	case x.r.Status == 304:
		x.note("M6", nil, code)
	case x.r.Status == 401:
		x.note("M8", nil, code)
	}
	if s := x.has(trace.FetchStatus); s != nil && len(s.Args) > 0 {
		x.note("M7", []string{s.Args[0]}, code)
	} else if s := x.has(trace.Interim); s != nil {
		x.note("M7", []string{"1xx"}, Range{trace.Out, s.Off, s.Len})
	}
}
