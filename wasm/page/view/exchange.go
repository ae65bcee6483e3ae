package view

import (
	"strconv"
	"strings"

	"vitrine/core/trace"
	sentences "vitrine/core/words"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// Bounds of what one exchange may put on the page.
const (
	maxContentLines = 300
	maxHeadLines    = 500
	maxSteps        = 200
	maxLine         = 8 << 10 // bytes of one line
	hexBytes        = 256
)

// Title appends the title of an exchange.
func Title(l *fragment.List, r *trace.Record) {
	l.Open("title")
	l.Fill("number", fragment.Number(r.ID))
	l.Slot("line")
	l.Bytes(Clip(r.Request.Method.Text+" "+r.Request.Target.Text, MaxTarget), fragment.ASCII)
	l.Close()
}

// Exchange appends an exchange: the facts, the request, the response, and why.
// site is the name of its site.
func Exchange(l *fragment.List, r *trace.Record, site string) {
	l.Open("exchange")
	l.Slot("facts")
	facts(l, r, site)
	l.Fill("origin", words.Say(origin(r.Source)))
	l.Slot("request")
	if r.Source == trace.Rebuilt {
		l.Put("request-rebuilt", "")
	}
	lines(l, r, trace.In)
	if r.Source == trace.Rebuilt {
		missing(l, r)
	}
	l.Slot("response")
	if r.Source == trace.Rebuilt {
		l.Put("response-rebuilt", "")
	}
	lines(l, r, trace.Out)
	l.Slot("why")
	why(l, r)
	l.Close()
}

// origin is the code of where a request comes from.
func origin(p trace.Provenance) string {
	switch p {
	case trace.Rebuilt, trace.Typed, trace.Simulated:
		return "origin." + p.String()
	}
	return "origin.wire"
}

// facts appends the summary.
func facts(l *fragment.List, r *trace.Record, site string) {
	fact(l, "fact-status", statusClass(r.Status), Status(r))
	fact(l, "fact-type", "", r.Type())
	fact(l, "fact-size", "", words.Plural("bytes", r.Size))
	fact(l, "fact-time", "", Duration(r.Elapsed))
	fact(l, "fact-at", "", Clock(r.Start))
	if r.Conn != 0 {
		fact(l, "fact-connection", "", fragment.Number(r.Conn))
	}
	fact(l, "fact-site", "", site)
}

func fact(l *fragment.List, template, class, value string) {
	if value == "" {
		return
	}
	l.Open(template)
	l.Slot("value")
	if class != "" {
		l.Attr("class", class)
	}
	l.Text(Clip(value, MaxTarget))
	l.Close()
}

// Status is the response's status in number and words.
func Status(r *trace.Record) string {
	if r.Status == 0 {
		return words.Say("status.none")
	}
	return strings.TrimSpace(strconv.Itoa(r.Status) + " " + r.Response.Reason.Text)
}

func statusClass(code int) string {
	if code < 100 || code > 599 {
		return "c0"
	}
	return "c" + strconv.Itoa(code/100)
}

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

// ofRequest reports whether a step is about the request as the browser gave
// it, not about what the server did.
func ofRequest(s *trace.Step) bool {
	return s.Code == trace.FetchRebuilt || s.Code == trace.FetchUnseen
}
