//go:build js

package main

import (
	"time"

	"vitrine/core/trace"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/view"
)

// passes reports whether r belongs into the table.
func (t *logTable) passes(r *trace.Record) bool {
	return r.ID > t.floor && (t.allSites || r.Site == t.app.current) && t.filter.Match(r, t.app.siteName(r.Site))
}

// row appends the row of r.
func (t *logTable) row(l *fragment.List, g *group, r *trace.Record) {
	t.last++
	at := view.Place{Index: t.last, Grouped: g.load != nil, Selected: r.ID == t.selected, Hidden: g.folded, Notes: t.app.notes.worth[r.ID]}
	t.app.notes.later(r.ID)
	if t.allSites && g.load == nil {
		at.Site = t.app.siteName(r.Site)
	}
	if load := t.loadOf[r.ID]; load != nil {
		at.Begin, at.Span = load.Start, span(load.End.Sub(load.Start))
	}
	view.Row(l, r, &at)
}

// span is how long the bar of a load is: a power of two, so that its rows are
// drawn again only when it doubles.
func span(d time.Duration) time.Duration {
	s := 16 * time.Millisecond
	for s < d && s < time.Hour {
		s *= 2
	}
	return s
}

// loadRow appends the row of a load.
func (t *logTable) loadRow(l *fragment.List, g *group) {
	t.last++
	at := view.Place{Index: t.last}
	if t.allSites {
		at.Site = t.app.siteName(g.load.Site)
	}
	view.LoadRow(l, g.load, &at, !g.folded)
}

// maxRows is how many rows are drawn in one go, while no more than four times
// as many wait: a site that loads should not wait for its log.
const maxRows = 30

// arrived takes in what came since the last drawing, the records in one write
// for each load, and tells how many are left for the next.
func (t *logTable) arrived() (more int) {
	more = t.takeIn()
	t.drawUnasked()
	if t.following {
		t.toEnd()
	}
	return more
}

// takeIn takes in records, and tells how many are left.
func (t *logTable) takeIn() (more int) {
	kept, _ := t.app.log.Records()
	i := len(kept)
	for i > 0 && kept[i-1].ID > t.through {
		i--
	}
	fresh := kept[i:]
	if len(fresh) == 0 {
		return 0
	}
	if t.paused {
		t.announce(fresh)
		t.hidden += kept[len(kept)-1].ID - t.through
		t.through = kept[len(kept)-1].ID
		return 0
	}
	behind := t.following && len(fresh) > t.limit
	if n := max(maxRows, len(fresh)/4); len(fresh) > n && !behind {
		fresh, more = fresh[:n], len(fresh)-n
	}
	t.announce(fresh)
	t.through = fresh[len(fresh)-1].ID
	added := int64(0)
	var came []*trace.Record
	for _, r := range fresh {
		if t.passes(r) {
			came = append(came, r)
			added++
		}
	}
	if t.sortBy != "number" && added > 0 || behind {
		t.renew()
	} else {
		t.append(came)
	}
	t.trim()
	if t.following && t.count() > 2*t.limit {
		t.renew() // not while the person reads: it leads to the end
	}
	if !t.following {
		t.unseen += added
	}
	// The first page that was loaded is shown before anybody chose.
	if t.app.exchange.rec == nil && len(came) > 0 {
		t.selectRow(came[0].ID)
	}
	return more
}

// append adds the rows of records to their groups.
func (t *logTable) append(came []*trace.Record) {
	for len(came) > 0 {
		g, begins := t.groupFor(came[0])
		n := 1
		for n < len(came) && g.load != nil && t.loadOf[came[n].ID] == g.load || g.load == nil && n < len(came) {
			n++
		}
		var l fragment.List
		if begins && g.load != nil {
			t.loadRow(&l, g)
		}
		for _, r := range came[:n] {
			t.row(&l, g, r)
		}
		at := t.end(g)
		for _, r := range came[:n] {
			g.ids = append(g.ids, r.ID)
		}
		t.putBehind(at, &l)
		if g.load != nil && !begins {
			t.refreshLoad(g)
		} else if g.load != nil {
			g.span = span(g.load.End.Sub(g.load.Start))
		}
		came = came[n:]
	}
}

// groupFor is the group that a record belongs to; begins says that it is new.
func (t *logTable) groupFor(r *trace.Record) (g *group, begins bool) {
	if !t.grouped() {
		if len(t.groups) == 0 {
			t.groups = append(t.groups, &group{})
		}
		return t.groups[0], false
	}
	load := t.loadOf[r.ID]
	if load == nil {
		load = t.loads.Of(r) // of a log that was read again
		t.loadOf[r.ID] = load
	}
	if g := t.groupOf(load.Key); g != nil {
		return g, false
	}
	g = &group{load: load}
	t.groups = append(t.groups, g)
	return g, true
}

// end is the row behind which the next one of a group goes; nil for the end of
// all.
func (t *logTable) end(g *group) element {
	if g == t.groups[len(t.groups)-1] || len(g.ids) == 0 {
		return nil
	}
	return t.element(g.ids[len(g.ids)-1])
}

// putBehind draws rows behind the one that end gave.
func (t *logTable) putBehind(at element, l *fragment.List) {
	if at == nil {
		appendTo(t.body, l)
	} else {
		putAfter(at, l)
	}
}

// refreshLoad brings the row of a load up to date, and the bars below it when
// they have another scale.
func (t *logTable) refreshLoad(g *group) {
	if e := t.element(-g.load.Key); e != nil {
		var l fragment.List
		t.loadRow(&l, g)
		t.last--
		stop := e.GetAttribute("tabindex")
		focused := document.Get("activeElement").Equal(e.Value)
		putAfter(e, &l)
		fresh := wrap(e.Get("nextElementSibling"))
		fresh.SetAttribute("tabindex", stop)
		e.Call("remove")
		if focused {
			fresh.Call("focus", map[string]any{"preventScroll": true})
		}
	}
	if s := span(g.load.End.Sub(g.load.Start)); s != g.span {
		g.span = s
		t.rescale(g)
	}
}

// rescale draws the rows of a group again.
func (t *logTable) rescale(g *group) {
	t.keepFocus(func() {
		last := t.last
		var l fragment.List
		for _, id := range g.ids {
			t.rowOf(&l, g, id)
			if e := t.element(id); e != nil {
				e.Call("remove")
			}
		}
		t.last = last
		if head := t.element(-g.load.Key); head != nil {
			putAfter(head, &l)
		}
		if t.tabStop > 0 {
			t.stopAt(t.tabStop)
		}
	})
}

// trim removes the rows of records that the log dropped since it did so last.
func (t *logTable) trim() {
	_, dropped := t.app.log.Records()
	if dropped == t.dropped {
		return
	}
	t.dropped = dropped
	groups := t.groups[:0]
	for _, g := range t.groups {
		left := g.ids[:0]
		for _, id := range g.ids {
			if id >= firstUnasked || t.app.recordByID(id) != nil {
				left = append(left, id)
				continue
			}
			if e := t.element(id); e != nil {
				e.Call("remove")
			}
		}
		g.ids = left
		if len(left) > 0 || g.load == nil {
			groups = append(groups, g)
		} else if e := t.element(-g.load.Key); e != nil {
			e.Call("remove")
		}
	}
	t.groups = groups
}

// renew makes all rows again, after the filter, the scope or the order changed.
func (t *logTable) renew() {
	kept, _ := t.app.log.Records()
	folded := map[int64]bool{}
	for _, g := range t.groups {
		if g.load != nil {
			folded[g.load.Key] = g.folded
		}
	}
	t.last, t.unseen, t.hidden, t.groups = 1, 0, 0, nil
	silent := t.unasked
	kept = t.newest(kept)
	for _, r := range kept {
		t.through = r.ID
		for len(silent) > 0 && silent[0].after < r.ID {
			t.place(silent[0])
			silent = silent[1:]
		}
		if t.passes(r) {
			g, begins := t.groupFor(r)
			if begins {
				g.folded = folded[g.load.Key]
			}
			g.ids = append(g.ids, r.ID)
		}
	}
	for _, u := range silent {
		t.place(u)
	}
	if len(t.groups) == 1 && t.groups[0].load == nil {
		t.sort(t.groups[0].ids)
	}
	var l fragment.List
	for _, g := range t.groups {
		if g.load != nil {
			g.span = span(g.load.End.Sub(g.load.Start))
			t.loadRow(&l, g)
		}
		for _, id := range g.ids {
			t.rowOf(&l, g, id)
		}
	}
	replaceIn(t.body, &l)
	if t.sortBy == "number" {
		t.toEnd()
	}
	t.app.change()
}

// maxLogRows is how many rows are drawn when all are made again; with twice as
// many they are made again. Others are drawn when the person gets there.
const maxLogRows = 200

// newest leaves out the records before the newest that belong into the table, as
// many as are drawn, and counts those of them that do.
func (t *logTable) newest(kept []*trace.Record) []*trace.Record {
	from, n := 0, 0
	for i := len(kept) - 1; i >= 0; i-- {
		if !t.passes(kept[i]) {
			continue
		}
		if n++; n == t.limit {
			from = i
		}
	}
	t.older = max(0, n-t.limit)
	return kept[from:]
}

// showOlder draws older rows, n in all, and what is in sight stays there.
func (t *logTable) showOlder(n int) {
	t.limit = n
	below := t.rows.Get("scrollHeight").Float() - t.rows.Get("scrollTop").Float()
	t.keepFocus(t.renew)
	t.rows.Set("scrollTop", t.rows.Get("scrollHeight").Float()-below)
	t.following = false
}

// keepFocus has rows made again, and the one that is focused stays so.
func (t *logTable) keepFocus(draw func()) {
	focus := rowRecord(wrap(document.Get("activeElement")))
	draw()
	if focus == 0 {
		return
	}
	if e := t.element(focus); e != nil {
		t.stopAt(focus)
		e.Call("focus", map[string]any{"preventScroll": true})
	}
}

// fold folds the rows of a load away, or brings them back.
func (t *logTable) fold(key int64, folded bool) {
	g := t.groupOf(key)
	if g == nil || g.folded == folded {
		return
	}
	g.folded = folded
	for _, id := range g.ids {
		if e := t.element(id); e != nil {
			setClass(e, "folded-away", folded)
		}
	}
	if e := t.element(-key); e != nil {
		e.SetAttribute("aria-expanded", boolText(!folded))
	}
}

// scopeChanged follows the site in front.
func (t *logTable) scopeChanged() {
	if !t.allSites {
		t.renew()
	}
	t.followExchange()
}

// followExchange never leaves the exchange of another site beside the log: the
// last one that has a row is shown.
func (t *logTable) followExchange() {
	if t.selected == 0 || t.has(t.selected) {
		return
	}
	if r := t.app.recordByID(t.selected); r != nil && (t.allSites || r.Site == t.app.current) {
		return // the filter hides its row
	}
	t.selected = 0
	t.app.exchange.show(nil)
	for i := len(t.groups) - 1; i >= 0; i-- {
		for _, id := range t.groups[i].ids {
			if id < firstUnasked {
				t.selectRow(id)
				return
			}
		}
	}
}
