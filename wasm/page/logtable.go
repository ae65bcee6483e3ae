//go:build js

package main

import (
	"slices"
	"strconv"
	"time"

	"vitrine/core/trace"
	"vitrine/wasm/page/filter"
	"vitrine/wasm/page/loads"
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
	byPage   bool   // rows stand below their page loads
	sortBy   string // "number", or what the rows are sorted by

	unasked []*unasked // what has no record, in the order in which it came
	ghosts  int        // so many came

	loads  loads.Loads
	loadOf map[int64]*loads.Load // by record
	groups []*group              // in the order of the rows; one without a load if they are not grouped

	limit    int   // how many rows are drawn when all are made again, the newest
	older    int   // rows that are not drawn
	floor    int64 // records through this one are cleared, and can still come back
	silenced int64 // so are rows without a record, through this id
	dropped  int64 // records that the log had dropped when rows were trimmed last
	through  int64 // the newest record that was looked at
	last     int64 // aria-rowindex of the newest row
	selected int64 // record shown in the exchange, 0 if none
	tabStop  int64 // row that Tab leads to: a record, or a load as its negative key

	following bool // the end is in sight: new rows scroll into view
	unseen    int64
	hidden    int64 // records that came while paused
}

// group is rows that stand together.
type group struct {
	load   *loads.Load // nil if rows are not grouped
	folded bool
	ids    []int64 // of its records, in the order of the rows
	span   time.Duration
}

func newLogTable(a *app) *logTable {
	t := &logTable{
		app: a, body: byID("tbody"), rows: byID("rows"), tail: byID("tail"), none: byID("nothing"), grid: byID("grid"),
		following: true, last: 1, limit: maxLogRows, byPage: stored("by-page") != "off", sortBy: "number", loadOf: map[int64]*loads.Load{},
	}
	byID("by-page").SetAttribute("aria-pressed", boolText(t.byPage))
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

// grouped reports whether rows stand below their loads: only in the order in
// which they came.
func (t *logTable) grouped() bool { return t.byPage && t.sortBy == "number" }

// count is how many records have a row.
func (t *logTable) count() (n int) {
	for _, g := range t.groups {
		for _, id := range g.ids {
			if id < firstUnasked {
				n++
			}
		}
	}
	return n
}

// order is what the rows that can be seen are, from the first to the last:
// records, and loads as their negative keys.
func (t *logTable) order() (ids []int64) {
	for _, g := range t.groups {
		if g.load != nil {
			ids = append(ids, -g.load.Key)
		}
		if !g.folded {
			ids = append(ids, g.ids...)
		}
	}
	return ids
}

// has reports whether a record has a row.
func (t *logTable) has(id int64) bool {
	for _, g := range t.groups {
		if slices.Contains(g.ids, id) {
			return true
		}
	}
	return false
}

// groupOf is the group of a load, by its key; nil if it has no rows.
func (t *logTable) groupOf(key int64) *group {
	for _, g := range t.groups {
		if g.load != nil && g.load.Key == key {
			return g
		}
	}
	return nil
}

// element is the row of a record, or of a load by its negative key.
func (t *logTable) element(id int64) element {
	switch {
	case id < 0:
		return find(view.LoadID(-id))
	case id >= firstUnasked:
		return find("g" + strconv.FormatInt(id-firstUnasked, 10))
	}
	return find(view.RowID(id))
}

// take sorts a record that came into its load. The loads of records that are
// gone are forgotten now and then, whether they had a row or not.
func (t *logTable) take(r *trace.Record) {
	t.loadOf[r.ID] = t.loads.Of(r)
	if len(t.loadOf) <= 2*trace.DefaultRecords {
		return
	}
	for id := range t.loadOf {
		if t.app.recordByID(id) == nil {
			delete(t.loadOf, id)
		}
	}
}

// hideThrough takes the rows of records through a number out of sight, or, for
// 0, brings back what was hidden.
func (t *logTable) hideThrough(id int64) {
	t.floor, t.silenced = id, 0
	if id != 0 {
		t.silenced = firstUnasked + int64(t.ghosts)
		t.selected = 0
		t.app.exchange.show(nil)
	}
	t.renew()
}

// forgetHidden is called when the log has forgotten what is out of sight.
func (t *logTable) forgetHidden() {
	n := 0
	for n < len(t.unasked) && t.unasked[n].id <= t.silenced {
		n++
	}
	t.forgetUnasked(n)
	t.hideThrough(0)
}

// regroup turns the grouping by page loads on or off.
func (t *logTable) regroup() {
	t.byPage = !t.byPage
	if t.byPage {
		t.sorted("number")
	}
	store("by-page", [...]string{"off", "on"}[map[bool]int{true: 1}[t.byPage]])
	byID("by-page").SetAttribute("aria-pressed", boolText(t.byPage))
	t.renew()
}
