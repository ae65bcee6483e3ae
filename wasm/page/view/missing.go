package view

import (
	"strings"

	"vitrine/core/trace"
	sentences "vitrine/core/words"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// missing appends what the browser said beside the fields, and what it keeps
// to itself.
func missing(l *fragment.List, r *trace.Record) {
	l.Open("missing")
	l.Slot("list")
	if told := browser(&r.Browser); told != "" {
		l.Put("missing-item", words.Say("browser.told", Clip(told, maxLine)))
	}
	for i := range r.Steps[:min(len(r.Steps), maxSteps)] {
		if s := &r.Steps[i]; ofRequest(s) {
			l.Put("missing-item", Clip(sentences.Sentence(s), maxLine))
		}
	}
	l.Put("missing-always", "")
	l.Close()
}

// browser is what the browser told beside the fields.
func browser(t *trace.Browser) string {
	var told []string
	for _, f := range [...][2]string{
		{"mode", t.Mode}, {"destination", t.Destination}, {"cache", t.Cache}, {"redirect", t.Redirect}, {"referrer", t.Referrer}, {"client", t.Client},
	} {
		if f[1] != "" {
			told = append(told, words.Say("browser."+f[0], f[1]))
		}
	}
	return strings.Join(told, ", ")
}
