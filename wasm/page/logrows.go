//go:build js

package main

import (
	"vitrine/core/trace"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/view"
)

// passes reports whether r belongs into the table.
func (t *logTable) passes(r *trace.Record) bool {
	return (t.allSites || r.Site == t.app.current) && t.filter.Match(r, t.app.siteName(r.Site))
}

// row appends the row of r.
func (t *logTable) row(l *fragment.List, r *trace.Record) {
	site := ""
	if t.allSites {
		site = t.app.siteName(r.Site)
	}
	t.last++
	view.Row(l, r, site, t.last, r.ID == t.selected)
}

// maxRows is how many rows are drawn in one go, while no more than four times
// as many wait: a site that loads should not wait for its log.
const maxRows = 30

// arrived takes in the records that came since the last drawing, in one write.
// It reports whether some are left for the next.
func (t *logTable) arrived() (more bool) {
	kept, _ := t.app.log.Records()
	i := len(kept)
	for i > 0 && kept[i-1].ID > t.through {
		i--
	}
	fresh := kept[i:]
	if len(fresh) == 0 {
		return false
	}
	if t.paused {
		t.announce(fresh)
		t.hidden += kept[len(kept)-1].ID - t.through
		t.through = kept[len(kept)-1].ID
		return false
	}
	if n := max(maxRows, len(fresh)/4); len(fresh) > n {
		fresh, more = fresh[:n], true
	}
	t.announce(fresh)
	t.through = fresh[len(fresh)-1].ID
	var l fragment.List
	added := int64(0)
	for _, r := range fresh {
		if t.passes(r) {
			t.row(&l, r)
			t.ids = append(t.ids, r.ID)
			added++
		}
	}
	if added > 0 {
		appendTo(t.body, &l)
	}
	t.trim(kept)
	if t.following {
		t.toEnd()
	} else {
		t.unseen += added
	}
	// The first page that was loaded is shown before anybody chose.
	if t.app.exchange.rec == nil && len(t.ids) > 0 {
		t.selectRow(t.ids[0])
	}
	return more
}

// trim removes the rows of records that the log dropped. Both are in the
// order of their numbers.
func (t *logTable) trim(kept []*trace.Record) {
	left := t.ids[:0]
	for _, id := range t.ids {
		for len(kept) > 0 && kept[0].ID < id {
			kept = kept[1:]
		}
		if len(kept) > 0 && kept[0].ID == id {
			left = append(left, id)
		} else if e := t.element(id); e != nil {
			e.Call("remove")
		}
	}
	t.ids = left
}

// renew makes all rows again, after the filter or the scope changed.
func (t *logTable) renew() {
	kept, _ := t.app.log.Records()
	t.last, t.unseen, t.hidden, t.ids = 1, 0, 0, t.ids[:0]
	var l fragment.List
	for _, r := range kept {
		t.through = r.ID
		if t.passes(r) {
			t.row(&l, r)
			t.ids = append(t.ids, r.ID)
		}
	}
	replaceIn(t.body, &l)
	t.toEnd()
	t.app.change()
}

// scopeChanged follows the site in front.
func (t *logTable) scopeChanged() {
	if !t.allSites {
		t.renew()
	}
}
