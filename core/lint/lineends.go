package lint

import (
	"strings"

	"vitrine/core/trace"
)

// lineEnds looks at what ends the lines of the request's header section, and at
// requests that end before their end.
func (x *exchange) lineEnds() {
	for i := range x.head {
		p := &x.head[i]
		for at := 0; at < len(p.text); at++ {
			// What is before a piece is not known.
			if p.text[at] == '\n' && (at == 0 && p.off == 0 || at > 0 && p.text[at-1] != '\r') {
				x.bytes(a1, p.off+int64(at), 1)
			}
		}
	}
	if n := x.emptyLines(); n > 0 {
		x.bytes(a3, 0, n)
	}
	closed := x.step(trace.ConnClosed)
	if x.step(trace.Unreadable) != nil {
		why := arg(closed, 1)
		if x.broken == "truncated" || x.fault == nil && (why == trace.WhyHead || why == trace.WhyReset || why == trace.WhyRoom) {
			part := "head"
			if text, at, _ := x.startLine(); x.end[0] <= at+int64(len(text)) {
				part = "line"
			}
			x.bytes(a25, 0, x.end[0])
			x.arg(part)
		}
	}
	if s := x.step(trace.MessageLeft); s != nil && x.fault == nil {
		n := a26
		if closed != nil {
			n = e6
		}
		x.note(n)
		x.arg(arg(s, 0))
	}
}

// emptyLines is how many bytes of empty lines stand before the request-line.
func (x *exchange) emptyLines() int64 {
	if len(x.head) == 0 || x.head[0].off != 0 {
		return 0
	}
	text := x.head[0].text
	n := 0
	for strings.HasPrefix(text[n:], "\n") || strings.HasPrefix(text[n:], "\r\n") {
		n += strings.IndexByte(text[n:], '\n') + 1
	}
	return int64(n)
}

// startLine is the request-line as it passed, without its line end, and where
// it begins. ok is false if its bytes are not known.
func (x *exchange) startLine() (text string, off int64, ok bool) {
	if len(x.head) == 0 || x.head[0].off != 0 {
		return "", 0, false
	}
	off = x.emptyLines()
	text = x.head[0].text[off:]
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		text = text[:i]
	}
	text = strings.TrimSuffix(text, "\r")
	return text, off, text != ""
}
