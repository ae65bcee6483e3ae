//go:build js

package main

import (
	"slices"

	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/loads"
	"vitrine/wasm/page/view"
	"vitrine/wasm/sites"
)

// Rows of what has no record have ids above those of records.
const firstUnasked = 1 << 40

// maxUnasked bounds how many such rows there are; the oldest gives way.
const maxUnasked = 500

// unasked is one such row.
type unasked struct {
	sites.Unasked
	id    int64
	after int64       // the newest record when it came
	load  *loads.Load // nil until the record of its page came: that is told another way
	drawn bool
}

// silence takes what a site did without its server being asked. It is drawn
// with the records, below the page that did it.
func (t *logTable) silence(u sites.Unasked) {
	t.ghosts++
	x := &unasked{Unasked: u, id: firstUnasked + int64(t.ghosts)}
	if kept, _ := t.app.log.Records(); len(kept) > 0 {
		x.after = kept[len(kept)-1].ID
	}
	t.unasked = append(t.unasked, x)
	if len(t.unasked) > maxUnasked {
		t.forgetUnasked(1)
	}
	t.app.fresh++
	t.app.changeSoon()
}

// drawUnasked draws the rows that are not drawn and have a place by now.
func (t *logTable) drawUnasked() {
	if t.paused {
		return
	}
	for _, x := range t.unasked {
		if x.drawn || x.after > t.through || !t.placed(x) {
			continue
		}
		g := t.groupOfUnasked(x)
		if g == nil {
			continue
		}
		at := t.end(g)
		t.put(x, g)
		var l fragment.List
		t.rowOf(&l, g, x.id)
		t.putBehind(at, &l)
	}
}

// put puts such a row behind those that are in a group.
func (t *logTable) put(x *unasked, g *group) {
	x.drawn = true
	g.ids = append(g.ids, x.id)
}

// forgetUnasked forgets the oldest n of them, and their rows.
func (t *logTable) forgetUnasked(n int) {
	for _, x := range t.unasked[:n] {
		if e := t.element(x.id); e != nil {
			e.Call("remove")
		}
		for _, g := range t.groups {
			g.ids = slices.DeleteFunc(g.ids, func(id int64) bool { return id == x.id })
		}
	}
	t.unasked = append([]*unasked(nil), t.unasked[n:]...)
}

// placed reports whether the table as it is has a place for a row without a
// record: in the order of time, without a filter, which is about records, and
// below its page, if that is known.
func (t *logTable) placed(x *unasked) bool {
	if t.sortBy != "number" || !t.filter.Empty() || x.id <= t.silenced || !t.allSites && x.Site != t.app.current {
		return false
	}
	if x.load == nil {
		x.load = t.loads.Last(x.Site)
	}
	return x.load != nil
}

// groupOfUnasked is the group that such a row belongs to, nil if none is shown.
func (t *logTable) groupOfUnasked(x *unasked) *group {
	if t.grouped() {
		return t.groupOf(x.load.Key)
	}
	if len(t.groups) > 0 {
		return t.groups[0]
	}
	return nil
}

// place puts such a row, which is not drawn, into its group, if that is shown.
func (t *logTable) place(x *unasked) {
	if x.drawn = false; !t.placed(x) {
		return
	}
	if g := t.groupOfUnasked(x); g != nil {
		t.put(x, g)
	}
}

// rowOf appends the row of an id.
func (t *logTable) rowOf(l *fragment.List, g *group, id int64) {
	if id < firstUnasked {
		if r := t.app.recordByID(id); r != nil {
			t.row(l, g, r)
		}
		return
	}
	for _, x := range t.unasked {
		if x.id == id {
			t.last++
			view.UnaskedRow(l, int(id-firstUnasked), &x.Unasked, &view.Place{Index: t.last, Grouped: g.load != nil, Hidden: g.folded})
		}
	}
}
