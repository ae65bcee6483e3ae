//go:build js

package main

import (
	"syscall/js"

	"vitrine/core/trace"
	"vitrine/wasm/intake"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/view"
	"vitrine/wasm/words"
)

// help is the dialog with the keys, and with what this browser shows: what can
// be told from its features, and what its first requests showed.
type help struct {
	app   *app
	shows region
	seen  view.Shown
}

func newHelp(a *app) *help { return &help{app: a, shows: newRegion("shows")} }

// add takes an exchange into account.
func (h *help) add(r *trace.Record) { h.seen.Add(r) }

// open shows the dialog.
func (h *help) open() {
	var l fragment.List
	folders, changes := "shows.lists", "shows.no-observer"
	if intake.HasPicker() {
		folders = "shows.handles"
	}
	if window.Get("FileSystemObserver").Type() == js.TypeFunction {
		changes = "shows.observer"
	}
	l.Put("shows-item", words.Say(folders))
	l.Put("shows-item", words.Say(changes))
	if h.app.tabsApart() {
		l.Put("shows-item", words.Say("shows.tabs-apart"))
	}
	h.seen.Append(&l)
	h.shows.show(&l)
	byID("help").Call("showModal")
}
