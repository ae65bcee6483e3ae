//go:build js

package main

import (
	"slices"
	"strconv"

	"vitrine/core/trace"
	"vitrine/wasm/page/view"
	"vitrine/wasm/words"
)

// draw brings what is around the rows up to date.
func (t *logTable) draw() {
	if ids := t.order(); len(ids) > 0 && !slices.Contains(ids, t.tabStop) {
		t.stopAt(ids[0])
	}
	t.grid.SetAttribute("aria-rowcount", strconv.FormatInt(t.last, 10))
	setHidden(byID("scope-box"), len(t.app.sites) < 2)
	setText(t.none, t.nothing())
	kept, _ := t.app.log.Records()
	t.older = min(t.older, max(0, len(kept)-t.count())) // the log drops the oldest
	older := byID("older")
	setHidden(older, t.older == 0)
	setText(older, words.Plural("older", int64(t.older)))
	pause := words.Say("log.pause")
	switch {
	case t.paused && t.hidden > 0:
		pause = words.Say("log.resume-new", words.Count(t.hidden))
	case t.paused:
		pause = words.Say("log.resume")
	}
	setText(first(byID("pause"), "span"), pause)
	setHidden(t.tail, t.unseen == 0)
	setText(first(t.tail, "span"), words.Plural("new-requests", t.unseen))
}

// nothing says why there is no row.
func (t *logTable) nothing() string {
	switch {
	case len(t.groups) > 0 && t.count() > 0:
		return ""
	case t.paused:
		return words.Say("log.paused")
	case !t.filter.Empty():
		return words.Say("log.no-match")
	}
	return words.Say("log.empty")
}

// announce tells a screen reader, if it is wanted.
func (t *logTable) announce(fresh []*trace.Record) {
	if input(byID("announce")).Checked() {
		last := fresh[len(fresh)-1]
		t.app.live.say(words.Say("log.announce", words.Plural("new-requests", int64(len(fresh))),
			last.Request.Method.Text, last.Request.Target.Text, view.Status(last)))
	}
}
