package lint

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// measured reports whether the content of the response has a length to be
// looked at (RFC 9112 §6.3).
func (x *exchange) measured() bool {
	return x.status >= 200 && x.status != 204 && x.status != 205 && x.status != 304 && x.method != "HEAD" &&
		x.res.fields != nil && len(x.r.Steps) <= maxSteps
}

// responseLength looks at how a client knows where the response ends.
func (x *exchange) responseLength() {
	f := x.res.first[contentLength]
	switch {
	case !x.measured() || x.res.first[transferEncoding] != nil:
	case f == nil:
		if x.res.value(contentType) != "text/event-stream" { // which has no end
			x.note(d19)
		}
	case length(f.Value.Text) != x.sent:
		if !x.left() {
			x.line(d18, f, f.Value.Text)
			x.number(x.sent)
		}
	case x.sent > 0 && x.step(trace.ConnOpened) != nil && x.step(trace.ConnKept) != nil:
		x.line(d17, f, f.Value.Text)
	}
}

// left reports whether the response was cut because the client could not be
// reached any more, which is no fault of the server: any error but one of the
// content.
func (x *exchange) left() bool {
	why := arg(x.step(trace.ResponseCut), 0)
	return x.step(trace.ResponseNotSent) != nil ||
		why != "" && why != "unexpected EOF" && !strings.HasPrefix(why, "http1:") && !strings.HasPrefix(why, "cgi:")
}

// framing looks at responses that say or send more than they may.
func (x *exchange) framing() {
	announced, coding := x.res.first[contentLength], x.res.first[transferEncoding]
	over := false
	for i := range x.steps {
		s := &x.steps[i]
		if over && s.Kind == trace.Out && s.Len > 0 {
			x.sentBytes(d25, s.Off, s.Len)
		}
		over = over || s.Code == trace.MessageSent
	}
	if x.status == 204 || x.status/100 == 1 {
		f := announced
		if f == nil {
			f = coding
		}
		if f != nil {
			x.line(d21, f, f.Name.Text)
			x.number(int64(x.status))
		}
	}
	head := x.method == "HEAD"
	switch {
	case x.sent == 0:
	case x.status == 205:
		x.sentBytes(d22, x.sentAt, x.sent)
	case head, x.status == 204, x.status == 304:
		x.sentBytes(d20, x.sentAt, x.sent)
		if head {
			x.arg(x.method)
		} else {
			x.number(int64(x.status))
		}
	}
	if coding == nil || !x.measured() {
		return
	}
	if x.is10() {
		x.line(d23, coding, "")
	}
	for rest := coding.Value.Text; rest != ""; {
		if c := item(&rest, ','); !http1.EqualFold(c, "chunked") && !x.req.lists(te, c) {
			x.line(d24, coding, c)
		}
	}
}
