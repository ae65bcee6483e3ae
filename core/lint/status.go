package lint

import (
	"strings"

	"vitrine/core/status"
	"vitrine/core/trace"
)

// byDesign looks at the version of the response, the redirect to a directory and
// a type that no table knows: what our server does by design.
func (x *exchange) byDesign() {
	s := &x.r.Response
	if s.Proto.Text == "HTTP/1.0" && x.is11() {
		x.sentBytes(g20, int64(s.Proto.Off), int64(s.Proto.Len))
	}
	if x.status == 301 && x.step(trace.PathRedirect) != nil {
		x.line(g10, x.res.first[location], x.res.value(location))
	}
	if s := x.step(trace.TypeDefault); s != nil && x.status == 200 {
		x.line(h6, x.res.first[contentType], arg(s, 0))
		x.arg(arg(s, 1))
	}
	x.typeOf(&x.req)
}

// dates looks at the dates of the response.
func (x *exchange) dates() {
	if x.res.first[date] == nil && x.status >= 200 && x.status < 500 {
		x.note(g1)
	}
	for _, n := range [...]name{date, lastModified} {
		f := x.res.first[n]
		if f == nil {
			continue
		}
		if _, ok := x.date(n); !ok {
			x.line(g2, f, names[n].name)
			x.arg(f.Value.Text)
		}
	}
}

// statusLine looks at the status-line.
func (x *exchange) statusLine() {
	s := &x.r.Response
	if !status.Known(x.status) && x.status >= 200 {
		x.code(g16)
		x.number(int64(x.status / 100 * 100))
	} else if s.Reason.Text != "" && s.Reason.Text != status.Phrase(x.status) {
		// A server may use words of its own, but not those of another status.
		for code := 200; code < 600; code++ {
			if status.Phrase(code) == s.Reason.Text {
				x.code(g17)
				x.arg(s.Reason.Text)
			}
		}
	}
}

// companions are the fields that a status must come with, and without which it
// is a note.
var companions = [...]struct {
	status int
	field  name
	note   id
}{{401, wwwAuthenticate, g5}, {405, allow, g3}, {429, retryAfter, g15}, {503, retryAfter, g15}}

// statusFields looks for the fields that a status comes with.
func (x *exchange) statusFields() {
	for i := range companions {
		if c := &companions[i]; c.status == x.status && x.res.first[c.field] == nil {
			x.code(c.note)
		}
	}
	if x.method == "TRACE" && x.status == 200 {
		x.part(l7, &x.r.Request.Method, "")
	}
	missing := unknown // what the request should have
	switch x.status {
	case 201:
		if x.method == "POST" && x.res.first[location] == nil {
			x.code(g14)
		}
	case 405:
		if x.res.lists(allow, x.method) {
			x.line(g4, x.res.first[allow], x.method)
		}
	case 412:
		if missing = ifMatch; x.req.first[ifUnmodifiedSince] != nil || x.req.first[ifNoneMatch] != nil || x.req.first[ifModifiedSince] != nil {
			missing = unknown
		}
	case 416:
		missing = rangeField
		if !strings.HasPrefix(x.res.value(contentRange), "bytes */") {
			x.code(g12)
		}
	case 417:
		missing = expect
	}
	if missing != unknown && x.raw && x.req.first[missing] == nil {
		x.code(g13)
		x.arg(names[missing].name)
	}
}

// location looks at 3xx and at Location.
func (x *exchange) location() {
	f := x.res.first[location]
	redirects := x.status >= 301 && x.status <= 308 && x.status != 304 && x.status != 305 && x.status != 306
	switch {
	case f == nil:
		if redirects {
			x.code(g6)
		}
		return
	case x.status != 201 && x.status/100 != 3:
		x.line(g9, f, x.r.Response.Code.Text)
	case redirects && !isAbsolute(f.Value.Text) && x.step(trace.PathRedirect) == nil:
		x.line(g7, f, f.Value.Text)
	}
	if x.method == "POST" && (x.status == 301 || x.status == 302) {
		x.code(g8)
	}
}
