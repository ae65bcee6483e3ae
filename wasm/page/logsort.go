//go:build js

package main

import (
	"sort"
	"strings"

	"vitrine/core/trace"
	"vitrine/wasm/page/view"
)

// sorted chooses what the rows are sorted by. Rows that are not in the order in
// which they came stand below no loads.
func (t *logTable) sorted(by string) {
	t.sortBy = by
	for _, h := range all("#grid th") {
		h.RemoveAttribute("aria-sort")
		if b := h.Call("querySelector", "[data-by="+by+"]"); b.Truthy() {
			h.SetAttribute("aria-sort", sortOrder(by))
		}
	}
}

// sortOrder is the direction of a column: numbers of what costs are largest
// first, since that is what one looks for.
func sortOrder(by string) string {
	switch by {
	case "size", "time", "notes", "status":
		return "descending"
	}
	return "ascending"
}

// resort sorts by a column, and by number again when it is chosen twice.
func (t *logTable) resort(by string) {
	if by == t.sortBy {
		by = "number"
	}
	t.sorted(by)
	t.renew()
	if by != "number" {
		t.rows.Set("scrollTop", 0)
	}
}

// sort puts the ids of records into the order that is chosen.
func (t *logTable) sort(ids []int64) {
	if t.sortBy == "number" {
		return
	}
	records := make([]*trace.Record, 0, len(ids))
	for _, id := range ids {
		records = append(records, t.app.recordByID(id))
	}
	sort.Sort(&chosen{t, records})
	for i, r := range records {
		ids[i] = r.ID
	}
}

// chosen sorts records by the column that is chosen.
type chosen struct {
	table   *logTable
	records []*trace.Record
}

func (c *chosen) Len() int { return len(c.records) }
func (c *chosen) Less(i, j int) bool {
	a, b := c.records[i], c.records[j]
	if c.table.before(a, b) {
		return true
	}
	return !c.table.before(b, a) && a.ID < b.ID // alike: as they came
}
func (c *chosen) Swap(i, j int) { c.records[i], c.records[j] = c.records[j], c.records[i] }

func (t *logTable) before(a, b *trace.Record) bool {
	switch t.sortBy {
	case "status":
		return a.Status > b.Status
	case "request":
		return a.Request.Target.Text < b.Request.Target.Text
	case "asker":
		return view.Asker(a) < view.Asker(b)
	case "type":
		return strings.ToLower(a.Type()) < strings.ToLower(b.Type())
	case "size":
		return a.Size > b.Size
	case "time":
		return a.Elapsed > b.Elapsed
	case "notes":
		return t.app.notes.count(a) > t.app.notes.count(b)
	}
	return a.ID < b.ID
}
