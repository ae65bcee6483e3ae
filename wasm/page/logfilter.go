//go:build js

package main

import (
	"vitrine/wasm/page/filter"
	"vitrine/wasm/words"
)

// filterBy puts a filter into its field, as if it was typed.
func (t *logTable) filterBy(text string) {
	input(byID("filter")).SetValue(text)
	t.refilter()
	t.app.panes.show("log")
}

// refilter reads the filter. One that cannot be understood leaves the rows as
// they are and says which word is at fault.
func (t *logTable) refilter() {
	field := byID("filter")
	said := byID("filter-words")
	f, err := filter.Parse(input(field).Value(), t.app.notes.forFilter)
	if err != nil {
		setClass(said, "bad", true)
		field.SetAttribute("aria-invalid", "true")
		setText(said, words.Say("filter.kept", err.Error()))
		setHidden(said, false)
		return
	}
	setClass(said, "bad", false)
	field.RemoveAttribute("aria-invalid")
	setText(said, words.Say("filter.showing", f.Words()))
	setHidden(said, f.Empty())
	t.filter, t.limit = f, maxLogRows
	t.renew()
}
