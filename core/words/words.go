// Package words is what a person reads about a step of package trace: one
// table from code to sentence and reference, for the transcript, the page,
// serve and whatever comes next. [Table] is for other parts of a program too:
// the page has one of its own.
//
// The one rule: every code that the core emits has its sentence here, and no
// sentence is without a code.
package words

import (
	_ "embed"
	"strings"

	"vitrine/core/trace"
)

//go:embed english.txt
var englishText string

var english = NewTable(englishText)

// Sentence says what a step means. One with a code that is not known here,
// such as a program's own, is its code and its arguments.
func Sentence(s *trace.Step) string {
	if text, ok := english.Sentence(string(s.Code), s.Args...); ok {
		return text
	}
	if len(s.Args) == 0 {
		return string(s.Code)
	}
	return string(s.Code) + ": " + strings.Join(s.Args, ", ")
}

// Reference says where it is written what a step is about: "RFC 9110 §13.1.2",
// "http.server", or nothing.
func Reference(s *trace.Step) string {
	if s.Ref != "" {
		return s.Ref
	}
	return english.Reference(string(s.Code))
}

// Line is the sentence and the reference of a step, for trace.AppendTranscript
// and trace.AppendJSON.
func Line(s *trace.Step) string {
	text := Sentence(s)
	if text == string(s.Code) {
		return "" // the code is there already
	}
	if ref := Reference(s); ref != "" && s.Ref == "" {
		text += " (" + ref + ")"
	}
	return text
}

// topics are what steps are about, by the first word of their codes.
var topics = [...][2]string{
	{"conn.", "connection"}, {"cond.", "decide"}, {"fault.", "fault"}, {"response.", "fault"},
	{"fetch.", "browser"}, {"message.", "message"},
}

// Topic is one word for what a step is about.
func Topic(s *trace.Step) string {
	for _, t := range topics {
		if strings.HasPrefix(string(s.Code), t[0]) {
			return t[1]
		}
	}
	if word, _, ok := strings.Cut(string(s.Code), "."); ok && len(word) <= 14 {
		return word
	}
	switch s.Kind {
	case trace.Fault:
		return "fault"
	case trace.In, trace.Out:
		return "content"
	case trace.Event:
		return "event"
	}
	return "note"
}
