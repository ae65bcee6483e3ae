package lint

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// connection looks at what became of the connection behind the response.
func (x *exchange) connection() {
	asked := x.req.first[connection]
	if f := x.req.first[proxyConnection]; f != nil {
		x.line(e11, f, "")
	}
	if x.step(trace.ConnKept) != nil {
		switch {
		case x.step(trace.ConnOpened) == nil: // said once
		case x.is10():
			x.line(e4, asked, "")
		case x.is11():
			x.note(e1)
		}
		return
	}
	closed := x.step(trace.ConnClosed)
	switch arg(closed, 1) {
	case trace.WhyClient:
		x.line(e2, asked, "")
	case trace.WhyVersion:
		x.part(e3, &x.r.Request.Proto, "")
	case trace.WhyUnread:
		if x.status >= 400 {
			x.note(e9)
		}
	}
}

// closing looks at whether the server said that it would close.
func (x *exchange) closing() {
	closed := x.step(trace.ConnClosed)
	switch why := arg(closed, 1); why {
	case "", trace.WhyBroken, trace.WhyContent, trace.WhyLength, trace.WhyClient, trace.WhyVersion, trace.WhyUnread:
		return
	}
	if arg(closed, 0) == trace.WhoServer && x.is11() && x.r.Response.Proto.Text == "HTTP/1.1" && !x.res.lists(connection, "close") {
		x.note(e5)
	}
}

// upgrade looks at the offer of another protocol (RFC 9110 §7.8).
func (x *exchange) upgrade() {
	f := x.req.first[upgrade]
	switch {
	case f == nil:
	case !x.req.lists(connection, "upgrade"):
		x.line(e13, f, "offer")
	case x.status > 101:
		x.line(e12, f, f.Value.Text)
	}
}

// expect looks at Expect and the interim responses (RFC 9110 §10.1.1).
func (x *exchange) expect() {
	f := x.req.first[expect]
	switch {
	case f == nil || !x.whole:
	case !http1.EqualFold(f.Value.Text, "100-continue"):
		x.line(f5, f, f.Value.Text)
	case x.is10():
		x.line(f4, f, "")
	case length(x.req.value(contentLength)) <= 0 && x.req.first[transferEncoding] == nil:
		x.line(f3, f, "")
	}
	interim := x.step(trace.Interim)
	if f == nil || interim == nil {
		return
	}
	content, behind := false, false // it came, and behind the interim response
	for i := range x.steps {
		s := &x.steps[i]
		behind = behind || s == interim
		if s.Kind == trace.In && s.Code == trace.Content {
			content = behind
		}
	}
	if x.status >= 400 && !content {
		x.sentBytes(f7, interim.Off, interim.Len)
	} else if x.status < 400 && content {
		x.sentBytes(f1, interim.Off, interim.Len)
	}
}

// interim looks at interim responses that did not have to be sent.
func (x *exchange) interim() {
	if x.status == 101 && x.req.first[upgrade] == nil {
		x.code(e13)
	}
	s := x.step(trace.Interim)
	if s == nil {
		return
	}
	if x.is10() {
		x.sentBytes(f8, s.Off, s.Len)
	} else if x.req.first[expect] == nil && strings.HasPrefix(s.Bytes, "HTTP/1.1 100") {
		x.sentBytes(f2, s.Off, s.Len)
	}
}
