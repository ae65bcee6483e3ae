package view

import (
	"strings"
	"unicode/utf8"

	"vitrine/core/trace"
)

// part is what a line of a message is.
type part uint8

const (
	head    part = iota // of a header section, or of what was sent in its place
	framing             // of chunked content
	content
	unseen // words about bytes that exist and cannot be seen
)

// line is one line of a message, with its line end.
type line struct {
	part part
	from trace.Provenance
	off  int64 // of its first byte in the message
	text string

	number int // that the list shows; 0 is one more than the line before
}

// message cuts the bytes of one direction into lines for the eye. Heads and
// framing are cut at each LF; content comes as one line for each step.
func message(r *trace.Record, kind trace.Kind) (lines []line) {
	for i := range r.Steps {
		s := &r.Steps[i]
		if s.Kind != kind || s.Bytes == "" {
			continue
		}
		l := line{part: content, from: s.From, off: s.Off, text: s.Bytes}
		switch {
		case s.From == trace.Unknown:
			l.part = unseen
		case s.Code == trace.Header || s.Code == trace.Interim || s.Code == trace.Unreadable:
			l.part = head
		case s.Code == trace.ChunkSize || s.Code == trace.ChunkEnd || s.Code == trace.Trailers:
			l.part = framing
		}
		if l.part == content || l.part == unseen {
			lines = appendContent(lines, l)
			continue
		}
		for l.text != "" {
			n := strings.IndexByte(l.text, '\n') + 1
			if n == 0 {
				n = len(l.text)
			}
			lines = append(lines, line{part: l.part, from: l.from, off: l.off, text: l.text[:n]})
			l.off += int64(n)
			l.text = l.text[n:]
		}
	}
	return lines
}

// appendContent joins content of the same provenance.
func appendContent(lines []line, l line) []line {
	if n := len(lines); n > 0 && l.part == content && lines[n-1].part == content && lines[n-1].from == l.from {
		lines[n-1].text += l.text
		return lines
	}
	return append(lines, l)
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
