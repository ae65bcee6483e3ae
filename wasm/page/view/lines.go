package view

import (
	"strings"
	"unicode/utf8"

	"vitrine/core/trace"
)

// part is what a line of a message is.
type part uint8

const (
	startLine part = iota // request-line or status-line
	fieldLine
	endLine // the empty line that ends a head
	content
	unseen // words about bytes that exist and cannot be seen
)

// line is one line of a message, with its line end.
type line struct {
	part part
	from trace.Provenance
	text string
}

// message cuts the bytes of one direction into lines. Heads are cut at each
// LF; content comes as one line per span.
func message(r *trace.Record, kind trace.Kind) (lines []line) {
	at := startLine
	interim := false
	for i := 0; i < len(r.Spans); i++ {
		s := &r.Spans[i]
		if s.Kind != kind {
			continue
		}
		if s.Provenance == trace.Unknown {
			lines = append(lines, line{unseen, s.Provenance, s.Text})
			continue
		}
		text := s.Text
		for text != "" {
			if at == content {
				lines = appendContent(lines, line{content, s.Provenance, text})
				break
			}
			n := strings.IndexByte(text, '\n') + 1
			if n == 0 {
				n = len(text)
			}
			l := line{at, s.Provenance, text[:n]}
			text = text[n:]
			switch {
			case at == startLine && kind == trace.Out && !strings.HasPrefix(l.text, "HTTP/"):
				// HTTP/0.9: content from the first byte.
				at = content
				text = l.text + text
				continue
			case at == startLine:
				interim = kind == trace.Out && isInterim(l.text)
				at = fieldLine
			case strings.TrimRight(l.text, "\r\n") == "":
				l.part = endLine
				at = content
				if interim {
					at = startLine
				}
			}
			lines = append(lines, l)
		}
	}
	return lines
}

// appendContent joins content of the same provenance.
func appendContent(lines []line, l line) []line {
	if n := len(lines); n > 0 && lines[n-1].part == content && lines[n-1].from == l.from {
		lines[n-1].text += l.text
		return lines
	}
	return append(lines, l)
}

// isInterim reports whether a status-line is that of a 1xx answer, which
// another head follows.
func isInterim(statusLine string) bool {
	_, code, _ := strings.Cut(statusLine, " ")
	return len(code) >= 3 && code[0] == '1'
}

// isText reports whether content is better read as text than as numbers.
func isText(s string) bool {
	bad := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c == 0 {
				return false
			}
			if c < 0x20 && c != '\r' && c != '\n' && c != '\t' && c != '\f' && c != 0x1b {
				bad++
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 && utf8.FullRuneInString(s[i:]) {
			bad++
		}
		i += n
	}
	return bad*20 <= len(s)
}
