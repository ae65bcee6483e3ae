//go:build js

package main

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

// rowRecord is the record a row is named for.
func rowRecord(row element) int64 {
	var id int64
	for _, c := range row.ID()[1:] {
		id = id*10 + int64(c-'0')
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
	t.selectRow(id)
	t.app.panes.openExchange()
}

// focus goes to the selected row, or to the one that Tab leads to.
func (t *logTable) focus() {
	id := t.tabStop
	if t.index(t.selected) >= 0 {
		id = t.selected
	}
	if e := t.element(id); e != nil {
		e.Focus()
		return
	}
	byID("log").Focus()
}

// key moves between rows. The exchange follows where it is in sight.
func (t *logTable) key(e event) {
	row := closest(e, "tr")
	if row == nil || len(t.ids) == 0 {
		return
	}
	at := max(t.index(rowRecord(row)), 0)
	const page = 10
	switch keyName(e) {
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
		at = len(t.ids) - 1
	case "Enter", " ", "ArrowRight":
		e.PreventDefault()
		t.open(t.ids[at])
		if keyName(e) != " " {
			byID("exchange").Focus()
		}
		return
	case "c":
		t.selectRow(t.ids[at])
		t.app.exchange.copy(false)
		return
	default:
		return
	}
	e.PreventDefault()
	id := t.ids[min(max(at, 0), len(t.ids)-1)]
	t.selectRow(id)
	if row := t.element(id); row != nil {
		row.Call("focus", map[string]any{"preventScroll": true})
		row.Call("scrollIntoView", map[string]any{"block": "nearest"})
	}
}
