package lint

import (
	"strconv"
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// sent is how many bytes of content the response had.
func (x *exchange) sent() (n int64) {
	for i := range x.steps {
		if s := &x.steps[i]; s.Kind == trace.Out && isContent(s.Code) && s.Len > 0 {
			n += s.Len
		}
	}
	return n
}

func isContent(c trace.Code) bool {
	return c == trace.Content || c == trace.Referenced || c == trace.Reread
}

// responseLength looks at how a client knows where the response ends.
func (x *exchange) responseLength() {
	if len(x.r.Steps) > maxSteps || len(x.s) == 0 || !x.mayHaveContent() {
		return
	}
	announced, coding := find(x.s, "Content-Length"), find(x.s, "Transfer-Encoding")
	switch {
	case coding != nil:
	case announced != nil:
		want, got := length(announced.Value.Text), x.sent()
		args := []string{announced.Value.Text, strconv.FormatInt(got, 10)}
		if want != got && x.has(trace.ResponseNotSent) == nil {
			x.note("D18", args, line(trace.Out, announced))
		} else if want == got && want > 0 && x.has(trace.ConnOpened) != nil && x.has(trace.ConnKept) != nil {
			x.note("D17", args, line(trace.Out, announced))
		}
	default:
		x.note("D19", nil)
	}
	if coding == nil {
		return
	}
	if _, minor, ok := versionOf(x.r.Request.Proto.Text); ok && minor == 0 {
		x.note("D23", nil, line(trace.Out, coding))
	}
	for item := range strings.SplitSeq(coding.Value.Text, ",") {
		if item = http1.TrimOWS(item); !http1.EqualFold(item, "chunked") && !hasToken(x.q, "TE", item) {
			x.note("D24", []string{item}, line(trace.Out, coding))
		}
	}
}

// mayHaveContent reports whether the response is one that has content
// (RFC 9112 §6.3).
func (x *exchange) mayHaveContent() bool {
	status := x.r.Status
	return status >= 200 && status != 204 && status != 205 && status != 304 && x.r.Request.Method.Text != "HEAD"
}

// noContent looks at responses that have none, and at what comes too late.
func (x *exchange) noContent() {
	status, method := x.r.Status, x.r.Request.Method.Text
	n := x.sent()
	what := strconv.Itoa(status)
	if method == "HEAD" {
		what = method
	}
	switch {
	case n > 0 && len(x.s) > 0 && (method == "HEAD" || status == 204 || status == 304):
		x.note("D20", []string{what}, x.contentRange0())
	case n > 0 && status == 205:
		x.note("D22", nil, x.contentRange0())
	}
	if status == 204 || status >= 100 && status < 200 {
		for _, name := range [...]string{"Content-Length", "Transfer-Encoding"} {
			if f := find(x.s, name); f != nil {
				x.note("D21", []string{name, what}, line(trace.Out, f))
			}
		}
	}
	over := false
	for i := range x.steps {
		switch s := &x.steps[i]; {
		case s.Code == trace.MessageSent:
			over = true
		case over && s.Kind == trace.Out && s.Len > 0:
			x.note("D25", nil, Range{trace.Out, s.Off, s.Len})
		}
	}
}

// contentRange0 is where the content of the response begins, and its first step.
func (x *exchange) contentRange0() Range {
	for i := range x.steps {
		if s := &x.steps[i]; s.Kind == trace.Out && isContent(s.Code) {
			return Range{trace.Out, s.Off, s.Len}
		}
	}
	return Range{Kind: trace.Out}
}
