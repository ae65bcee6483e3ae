//go:build js

package main

import (
	"slices"

	"vitrine/wasm/decimal"
)

// stopAt makes a row the one that Tab leads to.
func (t *logTable) stopAt(id int64) {
	if e := t.element(t.tabStop); e != nil {
		e.SetAttribute("tabindex", "-1")
	}
	t.tabStop = id
	if e := t.element(id); e != nil {
		e.SetAttribute("tabindex", "0")
	}
}

// rowRecord is the record a row is named for, or the load as its negative key;
// 0 for what is no row.
func rowRecord(row element) int64 {
	name := row.ID()
	if name == "" || name[0] != 'r' && name[0] != 'l' && name[0] != 'g' {
		return 0
	}
	id, ok := decimal.Parse(name[1:])
	switch {
	case !ok:
		return 0
	case name[0] == 'l':
		return -id
	case name[0] == 'g':
		return firstUnasked + id
	}
	return id
}

// selectRow marks a row and shows its exchange.
func (t *logTable) selectRow(id int64) {
	r := t.app.recordByID(id)
	if r == nil {
		return
	}
	if e := t.element(t.selected); e != nil {
		e.SetAttribute("aria-selected", "false")
	}
	t.selected = id
	if e := t.element(id); e != nil {
		e.SetAttribute("aria-selected", "true")
	}
	t.stopAt(id)
	t.app.exchange.show(r)
}

// open selects a row and goes to its exchange where that is a view of its
// own.
func (t *logTable) open(id int64) {
	if id < 0 {
		if g := t.groupOf(-id); g != nil {
			t.stopAt(id)
			t.fold(-id, !g.folded)
		}
		return
	}
	if id >= firstUnasked {
		t.stopAt(id)
		return
	}
	t.selectRow(id)
	t.app.panes.openExchange()
}

// focus goes to the selected row, or to the one that Tab leads to.
func (t *logTable) focus() {
	id := t.tabStop
	if t.selected != 0 && t.has(t.selected) {
		id = t.selected
	}
	if e := t.element(id); e != nil {
		e.Focus()
		return
	}
	byID("log").Focus()
}

// key moves between rows, those of loads too. The exchange follows where it is
// in sight.
func (t *logTable) key(e event) {
	row, ids := closest(e, "tr"), t.order()
	if row == nil || len(ids) == 0 {
		return
	}
	at := max(slices.Index(ids, rowRecord(row)), 0)
	const page = 10
	switch keyName(e) {
	case "ArrowLeft":
		e.PreventDefault()
		t.outward(ids[at])
		return
	case "ArrowDown", "j":
		at++
	case "ArrowUp", "k":
		at--
	case "PageDown":
		at += page
	case "PageUp":
		at -= page
	case "Home":
		at = 0
	case "End":
		at = len(ids) - 1
	case "Enter", " ", "ArrowRight":
		e.PreventDefault()
		switch id := ids[at]; {
		case id > 0:
			t.open(id)
			if keyName(e) != " " {
				byID("exchange").Focus()
			}
		case keyName(e) == "ArrowRight":
			t.fold(-id, false)
		default:
			t.open(id)
		}
		return
	case "c":
		if ids[at] > 0 && ids[at] < firstUnasked {
			t.selectRow(ids[at])
			t.app.exchange.copy(false)
		}
		return
	default:
		return
	}
	e.PreventDefault()
	t.moveTo(ids[min(max(at, 0), len(ids)-1)])
}

// outward goes from a row to that of its load, and folds a load.
func (t *logTable) outward(id int64) {
	if id < 0 {
		t.fold(-id, true)
		return
	}
	for _, g := range t.groups {
		if g.load != nil && slices.Contains(g.ids, id) {
			t.moveTo(-g.load.Key)
		}
	}
}

// moveTo brings the focus to a row.
func (t *logTable) moveTo(id int64) {
	if id > 0 && id < firstUnasked {
		t.selectRow(id)
	} else {
		t.stopAt(id)
	}
	if row := t.element(id); row != nil {
		row.Call("focus", map[string]any{"preventScroll": true})
		row.Call("scrollIntoView", map[string]any{"block": "nearest"})
	}
}
