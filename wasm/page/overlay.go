//go:build js

package main

import (
	"strings"

	"vitrine/wasm/page/fragment"
	"vitrine/wasm/sites"
)

// slow is after how long a starting worker is worth a word, in ms.
const slow = 3000

// drawOverlay covers the preview with what stands in its way.
func (p *preview) drawOverlay(site *sites.Site) {
	var l fragment.List
	if site != nil {
		p.describe(&l, site)
	}
	f := p.front()
	setClass(p.overlay.element, "veil", site != nil && f != nil && f.pdf && f.element != nil && site.State == sites.Ready)
	p.overlay.show(&l)
	setHidden(p.overlay.element, l.Empty())
}

func (p *preview) describe(l *fragment.List, site *sites.Site) {
	f := p.front()
	switch {
	case site.State == sites.Reading:
		l.Open("overlay-reading")
		l.Slot("counts")
		counts(l, site)
		l.Close()
	case site.State == sites.NeedsGrant:
		problem(l, "overlay-grant", site.Problem)
	case site.State == sites.NeedsFolder:
		problem(l, "overlay-folder", site.Problem)
	case site.State == sites.Failed:
		problem(l, "overlay-failed", site.Problem)
	case site.State == sites.Held:
		problem(l, "overlay-held", site.Problem)
	case site.Worker.State == sites.WorkerFailed:
		problem(l, "overlay-worker", site.Worker.Reason)
	case f == nil || f.element == nil:
		l.Open("overlay-starting")
		l.Slot("status")
		if now()-f.since > slow {
			l.Put("overlay-slow", "")
		}
		l.Close()
	case f.pdf:
		l.Open("overlay-pdf")
		l.Slot("ways")
		p.tabWay(l, f)
		l.Close()
	case f.keptOut != "":
		l.Open("overlay-kept-out")
		l.Fill("field", f.keptOut)
		l.Slot("ways")
		p.tabWay(l, f)
		l.Close()
	case f.left != "":
		l.Open("overlay-left")
		l.Fill("address", f.left)
		l.Slot("ways")
		newTab(l, f.left)
		l.Close()
	}
}

// problem says what happened, why, and what to do.
func problem(l *fragment.List, template string, m *sites.Message) {
	l.Open(template)
	l.Fill("problem", sentence(m))
	l.Close()
}

// tabWay appends the link to a tab of its own, or says why it is not offered.
func (p *preview) tabWay(l *fragment.List, f *frame) {
	if p.app.tabsApart() {
		l.Put("overlay-no-tab", "")
	} else {
		newTab(l, f.address(f.place.Path))
	}
}

// newTab appends a link to an address, if it is one that a link may have.
func newTab(l *fragment.List, url string) {
	if strings.HasPrefix(url, "http://") || strings.HasPrefix(url, "https://") {
		l.Open("new-tab")
		l.Attr("href", url)
		l.Close()
	}
}
