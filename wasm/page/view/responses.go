package view

import (
	"strconv"
	"strings"

	"vitrine/core/trace"
	reasons "vitrine/core/why"
	sentences "vitrine/core/words"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// Responses are what came back over one typed connection.
type Responses struct {
	Profile string
	Records []*trace.Record // of the exchanges that are over
	Pending []byte          // written, and not in a record yet
	State   string          // of the connection, in words
}

// Status is the status of the newest response.
func (r *Responses) status() (text, class string) {
	for i := len(r.Records) - 1; i >= 0; i-- {
		if s := r.Records[i].Status; s != 0 {
			return Status(r.Records[i]), statusClass(s)
		}
	}
	return "", ""
}

// Append appends them, the newest exchange last, in the order in which the
// server wrote them.
func (r *Responses) Append(l *fragment.List) {
	l.Open("typed-responses")
	l.Attr("aria-label", r.Profile)
	l.Fill("profile", r.Profile)
	if status, class := r.status(); status != "" {
		l.Slot("status")
		l.Attr("class", "st "+class)
		l.Text(status)
	}
	l.Fill("state", r.State)
	l.Slot("list")
	for _, rec := range r.Records {
		r.exchange(l, rec)
	}
	if len(r.Pending) > 0 {
		l.Put("typed-pending", words.Say("typed.pending"))
		pending := &trace.Record{}
		pending.AddBytes(trace.Out, trace.Wire, 0, trace.Header, string(r.Pending[:min(len(r.Pending), maxLine)]))
		lines(l, pending, trace.Out, &About{Inline: true})
	}
	l.Close()
}

func (r *Responses) exchange(l *fragment.List, rec *trace.Record) {
	if rec.Status == 0 && !rec.IsExchange() {
		return // the connection alone: State says it
	}
	v := reasons.Of(rec)
	l.Open("typed-verdict")
	l.Slot("text")
	l.Text(sentences.SaidText(&v))
	reference(l, sentences.SaidReference(rec, &v))
	l.Slot("open")
	l.Attr("data-record", fragment.Number(rec.ID))
	l.Attr("aria-label", words.Say("typed.open", fragment.Number(rec.ID)))
	l.Close()
	lines(l, rec, trace.Out, &About{Inline: true})
	l.Put("typed-ends", Ending(rec))
}

// Ending says how a client knows where a response ends.
func Ending(r *trace.Record) string {
	length, sized := r.Response.Fields.Lookup("Content-Length")
	coding, coded := r.Response.Fields.Lookup("Transfer-Encoding")
	switch {
	case r.Status == 0:
		return words.Say("typed.ends-none")
	case r.Response.Proto.Text == "":
		return words.Say("typed.ends-bare")
	case r.Request.Method.Text == "HEAD" || r.Status == 204 || r.Status == 304:
		return words.Say("typed.ends-rule")
	case coded && strings.EqualFold(coding, "chunked"):
		return words.Say("typed.ends-chunked")
	case sized:
		return words.Say("typed.ends-length", length)
	}
	return words.Say("typed.ends-close")
}

// ConnectionEnd says who closed the connection of a record and why, empty if
// it stays open.
func ConnectionEnd(r *trace.Record) string {
	for i := len(r.Steps) - 1; i >= 0; i-- {
		if s := &r.Steps[i]; s.Code == trace.ConnClosed {
			return sentences.Sentence(s)
		}
	}
	return ""
}

// OutLen is how many bytes of the server a record has, those that were not kept
// with them.
func OutLen(r *trace.Record) int {
	n := int64(0)
	for i := range r.Steps {
		if s := &r.Steps[i]; s.Kind == trace.Out {
			n = max(n, s.Off+s.Len)
		}
	}
	return int(n)
}

// ConnectionName is what a typed connection is called.
func ConnectionName(n int64) string { return "c" + strconv.FormatInt(n, 10) }
