// Package words is what a person reads about a step of package trace: one
// table from code to sentence and reference, for the transcript, the page,
// serve and whatever comes next. Another language is another table.
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
var english string

// entry returns the line of a code without the code: its reference in
// parentheses, if it has one, and its sentence.
func entry(code string) (text string, ok bool) {
	i := strings.Index(english, "\n"+code+" ")
	if i < 0 || code == "" || strings.IndexByte(code, ' ') >= 0 || code[0] == '#' {
		return "", false
	}
	text, _, _ = strings.Cut(english[i+len(code)+2:], "\n")
	return text, true
}

// split parts an entry.
func split(entry string) (ref, sentence string) {
	if rest, ok := strings.CutPrefix(entry, "("); ok {
		ref, sentence, _ = strings.Cut(rest, ") ")
		return ref, sentence
	}
	return "", entry
}

// Sentence says what a step means. One with a code that is not known here,
// such as a program's own, is its code and its arguments.
func Sentence(s *trace.Step) string {
	text, ok := entry(string(s.Code))
	if !ok {
		if len(s.Args) == 0 {
			return string(s.Code)
		}
		return string(s.Code) + ": " + strings.Join(s.Args, ", ")
	}
	_, text = split(text)
	return fill(text, s.Args)
}

// fill puts arguments in: %1 as it is, %who.1 as what the table has for it.
func fill(text string, args []string) string {
	if strings.IndexByte(text, '%') < 0 {
		return text
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "%")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		i := strings.IndexAny(rest, "123456789")
		if i < 0 {
			return b.String()
		}
		prefix, n := rest[:i], int(rest[i]-'1')
		text = rest[i+1:]
		if n >= len(args) {
			continue
		}
		word := args[n]
		if prefix != "" {
			if e, ok := entry(prefix + word); ok {
				_, word = split(e)
				word = fill(word, args)
			}
		}
		b.WriteString(word)
	}
}

// Reference says where it is written what a step is about: "RFC 9110 §13.1.2",
// "http.server", or nothing.
func Reference(s *trace.Step) string {
	if s.Ref != "" {
		return s.Ref
	}
	text, _ := entry(string(s.Code))
	ref, _ := split(text)
	return ref
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
