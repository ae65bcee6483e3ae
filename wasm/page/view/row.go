package view

import (
	"strconv"

	"vitrine/core/trace"
	"vitrine/wasm/page/markup"
)

// RowID is the id of the row of a record in the document.
func RowID(id int64) string { return "r" + strconv.FormatInt(id, 10) }

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
	b = markup.Bytes(b, r.Method, markup.ASCII)
	end()

	b = append(b, `<td role="gridcell" class="t" title="`...)
	b = markup.Text(b, r.Target)
	b = append(b, `"><span class="mid">`...)
	head, tail := SplitTail(r.Target)
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
	b = markup.Text(b, Status(r))
	end()
	cell("y")
	b = markup.Text(b, TypeLabel(r.Type))
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
