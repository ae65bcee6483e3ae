package view

import (
	"strconv"
	"strings"

	"vitrine/core/trace"
	"vitrine/core/why"
	sentences "vitrine/core/words"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// verdict appends the status, the one sentence that says why, and the facts.
func verdict(l *fragment.List, r *trace.Record, about *About) {
	l.Slot("big")
	l.Attr("class", "big "+statusClass(r.Status))
	l.Slot("shape")
	l.Attr("href", statusShape(r.Status))
	l.Fill("code", statusNumber(r))
	l.Fill("reason", Clip(r.Response.Reason.Text, maxWord))
	l.Slot("say")
	decisions := about.decisions(r)
	v := why.Of(decisions)
	for _, p := range sentences.Said(&v) {
		switch text := Clip(p.Text, MaxTarget); p.Place {
		case "":
			l.Text(text)
		default:
			l.Open("place")
			l.Attr("data-to", p.Place)
			l.Bytes(text, fragment.UTF8)
			l.Close()
		}
	}
	reference(l, sentences.SaidReference(decisions, &v))
	if about.Original != nil {
		l.Put("repeated", words.Say("verdict.repeated", fragment.Number(about.Original.ID)))
	}
	l.Slot("facts")
	facts(l, r, about)
}

// statusNumber is the code of the response, a word where it has none.
func statusNumber(r *trace.Record) string {
	if r.Status == 0 {
		return words.Say("status.none")
	}
	return strconv.Itoa(r.Status)
}

// facts appends the summary.
func facts(l *fragment.List, r *trace.Record, about *About) {
	fact(l, "fact-size", sent(r))
	fact(l, "fact-type", r.Type())
	fact(l, "fact-time", Duration(r.Elapsed))
	fact(l, "fact-for", askedFor(r))
	if r.Conn != 0 {
		fact(l, "fact-connection", fragment.Number(r.Conn))
	}
	fact(l, "fact-at", Clock(r.Start))
	fact(l, "fact-site", about.Site)
}

func fact(l *fragment.List, template, value string) {
	if value == "" {
		return
	}
	l.Open(template)
	l.Slot("value")
	l.Bytes(Clip(value, MaxTarget), fragment.UTF8)
	l.Close()
}

// sent is how much content there was, and of how much it is a part.
func sent(r *trace.Record) string {
	n := words.Count(r.Size)
	if r.Status == 206 {
		value, _ := r.Response.Fields.Lookup("Content-Range")
		if _, size, ok := strings.Cut(value, "/"); ok {
			return words.Say("fact.part", n, why.Thousands(size))
		}
	}
	if r.Size == 1 {
		return words.Say("bytes.one")
	}
	return words.Say("bytes.many", n)
}

// Asker is what asked for it, in a word or two: "navigation", "style", "you".
// It is what the browser told; "" if it told nothing.
func Asker(r *trace.Record) string {
	switch {
	case r.Source == trace.Typed:
		return words.Say("asker.you")
	case r.Source != trace.Rebuilt:
		return r.Client
	case r.Browser.Mode == "navigate":
		return words.Say("asker.navigation")
	case r.Browser.Destination != "":
		return r.Browser.Destination
	case r.Browser.Mode != "":
		return words.Say("asker.script")
	}
	return ""
}

// askedFor is Asker with the page that it was for.
func askedFor(r *trace.Record) string {
	asker := Asker(r)
	if page := RefererPath(r); asker != "" && page != "" && r.Source == trace.Rebuilt {
		return words.Say("asker.in", asker, page)
	}
	return asker
}

// RefererPath is the path of the page that a request comes from, as far as the
// browser told.
func RefererPath(r *trace.Record) string {
	_, rest, ok := strings.Cut(r.Browser.Referrer, "://")
	if !ok {
		return ""
	}
	i := strings.IndexByte(rest, '/')
	if i < 0 {
		return ""
	}
	path, _, _ := strings.Cut(rest[i:], "?")
	return path
}

// Status is the response's status in number and words.
func Status(r *trace.Record) string {
	if r.Status == 0 {
		return words.Say("status.none")
	}
	return strings.TrimSpace(strconv.Itoa(r.Status) + " " + r.Response.Reason.Text)
}

// statusClass is the class of a status: failures have a colour.
func statusClass(code int) string {
	if code < 100 || code > 599 {
		return "s0"
	}
	return "s" + strconv.Itoa(code/100)
}

// statusShape is the icon of a status, so that none is told by its colour alone.
func statusShape(code int) string {
	switch {
	case code == 206:
		return "#i-s206"
	case code == 304:
		return "#i-s304"
	case code >= 300 && code < 400:
		return "#i-s3"
	case code >= 400 && code < 500:
		return "#i-s4"
	case code >= 500 && code < 600:
		return "#i-s5"
	case code >= 100 && code < 300:
		return "#i-s2"
	}
	return "#i-s0"
}
