package view

import (
	"strconv"

	"vitrine/core/trace"
	"vitrine/wasm/page/markup"
)

// RowID is the id of the row of a record in the document.
func RowID(id int64) string { return "r" + strconv.FormatInt(id, 10) }

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
func Row(b []byte, r *trace.Record, site string, index int64, selected bool) []byte {
	b = append(b, `<tr role="row" id="`...)
	b = append(b, RowID(r.ID)...)
	b = append(b, `" tabindex="-1" aria-rowindex="`...)
	b = strconv.AppendInt(b, index, 10)
	b = append(b, `" aria-selected="`...)
	b = strconv.AppendBool(b, selected)
	b = append(b, `">`...)

	cell := func(class string) { b = append(append(append(b, `<td role="gridcell" class="`...), class...), `">`...) }
	end := func() { b = append(b, `</td>`...) }

	cell("n")
	b = strconv.AppendInt(b, r.ID, 10)
	end()
	cell("m")
	method := r.Request.Method.Text
	b = markup.Bytes(b, method[:min(len(method), maxWord)], markup.ASCII)
	end()

	b = append(b, `<td role="gridcell" class="t" title="`...)
	b = markup.Text(b, Clip(r.Request.Target.Text, MaxTarget))
	b = append(b, `"><span class="mid">`...)
	head, tail := SplitTail(r.Request.Target.Text)
	head = head[:min(len(head), MaxTarget)]
	b = append(b, `<span>`...)
	if site != "" {
		b = append(b, `<span class="at">`...)
		b = markup.Text(b, site)
		b = append(b, ` </span>`...)
	}
	b = markup.Bytes(b, head, markup.ASCII)
	b = append(b, `</span><span>`...)
	b = markup.Bytes(b, tail, markup.ASCII)
	b = append(b, `</span></span>`...)
	end()

	cell("s " + statusClass(r.Status))
	b = markup.Text(b, Clip(Status(r), maxWord))
	end()
	cell("y")
	b = markup.Text(b, Clip(TypeLabel(r.Type()), maxWord))
	end()
	cell("z")
	b = append(b, Size(r.Size)...)
	end()
	cell("e")
	b = append(b, Duration(r.Elapsed)...)
	end()
	cell("p")
	if tag := tag(r.Source); tag != "" {
		b = append(b, `<span class="rebuilt-mark">`...)
		b = append(b, tag...)
		b = append(b, `</span>`...)
	} else {
		b = append(b, `<span class="plain-mark">`...)
		b = append(b, r.Source.String()...)
		b = append(b, `</span>`...)
	}
	end()
	return append(b, `</tr>`...)
}
