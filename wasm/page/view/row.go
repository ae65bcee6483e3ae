package view

import (
	"strconv"
	"time"

	"vitrine/core/lint"
	"vitrine/core/trace"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/loads"
	"vitrine/wasm/sites"
	"vitrine/wasm/words"
)

// RowID is the id of the row of a record in the document.
func RowID(id int64) string { return "r" + fragment.Number(id) }

// LoadID is the id of the row of a load, by its key.
func LoadID(key int64) string { return "l" + fragment.Number(key) }

// Bounds of what a row takes from a record, in bytes. There are thousands of
// rows, and a record may be made up by a script of the site.
const (
	maxWord   = 64
	MaxTarget = 2048 // of the target
)

// Clip cuts s after n bytes and says so.
func Clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n-- // not within a character
	}
	return s[:n] + " …"
}

// Place is where a row stands, and how.
type Place struct {
	Site     string // shown before the target if it is not empty
	Index    int64  // in the grid, counted from 1 and with the head
	Grouped  bool   // below the row of its load
	Selected bool
	Hidden   bool // its load is folded
	Notes    int  // how many there are, 0 if that is not known yet: see Worth
	// Begin is when the bar of the load begins, Span how long it is; a row
	// without a load has a bar of its own length.
	Begin time.Time
	Span  time.Duration
}

// Row appends a row of the log.
func Row(l *fragment.List, r *trace.Record, at *Place) {
	l.Open("row")
	l.Attr("id", RowID(r.ID))
	l.Attr("aria-rowindex", fragment.Number(at.Index))
	l.Attr("aria-selected", boolText(at.Selected))
	if at.Grouped {
		l.Attr("aria-level", "2")
	}
	if class := failure(r.Status); class != "" || at.Hidden {
		if at.Hidden {
			class += " folded-away"
		}
		l.Attr("class", class)
	}
	l.Slot("number")
	if tag := tag(r.Source); tag != "" {
		l.Open("source")
		l.Attr("class", r.Source.String())
		l.Attr("title", tag)
		l.Fill("word", tag)
		l.Close()
	}
	l.Text(fragment.Number(r.ID))

	l.Slot("state")
	l.Attr("class", "st "+statusClass(r.Status))
	l.Slot("shape")
	l.Attr("href", statusShape(r.Status))
	l.Fill("code", statusNumber(r))
	l.Fill("reason", Clip(r.Response.Reason.Text, maxWord))
	kind, size, took := Clip(TypeLabel(r.Type()), maxWord), Size(r.Size), Duration(r.Elapsed)
	l.Fill("two", joined(kind, size, took))

	l.Slot("target")
	l.Attr("title", Clip(r.Request.Target.Text, MaxTarget))
	if at.Site != "" {
		l.Slot("site")
		l.Put("site-of-row", at.Site+" ")
	}
	requestLine(l, r)

	l.Fill("by", Clip(Asker(r), maxWord))
	l.Fill("type", kind)
	l.Fill("size", size)
	l.Fill("time", took)
	if at.Notes > 0 {
		l.Slot("notes")
		RowNotes(l, at.Notes)
	}
	bar(l, r, at)
	l.Close()
}

// RowNotes appends how many notes a row has, for its place.
func RowNotes(l *fragment.List, n int) {
	l.Text(strconv.Itoa(n))
	l.Put("notes-word", " "+words.Say("notes.word"))
}

// UnaskedRow appends the row of something that a site did without its server
// being asked: it has no number, and what is known of it is said in words.
func UnaskedRow(l *fragment.List, number int, u *sites.Unasked, at *Place) {
	l.Open("unasked")
	l.Attr("id", "g"+strconv.Itoa(number))
	l.Attr("aria-rowindex", fragment.Number(at.Index))
	if at.Hidden {
		l.Attr("class", "ghost folded-away")
	}
	if at.Grouped {
		l.Attr("aria-level", "2")
	}
	l.Slot("target")
	l.Attr("title", Clip(u.Target, MaxTarget))
	head, tail := SplitTail(u.Target)
	l.Slot("head")
	l.Bytes(head[:min(len(head), MaxTarget)], fragment.UTF8)
	l.Slot("tail")
	l.Bytes(tail, fragment.UTF8)
	l.Fill("by", Clip(u.Kind, maxWord))
	says := words.Say("silence." + u.Why)
	l.Slot("says")
	l.Attr("title", words.Say("unasked."+u.Why, Clip(u.Target, MaxTarget)))
	l.Text(says)
	l.Fill("two", says)
	l.Close()
}

// Worth is how many notes are about the exchange alone: what holds for each one
// of a server or browser is not counted in each row.
func Worth(notes []lint.Note) (n int) {
	for i := range notes {
		if !lint.Standing(notes[i].ID) && notes[i].Level != lint.Good {
			n++
		}
	}
	return n
}

// failure is the class of the row of a failure.
func failure(status int) string {
	switch {
	case status >= 400 && status < 500:
		return "e4"
	case status >= 500 || status == 0:
		return "e5"
	}
	return ""
}

// joined is what a narrow row says of a response.
func joined(parts ...string) string {
	text := ""
	for _, p := range parts {
		if p != "" && text != "" {
			text += " · "
		}
		text += p
	}
	return text
}

// bar appends when the request came, how long it waited for the first byte of
// the response, and how long that was sent, within the load of its page.
func bar(l *fragment.List, r *trace.Record, at *Place) {
	if at.Span <= 0 {
		return
	}
	percent := func(d time.Duration) string {
		tenths := min(max(int64(d)*1000/int64(at.Span), 0), 1000)
		return strconv.FormatInt(tenths/10, 10) + "." + strconv.FormatInt(tenths%10, 10) + "%"
	}
	waited := r.Elapsed
	for i := range r.Steps[:min(len(r.Steps), maxSteps)] {
		if s := &r.Steps[i]; s.Kind == trace.Out && s.Code == trace.Header {
			waited = min(s.At, r.Elapsed)
			break
		}
	}
	begin := r.Start.Sub(at.Begin)
	l.Slot("waited")
	l.Attr("x", percent(begin))
	l.Attr("width", percent(max(waited, at.Span/100)))
	l.Slot("sent")
	l.Attr("x", percent(begin+max(waited, at.Span/100)))
	l.Attr("width", percent(max(r.Elapsed-waited, at.Span/100)))
}

// LoadRow appends the row of a load: what follows it are its requests.
func LoadRow(l *fragment.List, load *loads.Load, at *Place, expanded bool) {
	l.Open("load")
	l.Attr("id", LoadID(load.Key))
	l.Attr("aria-rowindex", fragment.Number(at.Index))
	l.Attr("aria-expanded", boolText(expanded))
	l.Slot("what")
	switch {
	case load.ID != 0:
		l.Text(words.Say("load.page"))
		l.Slot("path")
		l.Bytes(Clip(load.Path, MaxTarget), fragment.ASCII)
	case load.Source == trace.Typed:
		l.Text(words.Say("load.typed"))
	default:
		l.Text(words.Say("load.other"))
	}
	if load.Failed > 0 {
		l.Slot("failed")
		l.Text(words.Plural("failed", load.Failed))
	}
	l.Fill("facts", joined(at.Site, Clock(load.Start)[:len("15:04:05")], words.Plural("requests", load.Requests), Size(load.Bytes), Duration(load.End.Sub(load.Start))))
	l.Close()
}

func boolText(v bool) string {
	if v {
		return "true"
	}
	return "false"
}
