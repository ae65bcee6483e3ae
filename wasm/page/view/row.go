package view

import (
	"vitrine/core/trace"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// RowID is the id of the row of a record in the document.
func RowID(id int64) string { return "r" + fragment.Number(id) }

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

// Row appends a row of the log. site is shown before the target if it is not
// empty; index is the row's place in the grid, counted from 1 and with the
// head.
func Row(l *fragment.List, r *trace.Record, site string, index int64, selected bool) {
	l.Open("row")
	l.Attr("id", RowID(r.ID))
	l.Attr("aria-rowindex", fragment.Number(index))
	l.Attr("aria-selected", boolText(selected))
	l.Fill("number", fragment.Number(r.ID))
	method := r.Request.Method.Text
	l.Slot("method")
	l.Bytes(method[:min(len(method), maxWord)], fragment.ASCII)

	l.Slot("target")
	l.Attr("title", Clip(r.Request.Target.Text, MaxTarget))
	head, tail := SplitTail(r.Request.Target.Text)
	l.Slot("head")
	if site != "" {
		l.Put("site-of-row", site+" ")
	}
	l.Bytes(head[:min(len(head), MaxTarget)], fragment.ASCII)
	l.Slot("tail")
	l.Bytes(tail, fragment.ASCII)

	l.Slot("status")
	l.Attr("class", "s "+statusClass(r.Status))
	l.Text(Clip(Status(r), maxWord))
	l.Fill("type", Clip(TypeLabel(r.Type()), maxWord))
	l.Fill("size", Size(r.Size))
	l.Fill("time", Duration(r.Elapsed))
	l.Slot("provenance")
	if tag := tag(r.Source); tag != "" {
		l.Put("rebuilt-mark", tag)
	} else {
		l.Put("plain-mark", words.Say("provenance."+r.Source.String()))
	}
	l.Close()
}

func boolText(v bool) string {
	if v {
		return "true"
	}
	return "false"
}
