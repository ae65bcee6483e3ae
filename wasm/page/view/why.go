package view

import (
	"strings"

	"vitrine/core/trace"
	"vitrine/core/why"
	sentences "vitrine/core/words"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// RefURL is where a reference such as "RFC 9110 §13.1.3" can be read; empty
// if it is no RFC.
func RefURL(ref string) string {
	number, section, _ := strings.Cut(strings.TrimPrefix(ref, "RFC "), " §")
	if !strings.HasPrefix(ref, "RFC ") || number == "" || strings.Trim(number, "0123456789") != "" {
		return ""
	}
	url := "https://www.rfc-editor.org/rfc/rfc" + number
	section, _, _ = strings.Cut(section, " ")
	if section = strings.TrimRight(section, ",;"); section == "" || strings.Trim(section, "0123456789.ABC") != "" {
		return url
	}
	if section[0] >= 'A' {
		return url + "#appendix-" + section
	}
	return url + "#section-" + section
}

// station appends one station of the way to the file.
func station(l *fragment.List, s *why.Station) {
	l.Open("station")
	l.Attr("class", [...]string{why.Passed: "", why.Same: "same", why.Arrived: "end", why.Stopped: "stop"}[s.Kind])
	l.Fill("title", sentences.Station(s))
	l.Slot("value")
	if s.Kind == why.Same {
		l.Text(sentences.Unchanged())
	} else {
		l.Bytes(Clip(s.Value, MaxTarget), fragment.UTF8)
	}
	l.Close()
}

// rungIcons are the shapes of what became of a question.
var rungIcons = [...]string{
	why.Skip: "#i-skip", why.Pass: "#i-passed", why.Unheeded: "#i-passed", why.Take: "#i-taken", why.Unasked: "#i-none", why.After: "#i-skip",
}

// ladder appends what was asked of the request, in the order of RFC 9110
// §13.2.2.
func ladder(l *fragment.List, r *trace.Record) {
	rungs := why.Ladder(r)
	l.Open("ladder")
	for i := range rungs {
		rung := &rungs[i]
		l.Open("rung")
		l.Attr("class", rung.State.String())
		l.Slot("icon")
		l.Attr("href", rungIcons[rung.State])
		l.Fill("question", sentences.Rung(rung))
		l.Fill("state", sentences.State(rung.State))
		l.Slot("reason")
		l.Bytes(Clip(sentences.Because(r, rung), maxLine), fragment.UTF8)
		l.Close()
	}
	l.Close()
}

// noted appends what the core noted, step by step.
func noted(l *fragment.List, r *trace.Record) {
	n := 0
	for i := range r.Steps {
		s := &r.Steps[i]
		if (s.Kind == trace.In || s.Kind == trace.Out) && s.Code != trace.Referenced || ofRequest(s) {
			continue
		}
		if n == 0 {
			l.Open("steps")
			l.Slot("list")
		}
		if n++; n <= maxSteps {
			step(l, s)
		}
	}
	if n > maxSteps {
		l.Put("steps-more", words.Plural("more.steps", int64(n-maxSteps)))
	}
	if n > 0 {
		l.Close()
	}
}

func step(l *fragment.List, s *trace.Step) {
	class, icon := "note", "#i-info"
	switch s.Kind {
	case trace.Event, trace.In, trace.Out:
		class, icon = "event", "#i-down"
	case trace.Fault:
		class, icon = "fault", "#i-bad"
	}
	l.Open("step")
	l.Attr("class", class)
	l.Slot("icon")
	l.Attr("href", icon)
	l.Fill("topic", Clip(sentences.Topic(s), maxWord))
	l.Slot("words")
	l.Text(Clip(sentences.Sentence(s), maxLine))
	reference(l, sentences.Reference(s))
	l.Close()
}
