//go:build js

package main

import (
	"vitrine/core/lint"
	"vitrine/core/trace"
	"vitrine/wasm/page/filter"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/view"
)

// notes are the notes on the exchanges of the log. They are worked out when an
// exchange is shown, and for the rows when nothing has come for a while: what a
// site asks for should not wait for them.
type notes struct {
	app     *app
	made    map[int64][]lint.Note
	worth   map[int64]int   // how many of them are worth a number in the row
	said    *lint.Sentences // nil until they are loaded
	pending []int64         // records whose rows do not say how many there are
	waits   map[int64]bool  // the same, so that each waits once
	planned bool
}

// The rows are told in slices: so long nothing must have come, and so many
// exchanges are looked at in one go.
const (
	notesPause = 400 // ms
	notesSlice = 40
)

func newNotes(a *app) *notes {
	n := &notes{app: a, made: map[int64][]lint.Note{}, worth: map[int64]int{}, waits: map[int64]bool{}}
	fetchText("notes.txt", func(text string) {
		n.said = lint.NewSentences(text)
		a.exchange.again()
	})
	return n
}

// of returns the notes on a record.
func (n *notes) of(r *trace.Record) []lint.Note {
	if made, ok := n.made[r.ID]; ok {
		return made
	}
	kept, _ := n.app.log.Records()
	i := len(kept)
	for i > 0 && kept[i-1].ID >= r.ID {
		i--
	}
	made := lint.CheckOwn(r, kept[:i])
	// What is said of the messages stands first, and the numbers follow.
	made = append(ofPart(made, lint.Message), ofPart(made, lint.Behaviour)...)
	if len(n.made) > 2*trace.DefaultRecords {
		clear(n.made)
		clear(n.worth)
	}
	n.made[r.ID], n.worth[r.ID] = made, view.Worth(made)
	return made
}

// forFilter are the notes on a record as a filter looks at them.
func (n *notes) forFilter(r *trace.Record) []filter.Note {
	made := n.of(r)
	found := make([]filter.Note, len(made))
	for i := range made {
		found[i] = filter.Note{ID: made[i].ID, Level: made[i].Level.String(), Standing: lint.Standing(made[i].ID)}
	}
	return found
}

// count is how many notes on a record are worth a number.
func (n *notes) count(r *trace.Record) int {
	n.of(r)
	return n.worth[r.ID]
}

// ofPart are the notes about one part, in their order.
func ofPart(all []lint.Note, part lint.Part) (some []lint.Note) {
	for _, n := range all {
		if n.Part == part {
			some = append(some, n)
		}
	}
	return some
}

// later has the row of a record say how many notes there are, in time.
func (n *notes) later(id int64) {
	if _, ok := n.made[id]; ok || n.waits[id] {
		return
	}
	n.waits[id] = true
	if n.pending = append(n.pending, id); len(n.pending) > 2*trace.DefaultRecords {
		delete(n.waits, n.pending[0]) // the log has no longer
		n.pending = n.pending[1:]
	}
	n.plan()
}

func (n *notes) plan() {
	if !n.planned && len(n.pending) > 0 {
		n.planned = true
		later(notesPause, n.slice)
	}
}

// slice looks at some exchanges, unless records came just now.
func (n *notes) slice() {
	n.planned = false
	if n.app.fresh == 0 && now()-n.app.drawn > notesPause/2 {
		some := n.pending[:min(len(n.pending), notesSlice)]
		n.pending = n.pending[len(some):]
		for _, id := range some {
			delete(n.waits, id)
			if r := n.app.recordByID(id); r != nil {
				n.of(r)
				n.tell(id, n.worth[id])
			}
		}
	}
	n.plan()
}

// tell writes a number into the row of a record.
func (n *notes) tell(id int64, worth int) {
	row := n.app.table.element(id)
	if row == nil || worth == 0 {
		return
	}
	var l fragment.List
	view.RowNotes(&l, worth)
	replaceIn(first(row, ".nt"), &l)
}
