package view

import (
	"strings"

	"vitrine/core/trace"
)

// Fields calls f with each field line of a head, in order, until f returns
// false. kind is trace.In for the request, trace.Out for the answer; of
// interim answers nothing is told apart.
func Fields(r *trace.Record, kind trace.Kind, f func(name, value string) bool) {
	for i := range r.Spans {
		s := &r.Spans[i]
		if s.Kind != kind || s.Provenance == trace.Unknown {
			continue
		}
		for text := s.Text; text != ""; {
			line, rest, _ := strings.Cut(text, "\n")
			text = rest
			line = strings.TrimSuffix(line, "\r")
			if line == "" {
				return
			}
			name, value, ok := strings.Cut(line, ":")
			if ok && !strings.Contains(name, " ") && !f(name, strings.Trim(value, " \t")) {
				return
			}
		}
	}
}

// Field returns the first field of that name, in any case of letters.
func Field(r *trace.Record, kind trace.Kind, name string) (value string, ok bool) {
	Fields(r, kind, func(n, v string) bool {
		if strings.EqualFold(n, name) {
			value, ok = v, true
		}
		return !ok
	})
	return value, ok
}

// Navigation reports whether r loaded a page into a frame, as the browser
// told. Where it was not told, it is not guessed.
func Navigation(r *trace.Record) bool {
	for i := range r.Spans {
		s := &r.Spans[i]
		if s.Kind == trace.Note && strings.HasPrefix(s.Text, "browser: ") {
			return strings.Contains(s.Text, "mode navigate") && strings.Contains(s.Text, "destination iframe")
		}
	}
	return false
}

// Redirects reports whether the browser goes on to another target.
func Redirects(r *trace.Record) bool {
	if r.Status < 300 || r.Status > 399 {
		return false
	}
	_, ok := Field(r, trace.Out, "Location")
	return ok
}
