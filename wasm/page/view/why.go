package view

import (
	"strings"

	"vitrine/core/trace"
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

// why appends the steps that led to the response.
func why(l *fragment.List, r *trace.Record) {
	n := 0
	for i := range r.Steps {
		s := &r.Steps[i]
		if (s.Kind == trace.In || s.Kind == trace.Out) && s.Code != trace.Referenced || ofRequest(s) {
			continue
		}
		if n == 0 {
			l.Open("steps")
		}
		if n++; n <= maxSteps {
			step(l, s)
		}
	}
	if n == 0 {
		l.Put("no-steps", "")
	} else {
		l.Close()
	}
	if n > maxSteps {
		l.Put("paragraph", words.Plural("more.steps", int64(n-maxSteps)))
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
	if ref := Clip(sentences.Reference(s), maxWord); ref != "" {
		if url := RefURL(ref); url != "" {
			l.Text(" ")
			l.Open("reference")
			l.Attr("href", url)
			l.Text(ref)
			l.Close()
		} else {
			l.Text(" (" + ref + ")")
		}
	}
	l.Close()
}
