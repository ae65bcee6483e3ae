package lint

import (
	"strconv"
	"strings"

	"vitrine/core/trace"
)

// lineEnds looks at what ends the lines of the request's header section.
func (x *exchange) lineEnds() {
	for _, p := range x.head {
		for from := 0; ; {
			i := strings.IndexByte(p.text[from:], '\n')
			if i < 0 {
				break
			}
			i, from = from+i, from+i+1
			if i == 0 && p.off > 0 || i > 0 && p.text[i-1] == '\r' {
				continue // what is before a piece is not known
			}
			x.note("A1", nil, Range{trace.In, p.off + int64(i), 1})
		}
	}
	if x.faulty("bare-lf") {
		x.note("A1", nil, x.at())
	}
	if x.faulty("bare-cr") {
		x.note("A2", nil, x.at())
	}
	if n := x.emptyLines(); n > 0 {
		x.note("A3", []string{strconv.Itoa(n)}, Range{trace.In, 0, int64(n)})
	}
	if x.faulty("folded-line") {
		if id := "B4"; len(x.q) > 0 || !x.isFirstField(x.fault.Off) {
			x.note(id, nil, x.at())
		} else {
			x.note("A4", nil, x.at())
		}
	}
}

// emptyLines is how many bytes of empty lines stand before the request-line.
func (x *exchange) emptyLines() (n int) {
	if len(x.head) == 0 || x.head[0].off != 0 {
		return 0
	}
	text := x.head[0].text
	for {
		switch {
		case strings.HasPrefix(text[n:], "\r\n"):
			n += 2
		case strings.HasPrefix(text[n:], "\n"):
			n++
		default:
			return n
		}
	}
}

// isFirstField reports whether the line at off follows the request-line.
func (x *exchange) isFirstField(off int64) bool {
	_, start, ok := x.startLine()
	text, known := x.bytes(start, off)
	return ok && known && strings.Count(text, "\n") == 1
}

// startLine is the request-line as it passed, without its line end, and where
// it begins. ok is false if its bytes are not known.
func (x *exchange) startLine() (text string, off int64, ok bool) {
	n := x.emptyLines()
	if len(x.head) == 0 || x.head[0].off != 0 {
		return "", 0, false
	}
	text, _, _ = strings.Cut(x.head[0].text[n:], "\n")
	return strings.TrimSuffix(text, "\r"), int64(n), text != ""
}

// unfinished looks at requests that ended before their end.
func (x *exchange) unfinished() {
	closed := x.has(trace.ConnClosed)
	why := ""
	if closed != nil && len(closed.Args) > 1 {
		why = closed.Args[1]
	}
	switch {
	case x.has(trace.Unreadable) == nil:
	case x.faulty("truncated"), x.fault == nil && (why == trace.WhyHead || why == trace.WhyReset || why == trace.WhyRoom):
		part := "head"
		if text, _, ok := x.startLine(); !ok || x.end[0] == int64(len(text)+x.emptyLines()) {
			part = "line"
		}
		x.note("A25", []string{part}, Range{trace.In, 0, x.end[0]})
	}
	if s := x.has(trace.MessageLeft); s != nil && x.fault == nil && len(s.Args) > 0 {
		if closed != nil {
			x.note("E6", []string{s.Args[0]})
		} else {
			x.note("A26", []string{s.Args[0]})
		}
	}
}
