package lint

import (
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// withoutEffect are fields of a response that a browser does not act on when it
// comes from a service worker.
var withoutEffect = [...]struct {
	field name
	note  id
}{{connection, m3}, {keepAlive, m3}, {transferEncoding, m3}, {setCookie, m4}, {contentEncoding, m5}}

// browser looks at a fetch that a service worker responds to: what the browser
// does not tell, and what it makes of the response.
func (x *exchange) browser() {
	if x.r.Source != trace.Rebuilt {
		return
	}
	if x.r.Browser.Mode == "navigate" {
		x.part(m1, &x.r.Request.Method, "")
		x.note(m2)
		x.note(m9)
	}
	for i := range withoutEffect {
		w := &withoutEffect[i]
		// Each error of http.server says close: that is no news.
		if f := x.res.first[w.field]; f != nil && !http1.EqualFold(f.Value.Text, "close") {
			x.line(w.note, f, names[w.field].name)
		}
	}
	switch x.status {
	case 304:
		x.code(m6)
	case 401:
		x.code(m8)
	}
	if s := x.step(trace.FetchStatus); s != nil {
		x.note(m7)
		x.arg(arg(s, 0))
	} else if x.step(trace.Interim) != nil {
		x.note(m7)
		x.arg("1xx")
	}
}
