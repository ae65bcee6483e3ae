//go:build js

package main

import (
	"strconv"

	"vitrine/wasm/page/fragment"
	"vitrine/wasm/sites"
	"vitrine/wasm/words"
)

// tabs is the switch between sites.
type tabs struct {
	region
	app     *app
	inSight string // id of the site whose tab was brought into sight
	among   int    // so many of them
}

func newTabs(a *app) *tabs {
	t := &tabs{region: newRegion("tabs"), app: a}
	on(t.Value, "click", func(e event) {
		if tab := closest(e, ".tab"); tab != nil {
			a.selectSite(tab.GetAttribute("data-site"))
		}
	})
	on(t.Value, "keydown", t.key)
	on(window, "resize", func(event) {
		t.inSight = ""
		a.change()
	})
	return t
}

// key moves between tabs; the chosen one comes to the front at once.
func (t *tabs) key(e event) {
	n := len(t.app.sites)
	at := 0
	for i := range t.app.sites {
		if t.app.sites[i].ID == t.app.current {
			at = i
		}
	}
	switch keyName(e) {
	case "ArrowRight":
		at = (at + 1) % max(n, 1)
	case "ArrowLeft":
		at = (at + n - 1) % max(n, 1)
	case "Home":
		at = 0
	case "End":
		at = n - 1
	case "Delete":
		t.app.remove(t.app.current)
		return
	default:
		return
	}
	e.PreventDefault()
	if n > 0 {
		t.app.selectSite(t.app.sites[at].ID)
		t.draw(t.app.sites, t.app.current)
		byID(tabID(at)).Focus()
	}
}

func tabID(i int) string { return "tab" + strconv.Itoa(i) }

// siteState is how a state looks and the code of how it is called.
func siteState(s *sites.Site) (class, code string) {
	switch s.State {
	case sites.Reading:
		return "reading", "site.reading"
	case sites.NeedsGrant:
		return "grant", "site.needs-grant"
	case sites.NeedsFolder:
		return "folder", "site.needs-folder"
	case sites.Failed:
		return "failed", "site.failed"
	case sites.Held:
		return "folder", "site.held"
	}
	return "ready", "site.ready"
}

func (t *tabs) draw(all []sites.Site, current string) {
	var l fragment.List
	for i := range all {
		s := &all[i]
		class, state := siteState(s)
		tabindex, class2 := "-1", "site"
		if s.ID == current {
			tabindex, class2 = "0", "site on"
		}
		l.Open("tab")
		l.Attr("class", class2)
		l.Slot("tab")
		l.Attr("id", tabID(i))
		l.Attr("tabindex", tabindex)
		l.Attr("aria-current", boolText(s.ID == current))
		l.Attr("data-site", s.ID)
		l.Attr("title", s.Name)
		l.Fill("name", s.Name)
		l.Fill("state", words.Say(state))
		l.Slot("dot")
		l.Attr("class", "dot "+class)
		l.Slot("close")
		l.Attr("tabindex", tabindex)
		l.Attr("data-site", s.ID)
		l.Attr("aria-label", words.Say("site.close", s.Name))
		l.Attr("title", words.Say("site.close", s.Name))
		l.Close()
	}
	t.show(&l)
	if current != t.inSight || len(all) != t.among {
		t.inSight, t.among = current, len(all)
		if current != "" {
			first(t.element, ".site.on").Call("scrollIntoView", map[string]any{"block": "nearest", "inline": "nearest"})
		}
	}
}
