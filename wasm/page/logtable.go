//go:build js

package main

import (
	"slices"

	"vitrine/wasm/page/filter"
	"vitrine/wasm/page/view"
)

// logTable is the live log: the rows that fit the filter, the newest last.
// It is one tab stop; arrows move within it. Rows are stable elements, named
// for their record, so focus and selection survive what arrives.
type logTable struct {
	app  *app
	body element
	rows element // scrolls
	tail element
	none element
	grid element

	filter   filter.Filter
	allSites bool
	paused   bool

	ids      []int64 // of the rows, in order
	through  int64   // the newest record that was looked at
	last     int64   // aria-rowindex of the newest row
	selected int64   // record shown in the exchange, 0 if none
	tabStop  int64   // row that Tab leads to

	following bool // the end is in sight: new rows scroll into view
	unseen    int64
	hidden    int64 // records that came while paused
}

func newLogTable(a *app) *logTable {
	t := &logTable{
		app: a, body: byID("tbody"), rows: byID("rows"), tail: byID("tail"), none: byID("nothing"), grid: byID("grid"),
		following: true, last: 1,
	}
	on(t.body.Value, "click", func(e event) {
		if row := closest(e, "tr"); row != nil {
			t.open(rowRecord(row))
		}
	})
	on(t.body.Value, "keydown", t.key)
	on(t.rows.Value, "scroll", func(event) { t.scrolled() })
	on(byID("filter").Value, "input", func(event) { t.refilter() })
	on(byID("scope").Value, "change", func(e event) {
		t.allSites = e.Get("target").Get("checked").Bool()
		t.renew()
	})
	return t
}

// count is how many rows there are.
func (t *logTable) count() int { return len(t.ids) }

// index is where the row of a record is; -1 if it has none. Numbers rise.
func (t *logTable) index(id int64) int {
	if i, ok := slices.BinarySearch(t.ids, id); ok {
		return i
	}
	return -1
}

func (t *logTable) element(id int64) element { return find(view.RowID(id)) }

func (t *logTable) clear() {
	t.app.log.Clear()
	t.selected = 0
	t.app.exchange.show(nil)
	t.renew()
}
