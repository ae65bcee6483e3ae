package filter

import (
	"slices"
	"strings"

	"vitrine/core/trace"
	sentences "vitrine/core/words"
	"vitrine/wasm/words"
)

// noteTerm is a term about notes: their level, their ID, or "any". Other values
// are looked for in the reasons of the server.
func noteTerm(value string, notes Notes) (said string, fits func(*trace.Record, string) bool) {
	some := func(fits func(n *Note) bool) func(*trace.Record, string) bool {
		return func(r *trace.Record, _ string) bool {
			if notes == nil {
				return false
			}
			return slices.ContainsFunc(notes(r), func(n Note) bool { return fits(&n) })
		}
	}
	switch level := strings.ToLower(value); {
	case level == "any":
		return words.Say("filter.note-any"), some(func(n *Note) bool { return !n.Standing && n.Level != "good" })
	case level == "bad" || level == "warn" || level == "info" || level == "good":
		return words.Say("filter.note-level", level), some(func(n *Note) bool { return !n.Standing && n.Level == level })
	case isID(value):
		return words.Say("filter.note-id", strings.ToUpper(value)), some(func(n *Note) bool { return strings.EqualFold(n.ID, value) })
	}
	sub := strings.ToLower(value)
	return words.Say("filter.note", value), func(r *trace.Record, _ string) bool {
		return slices.ContainsFunc(r.Steps, func(s trace.Step) bool {
			switch s.Kind {
			case trace.Note, trace.Event, trace.Fault:
				return contains(string(s.Code), sub) || contains(sentences.Sentence(&s), sub)
			}
			return false
		})
	}
}

// isID reports whether s has the form of a note's ID: a letter and one or two
// digits.
func isID(s string) bool {
	if len(s) < 2 || len(s) > 3 || s[0]|0x20 < 'a' || s[0]|0x20 > 'z' {
		return false
	}
	return strings.Trim(s[1:], "0123456789") == ""
}
