//go:build js

package main

import (
	"strconv"

	"vitrine/wasm/decimal"
	"vitrine/wasm/sites"
)

// undoTime is how long what was removed can be brought back, in ms. Until then
// it is only out of sight.
const undoTime = 8000

// undo is what the person took away and can still have back.
type undo struct {
	app  *app
	last int
	all  map[int]*undone
}

// undone is one thing that was taken away.
type undone struct {
	site    string // its id, "" for the log
	message *sites.Message
	forGood func()
	back    func()
}

func newUndo(a *app) *undo {
	u := &undo{app: a, all: map[int]*undone{}}
	// What was taken away does not come back with the page.
	on(window, "pagehide", func(event) {
		for number := range u.all {
			u.end(number)
		}
	})
	return u
}

// offer shows what was taken away, with the way back.
func (u *undo) offer(x *undone) {
	for number, other := range u.all {
		if other.site == x.site {
			u.end(number)
		}
	}
	u.last++
	number := u.last
	u.all[number] = x
	u.app.notices.undo[x.message] = strconv.Itoa(number)
	u.app.notice(sites.Notice{Message: x.message, Site: x.site})
	later(undoTime, func() { u.end(number) })
}

// end makes it final.
func (u *undo) end(number int) {
	if x := u.all[number]; x != nil {
		u.forget(number, x)
		x.forGood()
	}
}

// take brings it back.
func (u *undo) take(number string) {
	n, _ := decimal.Parse(number)
	if x := u.all[int(n)]; x != nil {
		u.forget(int(n), x)
		x.back()
	}
}

func (u *undo) forget(number int, x *undone) {
	delete(u.all, number)
	delete(u.app.notices.undo, x.message)
	u.app.notices.drop(x.message)
	u.app.change()
}

// without leaves out the sites that were taken away.
func (u *undo) without(all []sites.Site) []sites.Site {
	if len(u.all) == 0 {
		return all
	}
	left := all[:0:0]
	for i := range all {
		gone := false
		for _, x := range u.all {
			gone = gone || x.site == all[i].ID
		}
		if !gone {
			left = append(left, all[i])
		}
	}
	return left
}

// remove takes a site away.
func (a *app) remove(id string) {
	s := a.site(id)
	if s == nil {
		return
	}
	message := sites.NewMessage("site.removed", s.Name)
	a.live.say(sentence(message))
	a.undo.offer(&undone{
		site: id, message: message,
		forGood: func() { a.host.Remove(id) },
		back:    func() { a.adding = true; delete(a.known, id) },
	})
	a.change()
}

// clear takes the records of the log away.
func (a *app) clear() {
	kept, _ := a.log.Records()
	if len(kept) == 0 {
		return
	}
	through := kept[len(kept)-1].ID
	// What was cleared before is final first: it puts the rows in order anew.
	a.undo.offer(&undone{
		message: sites.NewMessage("log.cleared"),
		forGood: func() { a.forget(through) },
		back:    func() { a.table.hideThrough(0) },
	})
	a.table.hideThrough(through)
}

// forget drops the records through a number for good.
func (a *app) forget(through int64) {
	a.log.Forget(through)
	a.table.forgetHidden()
}
