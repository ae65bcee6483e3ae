package view

import (
	"strings"

	"vitrine/core/trace"
	"vitrine/wasm/page/markup"
	"vitrine/wasm/page/words"
)

// step is one reason of the server, or one thing that happened.
type step struct {
	kind             trace.Kind
	topic, text, ref string
}

// parseStep reads what the session wrote: "topic: text (reference)".
func parseStep(s *trace.Span) step {
	st := step{kind: s.Kind, text: s.Text}
	st.text = Clip(st.text, maxLine)
	if topic, rest, ok := strings.Cut(st.text, ": "); ok && s.Kind == trace.Note && isTopic(topic) {
		st.topic, st.text = topic, rest
	}
	if strings.HasSuffix(st.text, ")") {
		if i := strings.LastIndex(st.text, " ("); i >= 0 {
			if ref := st.text[i+2 : len(st.text)-1]; strings.HasPrefix(ref, "RFC ") || ref == "http.server" {
				st.text, st.ref = st.text[:i], ref
			}
		}
	}
	if st.topic == "" {
		switch s.Kind {
		case trace.Event:
			st.topic = "event"
		case trace.Fault:
			st.topic = "fault"
		default:
			st.topic = "note"
		}
	}
	return st
}

func isTopic(s string) bool {
	for i := range len(s) {
		if (s[i] < 'a' || s[i] > 'z') && s[i] != '-' {
			return false
		}
	}
	return s != "" && len(s) <= 14
}

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

// why appends the steps that led to the answer.
func why(b []byte, r *trace.Record) []byte {
	b = append(b, `<section class="side why"><h3>`+words.WhyTitle+`</h3>`...)
	n := 0
	for i := range r.Spans {
		s := &r.Spans[i]
		if s.Kind == trace.In || s.Kind == trace.Out || ofRequest(s) {
			continue
		}
		if n == 0 {
			b = append(b, `<ol class="steps">`...)
		}
		if n++; n > maxSteps {
			continue
		}
		b = appendStep(b, parseStep(s))
	}
	if n == 0 {
		b = paragraph(b, words.NoSteps)
	} else {
		b = append(b, `</ol>`...)
	}
	if n > maxSteps {
		b = paragraph(b, Count(int64(n-maxSteps))+" "+words.LinesMore)
	}
	return append(b, `</section>`...)
}

func appendStep(b []byte, s step) []byte {
	class, icon := "note", "i-info"
	switch s.kind {
	case trace.Event:
		class, icon = "event", "i-down"
	case trace.Fault:
		class, icon = "fault", "i-bad"
	}
	b = append(b, `<li class="`...)
	b = append(b, class...)
	b = append(b, `"><svg class="i" aria-hidden="true"><use href="#`...)
	b = append(b, icon...)
	b = append(b, `"/></svg><span class="topic">`...)
	b = markup.Text(b, s.topic)
	b = append(b, `</span><span class="words">`...)
	b = markup.Text(b, s.text)
	if s.ref != "" {
		b = append(b, ' ')
		if url := RefURL(s.ref); url != "" {
			b = append(b, `<a target="_blank" rel="noopener noreferrer" href="`...)
			b = markup.Text(b, url)
			b = append(b, `">`...)
			b = markup.Text(b, s.ref)
			b = append(b, `</a>`...)
		} else {
			b = markup.Text(append(b, '('), s.ref)
			b = append(b, ')')
		}
	}
	return append(b, `</span></li>`...)
}
