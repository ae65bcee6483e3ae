//go:build js

package main

import (
	"strconv"

	"vitrine/wasm/page/markup"
	"vitrine/wasm/page/words"
	"vitrine/wasm/sites"
)

// tabs is the switch between sites.
type tabs struct {
	region
	app *app
}

func newTabs(a *app) *tabs {
	t := &tabs{region: newRegion("tabs"), app: a}
	on(t.Value, "click", func(e event) {
		if tab := closest(e, "[role=tab]"); tab != nil {
			a.bring(tab.GetAttribute("data-site"))
		}
	})
	on(t.Value, "keydown", t.key)
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
	default:
		return
	}
	e.PreventDefault()
	if n > 0 {
		t.app.bring(t.app.sites[at].ID)
		t.draw(t.app.sites, t.app.current)
		byID(tabID(at)).Focus()
	}
}

func tabID(i int) string { return "tab" + strconv.Itoa(i) }

// siteState is how a state looks and how it is called.
func siteState(s *sites.Site) (class, name string) {
	switch s.State {
	case sites.Reading:
		return "reading", words.StateReading
	case sites.NeedsGrant:
		return "grant", words.StateNeedsGrant
	case sites.NeedsFolder:
		return "folder", words.StateNeedsFolder
	case sites.Failed:
		return "failed", words.StateFailed
	case sites.Held:
		return "folder", words.StateHeld
	}
	return "ready", words.StateReady
}

func (t *tabs) draw(all []sites.Site, current string) {
	var b []byte
	for i := range all {
		s := &all[i]
		class, state := siteState(s)
		chosen := s.ID == current
		tabindex := "-1"
		if chosen {
			tabindex = "0"
		}
		b = append(b, `<button type="button" class="tab" role="tab" id="`+tabID(i)+`" tabindex="`+tabindex+`" aria-selected="`...)
		b = strconv.AppendBool(b, chosen)
		b = append(b, `" aria-controls="preview" data-site="`...)
		b = markup.Text(b, s.ID)
		b = append(b, `" title="`...)
		b = markup.Text(b, s.Name)
		b = append(b, `"><span class="dot `+class+`" aria-hidden="true"></span><span class="name">`...)
		b = markup.Text(b, s.Name)
		b = append(b, `</span><span class="vh">, `+state+`</span></button>`...)
	}
	t.show(b)
}
