//go:build js

package main

import "vitrine/wasm/sites"

// liveReload is the switch that has the preview follow the files of its site.
type liveReload struct {
	app    *app
	button element
	on     bool
}

func newLiveReload(a *app) *liveReload {
	return &liveReload{app: a, button: byID("live"), on: stored("live") != "off"}
}

func (l *liveReload) toggle() {
	l.on = !l.on
	choice := "on"
	if !l.on {
		choice = "off"
	}
	store("live", choice)
}

// changed takes which files of a preview are not what they were; nil if it was
// the person who changed how the site is served.
func (l *liveReload) changed(site string, names []string) {
	switch {
	case names == nil:
		l.app.preview.again(site)
	case l.on:
		l.app.host.Refresh(site, names)
	}
}

// draw shows the switch for a site whose files can be seen to change.
func (l *liveReload) draw(site *sites.Site) {
	follows := site != nil && site.Follows()
	setHidden(l.button, !follows)
	l.button.SetAttribute("aria-pressed", boolText(l.on))
	if follows && l.on {
		l.app.host.Poll(site.ID)
	} else {
		l.app.host.Poll("")
	}
}
