package lint

import (
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// responseLength looks at how a client knows where the response ends
// (RFC 9112 §6.3).
func (x *exchange) responseLength() {
	announced, coding := x.res.first[contentLength], x.res.first[transferEncoding]
	over := false
	for i := range x.steps {
		s := &x.steps[i]
		if over && s.Kind == trace.Out && s.Len > 0 {
			x.sentBytes(d25, s.Off, s.Len)
		}
		over = over || s.Code == trace.MessageSent
	}
	head := x.method == "HEAD"
	switch {
	case x.status == 204 || x.status/100 == 1:
		f := announced
		if f == nil {
			f = coding
		}
		if f != nil {
			x.line(d21, f, f.Name.Text)
			x.number(int64(x.status))
		}
	case x.status == 205 && x.sent > 0:
		x.sentBytes(d22, x.sentAt, x.sent)
	}
	if head || x.status == 204 || x.status == 304 {
		if x.sent > 0 {
			x.sentBytes(d20, x.sentAt, x.sent)
			if head {
				x.arg(x.method)
			} else {
				x.number(int64(x.status))
			}
		}
		return
	}
	if x.status < 200 || x.status == 205 || len(x.r.Steps) > maxSteps {
		return
	}
	switch {
	case coding != nil:
		if x.is10() {
			x.line(d23, coding, "")
		}
		for rest := coding.Value.Text; rest != ""; {
			if c := item(&rest, ','); !http1.EqualFold(c, "chunked") && !x.req.lists(te, c) {
				x.line(d24, coding, c)
			}
		}
	case announced == nil:
		x.note(d19)
	case length(announced.Value.Text) != x.sent:
		if x.step(trace.ResponseNotSent) == nil { // the client left
			x.line(d18, announced, announced.Value.Text)
			x.number(x.sent)
		}
	case x.sent > 0 && x.step(trace.ConnOpened) != nil && x.step(trace.ConnKept) != nil:
		x.line(d17, announced, announced.Value.Text)
	}
}
