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
}

// message cuts the bytes of one direction into lines for the eye. Heads and
// framing are cut at each LF; content comes as one line for each step.
func message(r *trace.Record, kind trace.Kind) (lines []line) {
	for i := range r.Steps {
		s := &r.Steps[i]
		if s.Kind != kind || s.Bytes == "" {
			continue
		}
		l := line{content, s.From, s.Off, s.Bytes}
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
			lines = append(lines, line{l.part, l.from, l.off, l.text[:n]})
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

// mark is a part of a line that is told apart, and how.
type mark struct {
	template, class string
	from, to        int64
}

// marker gives the marks of the lines of a header section, in their order. The
// section was parsed where it was received: here its parts are only shown.
type marker struct {
	marks []mark
}

func newMarker(r *trace.Record, kind trace.Kind) *marker {
	m := new(marker)
	add := func(template, class string, from, to *trace.Part) {
		if to.Len > 0 || from.Len > 0 {
			m.marks = append(m.marks, mark{template, class, int64(from.Off), int64(to.Off) + int64(to.Len)})
		}
	}
	fields := r.Request.Fields
	if kind == trace.In {
		add("method", "", &r.Request.Method, &r.Request.Method)
		add("request-target", "", &r.Request.Target, &r.Request.Target)
	} else {
		add("status", statusClass(r.Status), &r.Response.Code, &r.Response.Reason)
		fields = r.Response.Fields
	}
	for i := range fields[:min(len(fields), maxHeadLines)] {
		add("field-name", "", &fields[i].Name, &fields[i].Name)
	}
	return m
}

// next returns the first mark in the bytes from off to end, and drops those
// before. What is no part of this line, or of any, is left unmarked.
func (m *marker) next(off, end int64) (mark, bool) {
	for len(m.marks) > 0 && m.marks[0].from < end {
		k := m.marks[0]
		m.marks = m.marks[1:]
		if k.from >= off && k.to <= end && k.from < k.to {
			return k, true
		}
	}
	return mark{}, false
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
