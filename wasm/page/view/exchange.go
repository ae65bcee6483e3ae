package view

import (
	"strconv"
	"strings"

	"vitrine/core/lint"
	"vitrine/core/trace"
	"vitrine/core/why"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// Bounds of what one exchange may put on the page.
const (
	maxContentLines = 300
	maxHeadLines    = 500
	maxSteps        = 200
	maxNotes        = 100
	maxLine         = 8 << 10 // bytes of one line
	hexBytes        = 256
)

// About is what is known of an exchange beside its record.
type About struct {
	Site     string        // the name of its site
	Original *trace.Record // of which this is the response again; nil if it is no repeat, or not kept
	Notes    []lint.Note
	Said     *lint.Sentences // what the notes say, nil until it was loaded
	Inline   bool            // content stands behind its head, not in a part of its own
}

// decisions is the record whose steps tell how the response came about.
func (a *About) decisions(r *trace.Record) *trace.Record {
	if a.Original != nil {
		return a.Original
	}
	return r
}

// Title appends the title of an exchange.
func Title(l *fragment.List, r *trace.Record) {
	l.Open("title")
	l.Fill("number", fragment.Number(r.ID))
	requestLine(l, r)
	l.Close()
}

// requestLine fills the places of method and target: the target is cut in its
// middle where there is no room, never at its end.
func requestLine(l *fragment.List, r *trace.Record) {
	method := r.Request.Method.Text
	l.Slot("method")
	l.Bytes(method[:min(len(method), maxWord)], fragment.ASCII)
	head, tail := SplitTail(r.Request.Target.Text)
	l.Slot("head")
	l.Bytes(head[:min(len(head), MaxTarget)], fragment.ASCII)
	l.Slot("tail")
	l.Bytes(tail, fragment.ASCII)
}

// Exchange appends an exchange: the verdict, both messages, the way to the
// file, what decided, the notes, and a place for the content.
func Exchange(l *fragment.List, r *trace.Record, about *About) {
	l.Open("exchange")
	verdict(l, r, about)
	if n := len(about.Notes); n > 0 {
		l.Fill("count", strconv.Itoa(n))
	}
	l.Slot("request")
	request(l, r, about)
	l.Slot("response")
	response(l, r, about)
	l.Slot("path")
	path(l, about.decisions(r))
	l.Slot("decision")
	ladder(l, about.decisions(r))
	noted(l, r)
	l.Slot("notes")
	notes(l, about)
	l.Close()
}

// request appends the request as it came, and what is known beside it.
func request(l *fragment.List, r *trace.Record, about *About) {
	l.Open("request-title")
	if tag := tag(r.Source); tag != "" {
		l.Slot("tag")
		l.Put("tag", tag)
	}
	l.Fill("origin", words.Say(origin(r.Source)))
	l.Close()
	lines(l, r, trace.In, about)
	if r.Source == trace.Rebuilt {
		missing(l, r)
	}
}

// response appends the response as the core wrote it.
func response(l *fragment.List, r *trace.Record, about *About) {
	l.Put("response-title", "")
	lines(l, r, trace.Out, about)
	if r.Source == trace.Rebuilt {
		l.Put("response-rebuilt", "")
	}
}

// origin is the code of where a request comes from.
func origin(p trace.Provenance) string {
	switch p {
	case trace.Rebuilt, trace.Typed, trace.Simulated:
		return "origin." + p.String()
	}
	return "origin.wire"
}

// tag is the word for a message that is not what passed a socket.
func tag(p trace.Provenance) string {
	switch p {
	case trace.Rebuilt, trace.Unknown, trace.Simulated, trace.Typed, trace.Redacted:
		return words.Say("provenance." + p.String())
	}
	return ""
}

// ofRequest reports whether a step is about the request as the browser gave
// it, not about what the server did.
func ofRequest(s *trace.Step) bool {
	return s.Code == trace.FetchRebuilt || s.Code == trace.FetchUnseen
}

// path appends the way from the target to the file.
func path(l *fragment.List, r *trace.Record) {
	way := why.Path(r)
	if len(way) == 0 {
		l.Put("path-none", "")
		return
	}
	l.Open("chain")
	for i := range way {
		station(l, &way[i])
	}
	l.Close()
}

// reference appends a link to where a rule is written.
func reference(l *fragment.List, ref string) {
	ref = Clip(ref, maxWord)
	if url := RefURL(ref); url != "" {
		l.Text(" ")
		l.Open("reference")
		l.Attr("href", url)
		l.Text(ref)
		l.Close()
	} else if ref != "" {
		l.Text(" (" + ref + ")")
	}
}

// shortened is a reference as notes show it: "§14.1.2" of RFC 9110, and others
// with the number.
func shortened(ref string) string {
	return strings.TrimPrefix(strings.TrimPrefix(ref, "RFC 9110 "), "RFC ")
}
