package lint

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// connection looks at what became of the connection behind the response.
func (x *exchange) connection() {
	first := x.has(trace.ConnOpened) != nil
	_, minor, ok := versionOf(x.r.Request.Proto.Text)
	var subject []Range
	if f := find(x.q, "Connection"); f != nil {
		subject = append(subject, line(trace.In, f))
	}
	if f := find(x.q, "Proxy-Connection"); f != nil {
		x.note("E11", nil, line(trace.In, f))
	}
	if x.has(trace.ConnKept) != nil {
		switch {
		case !ok || !first:
		case minor == 0:
			x.note("E4", nil, subject...)
		default:
			x.note("E1", nil)
		}
		return
	}
	closed := x.has(trace.ConnClosed)
	if closed == nil || len(closed.Args) < 2 {
		return
	}
	who, why := closed.Args[0], closed.Args[1]
	switch {
	case why == trace.WhyClient:
		x.note("E2", nil, subject...)
	case why == trace.WhyVersion:
		x.note("E3", nil, x.requestLineRange())
	case why == trace.WhyUnread && x.r.Status >= 400:
		x.note("E9", nil)
	case who == trace.WhoServer && ok && minor >= 1 && x.says11() && why != trace.WhyBroken && why != trace.WhyContent && why != trace.WhyLength &&
		!hasToken(x.s, "Connection", "close") && !hasToken(x.q, "Connection", "close"):
		x.note("E5", []string{why})
	}
}

// says11 reports whether the response is of HTTP/1.1.
func (x *exchange) says11() bool { return x.r.Response.Proto.Text == "HTTP/1.1" }

// idle looks at the record of a connection without a request.
func (x *exchange) idle() {
	if s := x.has(trace.ConnClosed); s != nil && len(s.Args) > 1 && s.Args[1] == trace.WhyIdle {
		x.raw = true
		x.note("E10", nil)
	}
}

// upgrade looks at the offer of another protocol (RFC 9110 §7.8).
func (x *exchange) upgrade() {
	f := find(x.q, "Upgrade")
	switch {
	case f == nil:
		if x.r.Status == 101 {
			x.note("E13", []string{"101"})
		}
	case !hasToken(x.q, "Connection", "Upgrade"):
		x.note("E13", []string{"offer"}, line(trace.In, f))
	case x.r.Status != 101 && x.r.Status > 0:
		x.note("E12", []string{f.Value.Text}, line(trace.In, f))
	}
}

// expect looks at Expect and the interim responses (RFC 9110 §10.1.1).
func (x *exchange) expect() {
	f := find(x.q, "Expect")
	_, minor, ok := versionOf(x.r.Request.Proto.Text)
	interim := x.has(trace.Interim)
	content, behind := false, false // it came, and behind the interim response
	for i := range x.steps {
		switch s := &x.steps[i]; {
		case s == interim:
			content, behind = false, true
		case s.Kind == trace.In && s.Code == trace.Content && s.Len > 0:
			content = true
		}
	}
	behind = behind && content
	length := length(value(x.q, "Content-Length"))
	coming := length > 0 || count(x.q, "Transfer-Encoding") > 0
	switch {
	case f == nil || !x.whole || !ok:
	case !http1.EqualFold(f.Value.Text, "100-continue"):
		x.note("F5", []string{f.Value.Text}, line(trace.In, f))
	case minor == 0:
		x.note("F4", nil, line(trace.In, f))
	case !coming:
		x.note("F3", nil, line(trace.In, f))
	}
	if interim == nil {
		return
	}
	subject := Range{trace.Out, interim.Off, interim.Len}
	switch {
	case ok && minor == 0:
		x.note("F8", nil, subject)
	case f == nil && strings.HasPrefix(interim.Bytes, "HTTP/1.1 100"):
		x.note("F2", nil, subject)
	case x.r.Status >= 400 && !content:
		x.note("F7", nil, subject)
	case x.r.Status < 400 && x.r.Status > 0 && behind:
		x.note("F1", nil, subject)
	}
}
