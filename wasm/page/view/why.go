package view

import (
	"strings"

	"vitrine/core/trace"
	sentences "vitrine/core/words"
	"vitrine/wasm/page/markup"
	"vitrine/wasm/page/words"
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

// why appends the steps that led to the answer.
func why(b []byte, r *trace.Record) []byte {
	b = append(b, `<section class="side why"><h3>`+words.WhyTitle+`</h3>`...)
	n := 0
	for i := range r.Steps {
		s := &r.Steps[i]
		if (s.Kind == trace.In || s.Kind == trace.Out) && s.Code != trace.Referenced || ofRequest(s) {
			continue
		}
		if n == 0 {
			b = append(b, `<ol class="steps">`...)
		}
		if n++; n > maxSteps {
			continue
		}
		b = appendStep(b, s)
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

func appendStep(b []byte, s *trace.Step) []byte {
	class, icon := "note", "i-info"
	switch s.Kind {
	case trace.Event, trace.In, trace.Out:
		class, icon = "event", "i-down"
	case trace.Fault:
		class, icon = "fault", "i-bad"
	}
	b = append(b, `<li class="`...)
	b = append(b, class...)
	b = append(b, `"><svg class="i" aria-hidden="true"><use href="#`...)
	b = append(b, icon...)
	b = append(b, `"/></svg><span class="topic">`...)
	b = markup.Text(b, Clip(sentences.Topic(s), maxWord))
	b = append(b, `</span><span class="words">`...)
	b = markup.Text(b, Clip(sentences.Sentence(s), maxLine))
	if ref := Clip(sentences.Reference(s), maxWord); ref != "" {
		b = append(b, ' ')
		if url := RefURL(ref); url != "" {
			b = append(b, `<a target="_blank" rel="noopener noreferrer" href="`...)
			b = markup.Text(b, url)
			b = append(b, `">`...)
			b = markup.Text(b, ref)
			b = append(b, `</a>`...)
		} else {
			b = markup.Text(append(b, '('), ref)
			b = append(b, ')')
		}
	}
	return append(b, `</span></li>`...)
}
