//go:build js

package main

import (
	"sync"
	"syscall/js"
	"time"

	"vitrine/core/trace"
	"vitrine/wasm/host"
	"vitrine/wasm/sites"
)

// app is the whole page. Its regions draw; it knows what there is to draw.
type app struct {
	host *host.Host
	log  trace.Log // of all sites, in the order of arrival

	sites   []sites.Site   // as of the last frame
	known   map[string]int // sites seen before: sites.Site.Renewed as of then
	adding  bool           // the person adds sites: a new one comes to the front
	last    string         // id of the site that was in front at the last visit
	current string         // id of the site in front; "" without sites
	again   string         // id of the site whose folder the dialogue asks for; "" for a new one

	planned bool    // the next frame draws
	waiting bool    // a timer will ask for a frame
	fresh   int     // records, and what came without one, that are not drawn
	settled int     // as many were there at the last look
	drawn   float64 // when records were drawn last, in ms of the page's clock
	onFrame js.Func
	onTimer js.Func

	asking   sync.Mutex // one question at a time
	answered func(yes bool)

	tabs     *tabs
	siteBar  *siteBar
	preview  *preview
	table    *logTable
	notes    *notes
	undo     *undo
	terms    *explanations
	exchange *exchange
	notices  *notices
	status   *statusBar
	hosting  *hostingDialog
	reload   *liveReload
	live     *liveRegion
	panes    *panes
	views    *views
	console  *console
	help     *help
}

func newApp() *app {
	a := &app{known: map[string]int{}, last: stored("site")}
	a.onFrame = js.FuncOf(func(js.Value, []js.Value) any {
		a.draw()
		return nil
	})
	a.onTimer = js.FuncOf(func(js.Value, []js.Value) any {
		a.waiting = false
		a.changeSettled()
		return nil
	})
	a.live = newLiveRegion()
	a.tabs = newTabs(a)
	a.siteBar = &siteBar{facts: newRegion("site-facts"), acts: newRegion("site-acts")}
	a.preview = newPreview(a)
	a.exchange = newExchange(a)
	a.notes = newNotes(a)
	a.terms = newTerms(a)
	a.table = newLogTable(a)
	a.notices = newNotices()
	a.undo = newUndo(a)
	a.status = newStatusBar()
	a.hosting = newHostingDialog(a)
	a.reload = newLiveReload(a)
	a.panes = newPanes(a)
	a.views = newViews(a)
	a.console = newConsole(a)
	a.help = newHelp(a)
	newTheme()
	newSplitters()
	a.listenForActions()
	a.listenForKeys()
	a.listenForAnswers()
	return a
}

// start brings up the host. Without it nothing can be served, and the page
// says so instead of showing empty frames.
func (a *app) start() {
	h, err := host.Start(host.Options{
		OnSites:    a.change,
		OnRecord:   a.record,
		OnNotice:   a.notice,
		OnChanged:  a.reload.changed,
		OnUnasked:  a.table.silence,
		OneAtATime: a.oneAtATime,
	})
	if err != nil {
		halt("start", err)
		return
	}
	a.host = h
	newKeepLog(a).restore()
	for _, b := range all("[data-act=open], [data-act=sample], [data-act=type]") {
		b.Set("disabled", false)
	}
	byID("loading").SetTextContent("")
	if openTitle != "" {
		data(body).Set("picker", "input")
		for _, b := range all("[data-act=open]") {
			b.Set("title", openTitle)
		}
	}
	if h.Mode() == sites.OneOrigin {
		a.notice(sites.Notice{Message: sites.NewMessage("notice.origin")})
	}
	newDropzone(a)
	go a.stay()
	a.change()
}

// stayEvery is how often the worker of the site in front hears from the page:
// browsers stop a worker that heard nothing for half a minute.
const stayEvery = 20 * time.Second

// stay keeps the worker of the site in front, while the page is visible.
func (a *app) stay() {
	for {
		time.Sleep(stayEvery)
		if a.current != "" && !document.Get("hidden").Bool() {
			a.host.Stay(a.current)
		}
	}
}

// change asks for a drawing in the next frame.
func (a *app) change() {
	if !a.planned && a.host != nil {
		a.planned = true
		window.Call("requestAnimationFrame", a.onFrame)
	}
}

// record takes an exchange into the log.
func (a *app) record(site string, r *trace.Record) {
	r.Site = site
	a.log.Append(r)
	a.table.take(r)
	a.fresh++
	if r.Source != trace.Typed {
		a.preview.follow(site, r)
	}
	a.help.add(r)
	a.changeSoon()
}

// Records are drawn once in a pause; while more than maxRows wait and others keep
// coming, once in a longPause, both in ms. A site that loads makes many, and often
// shares its processor with this page: to draw one takes longer than to respond to it.
const (
	pause     = 250
	longPause = 1000
)

// changeSoon is change for what may wait until a pause is over.
func (a *app) changeSoon() {
	if a.planned || a.waiting {
		return
	}
	if wait := a.drawn + pause - now(); wait > 0 {
		a.wait(wait)
		return
	}
	a.change()
}

// changeSettled is change, or another pause while many records keep coming.
func (a *app) changeSettled() {
	if a.fresh > maxRows && a.fresh != a.settled && a.drawn+longPause > now() {
		a.wait(pause)
		return
	}
	a.change()
}

// wait has changeSettled called after some ms.
func (a *app) wait(ms float64) {
	a.settled, a.waiting = a.fresh, true
	window.Call("setTimeout", a.onTimer, ms)
}

func (a *app) notice(n sites.Notice) {
	a.notices.add(n)
	a.change()
}

// draw brings every region up to date. Each compares with what it shows.
func (a *app) draw() {
	a.planned = false
	a.sites = a.undo.without(a.host.Sites())
	a.choose()
	a.views.draw()
	site := a.site(a.current)
	a.tabs.draw(a.sites, a.current)
	a.siteBar.draw(site)
	a.preview.draw(site)
	a.reload.draw(site)
	more := 0
	if a.fresh > 0 {
		a.drawn = now()
		more = a.table.arrived()
		a.fresh = more
	}
	a.table.draw()
	a.notices.draw()
	a.status.draw(a, site)
	a.console.draw()
	if more > 0 {
		a.changeSoon()
	}
}

// choose keeps current on a site that exists. A new one comes forward; of
// those restored from an earlier visit, the one that was in front then.
func (a *app) choose() {
	found := false
	for i := range a.sites {
		id, renewed := a.sites[i].ID, a.sites[i].Renewed
		before, known := a.known[id]
		a.known[id] = renewed
		switch {
		case !known && (a.adding || id == a.last || a.current == ""):
			a.selectSite(id)
		case renewed != before:
			a.notices.readAgain(id)
		}
		if !a.sites[i].Gone {
			a.notices.folderBack(id)
		}
		found = found || id == a.current
	}
	if !found {
		next := ""
		if n := len(a.sites); n > 0 {
			next = a.sites[n-1].ID
		}
		a.selectSite(next)
	}
}

// selectSite puts a site in front.
func (a *app) selectSite(id string) {
	if id == a.current {
		return
	}
	a.current = id
	store("site", id)
	a.table.scopeChanged()
	a.change()
}

// site is the snapshot of a site, nil if there is none of that id.
func (a *app) site(id string) *sites.Site {
	for i := range a.sites {
		if a.sites[i].ID == id {
			return &a.sites[i]
		}
	}
	return nil
}

// siteName is the name of a site, its id if it is gone.
func (a *app) siteName(id string) string {
	if s := a.site(id); s != nil {
		return s.Name
	}
	return id
}

// recordByID finds a record that is still kept.
func (a *app) recordByID(id int64) *trace.Record { return a.log.Record(id) }

// halt shows the static explanation of that name: the program cannot go on.
func halt(why string, err error) {
	for _, s := range all("[data-halt]") {
		s.Set("hidden", s.GetAttribute("data-halt") != why)
	}
	detail := byID("halt-detail")
	if m, ok := err.(*sites.Message); ok {
		detail.SetTextContent(sentence(m))
	} else {
		detail.SetTextContent(err.Error())
	}
	detail.Set("hidden", false)
	box := byID("halt")
	box.Set("hidden", false)
	data(body).Set("view", "halt")
	box.Focus()
}
