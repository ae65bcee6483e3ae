//go:build js

package main

import (
	"strconv"

	"vitrine/core/trace"
	"vitrine/wasm/page/filter"
	"vitrine/wasm/page/view"
	"vitrine/wasm/page/words"
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
	index    int64   // aria-rowindex of the newest row
	selected int64   // record shown in the exchange, 0 if none
	tabStop  int64   // row that Tab leads to

	following bool // the end is in sight: new rows scroll into view
	unseen    int64
	hidden    int64 // records that came while paused
}

func newLogTable(a *app) *logTable {
	t := &logTable{
		app: a, body: byID("tbody"), rows: byID("rows"), tail: byID("tail"), none: byID("nothing"), grid: byID("grid"),
		following: true, index: 1,
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

// passes reports whether r belongs into the table.
func (t *logTable) passes(r *trace.Record) bool {
	return (t.allSites || r.Site == t.app.current) && t.filter.Match(r, t.app.siteName(r.Site))
}

// row appends the row of r.
func (t *logTable) row(b []byte, r *trace.Record) []byte {
	site := ""
	if t.allSites {
		site = t.app.siteName(r.Site)
	}
	t.index++
	return view.Row(b, r, site, t.index, r.ID == t.selected)
}

// arrived takes in the records that came since the last frame: one write for
// all of them.
func (t *logTable) arrived() {
	kept, _ := t.app.log.Records()
	i := len(kept)
	for i > 0 && kept[i-1].ID > t.through {
		i--
	}
	fresh := kept[i:]
	if len(fresh) == 0 {
		return
	}
	t.announce(fresh)
	if t.paused {
		t.hidden += kept[len(kept)-1].ID - t.through
		t.through = kept[len(kept)-1].ID
		return
	}
	t.through = kept[len(kept)-1].ID
	var b []byte
	added := int64(0)
	for _, r := range fresh {
		if t.passes(r) {
			b = t.row(b, r)
			t.ids = append(t.ids, r.ID)
			added++
		}
	}
	if added > 0 {
		appendHTML(t.body, b)
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

// renew makes all rows anew, after the filter or the scope changed.
func (t *logTable) renew() {
	kept, _ := t.app.log.Records()
	t.index, t.unseen, t.hidden, t.ids = 1, 0, 0, t.ids[:0]
	var b []byte
	for _, r := range kept {
		t.through = r.ID
		if t.passes(r) {
			b = t.row(b, r)
			t.ids = append(t.ids, r.ID)
		}
	}
	setHTML(t.body, b)
	t.toEnd()
	t.app.change()
}

// scopeChanged follows the site in front.
func (t *logTable) scopeChanged() {
	if !t.allSites {
		t.renew()
	}
}

// draw brings what is around the rows up to date.
func (t *logTable) draw() {
	if len(t.ids) > 0 && t.place(t.tabStop) < 0 {
		t.stopAt(t.ids[0])
	}
	t.grid.SetAttribute("aria-rowcount", strconv.FormatInt(t.index, 10))
	setHidden(byID("scope-box"), len(t.app.sites) < 2)
	setText(t.none, t.nothing())
	pause := words.Pause
	if t.paused {
		pause = words.Resume
		if t.hidden > 0 {
			pause += " (" + view.Count(t.hidden) + " " + words.New + ")"
		}
	}
	setText(first(byID("pause"), "span"), pause)
	setHidden(t.tail, t.unseen == 0)
	if t.unseen > 0 {
		setHTML(t.tail, []byte(view.Plural(t.unseen, words.New+" "+words.Request, words.New+" "+words.Requests)+
			`<svg class="i" aria-hidden="true"><use href="#i-down"/></svg>`))
	}
}

// nothing says why there is no row.
func (t *logTable) nothing() string {
	switch {
	case len(t.ids) > 0:
		return ""
	case t.paused:
		return words.LogPaused
	case !t.filter.Empty():
		return words.LogNoMatch
	}
	return words.LogEmpty
}

// announce tells a screen reader, if it is wanted.
func (t *logTable) announce(fresh []*trace.Record) {
	if input(byID("announce")).Checked() {
		last := fresh[len(fresh)-1]
		t.app.voice.say(view.Plural(int64(len(fresh)), words.New+" "+words.Request, words.New+" "+words.Requests) +
			", " + words.LastOne + " " + last.Request.Method.Text + " " + last.Request.Target.Text + " " + view.Status(last))
	}
}

// refilter reads the filter. One that cannot be understood leaves the rows as
// they are and says which word is at fault.
func (t *logTable) refilter() {
	field := byID("filter")
	said := byID("filter-words")
	f, err := filter.Parse(input(field).Value())
	if err != nil {
		setClass(said, "bad", true)
		field.SetAttribute("aria-invalid", "true")
		setText(said, words.FilterKept+err.Error())
		setHidden(said, false)
		return
	}
	setClass(said, "bad", false)
	field.RemoveAttribute("aria-invalid")
	setText(said, words.ShowingFilter+f.Words())
	setHidden(said, f.Empty())
	t.filter = f
	t.renew()
}

// pause stops the display; recording goes on.
func (t *logTable) pause() {
	t.paused = !t.paused
	b := byID("pause")
	b.SetAttribute("aria-pressed", boolText(t.paused))
	icon := "#i-pause"
	if t.paused {
		icon = "#i-play"
	} else {
		t.renew()
	}
	first(b, "use").SetAttribute("href", icon)
	t.app.change()
}

func boolText(v bool) string {
	if v {
		return "true"
	}
	return "false"
}

func (t *logTable) clear() {
	t.app.log.Clear()
	t.selected = 0
	t.app.exchange.show(nil)
	t.renew()
}

// scrolled finds out whether the end is in sight.
func (t *logTable) scrolled() {
	v := t.rows
	t.following = v.Get("scrollHeight").Float()-v.Get("scrollTop").Float()-v.Get("clientHeight").Float() < 32
	if t.following && t.unseen > 0 {
		t.unseen = 0
		t.app.change()
	}
}

func (t *logTable) toEnd() {
	t.following, t.unseen = true, 0
	t.rows.Set("scrollTop", 1<<30)
}

// place is where the row of a record is; -1 if it has none. Numbers rise, so
// halving finds it.
func (t *logTable) place(id int64) int {
	low, high := 0, len(t.ids)
	for low < high {
		if mid := (low + high) / 2; t.ids[mid] < id {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(t.ids) && t.ids[low] == id {
		return low
	}
	return -1
}

func (t *logTable) element(id int64) element { return find(view.RowID(id)) }

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
	if t.place(t.selected) >= 0 {
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
	at := max(t.place(rowRecord(row)), 0)
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
