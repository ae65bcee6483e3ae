//go:build js

package host

import (
	"sync"
	"syscall/js"
	"time"

	"vitrine/core/trace"
	"vitrine/wasm/bridge"
	"vitrine/wasm/idb"
	"vitrine/wasm/intake"
	"vitrine/wasm/sites"
)

// Options are what a Host calls back with. The functions are called one at a
// time, from goroutines, and must not block; nil ones are not called.
type Options struct {
	OnSites  func()                             // Sites changed; see sites.Registry.Notify
	OnRecord func(site string, r *trace.Record) // one exchange of a site is over
	OnNotice func(sites.Notice)
	// OnUnasked says what a site did without its server being asked. It is not
	// in the log, and no exchange comes of it.
	OnUnasked func(sites.Unasked)
	// OnChanged says that files which the preview of a site was given are not
	// what they were: Refresh is what to do then. nil names say that the site
	// is served otherwise from now on.
	OnChanged func(site string, names []string)
	// OneAtATime asks whether one site may be closed for another, where the
	// two would share an origin; nil agrees. It may wait for the person.
	OneAtATime func(old, new string) bool
}

// Host keeps the sites of one page.
type Host struct {
	options Options
	origins sites.Origins
	sites   sites.Registry
	bridges *bridge.Bridges
	store   *idb.Store    // nil if nothing is kept: the browser does not, or sites share the tool's origin
	decided chan struct{} // closed when store is what it will be

	// What sites serve, by their IDs. None of this needs a lock: a program in a
	// browser has one thread, and nothing waits while it uses them.
	folders  map[string]intake.Folder
	worker   folders         // that has some of them, too
	clashed  map[string]bool // the site's worker is of another version
	live     map[string]*liveSite
	watch    *sites.Watch
	watching bool   // a goroutine looks at the page for it
	polled   string // ID of the site whose files are looked at, "" without one
	polling  bool   // a goroutine does it

	calls   sync.Mutex // one callback at a time
	keeping sync.Mutex // one copy at a time
	leaving js.Func
}

// Start restores the sites of earlier visits and brings them up. An error
// says that nothing can be previewed here, and why; it is a *sites.Message. A
// Host lives as long as its page.
func Start(o Options) (*Host, error) {
	window := js.Global()
	if !window.Get("isSecureContext").Bool() {
		return nil, sites.NewMessage("start.insecure")
	}
	if window.Get("navigator").Get("serviceWorker").IsUndefined() {
		return nil, sites.NewMessage("start.no-worker")
	}
	origins, err := findOrigins()
	if err != nil {
		return nil, err
	}
	h := &Host{
		options: o, origins: origins, decided: make(chan struct{}),
		folders: make(map[string]intake.Folder), clashed: make(map[string]bool), live: make(map[string]*liveSite),
	}
	h.watch = newWatch()
	h.bridges = bridge.New(origins, h.bridgePage())
	h.worker = folders{
		worker: js.Undefined(), open: make(map[string]opened), watched: make(map[string]bool),
		moved: h.bridges.Attach, changed: h.changed, watches: h.recount,
	}
	h.sites.Notify = func() {
		h.syncFolders()
		if o.OnSites != nil {
			h.calls.Lock()
			defer h.calls.Unlock()
			o.OnSites()
		}
	}
	h.leaving = js.FuncOf(func(js.Value, []js.Value) any {
		h.bridges.Bye()
		h.watch.End()
		return nil
	})
	window.Call("addEventListener", "pagehide", h.leaving)
	go h.restore()
	go h.keepOffline()
	return h, nil
}

// findOrigins tells sites where this page is.
func findOrigins() (sites.Origins, error) {
	location := js.Global().Get("location")
	text := func(name string) string { return location.Get(name).String() }
	meta := ""
	if m := js.Global().Get("document").Call("querySelector", `meta[name="vitrine-sites"]`); !m.IsNull() {
		meta = m.Get("content").String()
	}
	return sites.FindOrigins(&sites.Location{
		Href:     text("href"),
		Protocol: text("protocol"),
		Host:     text("host"),
		Hostname: text("hostname"),
		Port:     text("port"),
	}, meta)
}

// Mode says how sites are kept apart from the tool.
func (h *Host) Mode() sites.Mode { return h.origins.Mode }

// Sites returns the sites as they are now, oldest first.
func (h *Host) Sites() []sites.Site { return h.sites.All() }

// Cancel stops reading or counting a site; what was found is served.
func (h *Host) Cancel(id string) { h.sites.Cancel(id) }

// Rescan counts a site again, or tries again to open one that failed.
func (h *Host) Rescan(id string) {
	switch s, _ := h.sites.Site(id); s.State {
	case sites.Ready:
		h.count(id)
	case sites.Failed:
		go h.retry(id)
	}
}

// Remove forgets a site, its copy, its worker and what its scripts stored in
// the browser. Files on the disk are not touched.
func (h *Host) Remove(id string) {
	if !h.sites.Remove(id) {
		return
	}
	delete(h.folders, id)
	delete(h.clashed, id)
	delete(h.live, id)
	h.bridges.Remove(id)
	h.watch.Forget(id)
	h.bridges.Forget(id)
	if h.store != nil {
		go h.store.Remove(id)
	}
}

// add makes a site of a folder and brings it up. It returns "" if the person
// would rather keep the site that is there.
func (h *Host) add(name string, kind sites.Kind, state sites.State, f intake.Folder) (id string) {
	if !h.makeRoom(name) {
		return ""
	}
	var random [4]byte
	a := js.Global().Get("Uint8Array").New(len(random))
	js.Global().Get("crypto").Call("getRandomValues", a)
	js.CopyBytesToGo(random[:], a)
	id = sites.NewID(name, random)
	h.open(sites.Site{ID: id, Name: name, Kind: kind, State: state, Created: time.Now()}, f)
	h.save(id)
	return id
}

// Stay keeps the browser from stopping a site's worker for being idle.
func (h *Host) Stay(id string) { h.bridges.Stay(id) }

// ServeHere has a site served by this page again, if another page has taken
// it: the last that opened it has it.
func (h *Host) ServeHere(id string) {
	h.bridges.Renew(id)
	h.bridges.Attach(id)
}

// makeRoom closes the site that is open where sites share the tool's origin:
// the scripts of one could read every file of the others.
func (h *Host) makeRoom(name string) bool {
	if h.origins.Mode != sites.OneOrigin {
		return true
	}
	for _, s := range h.sites.All() {
		if ask := h.options.OneAtATime; ask != nil && !ask(s.Name, name) {
			return false
		}
		h.Remove(s.ID)
	}
	return true
}

// open lists a site and starts its worker.
func (h *Host) open(s sites.Site, f intake.Folder) {
	s.URL, s.SharesOrigin = h.origins.Site(s.ID), h.origins.Mode == sites.OneOrigin
	h.folders[s.ID] = f
	h.sites.Add(s)
	h.syncFolders() // before the port is made
	if s.State != sites.Held {
		h.bridges.Open(s.ID, s.Name)
	}
}

// syncFolders tells the page's worker which folders are served.
func (h *Host) syncFolders() {
	h.worker.sync(h.sites.All(), func(id string) js.Value {
		f := h.folders[id]
		return f.Directory()
	})
}

// count counts the folder of a site in the background, and shows how far it is.
func (h *Host) count(id string) {
	walk := h.sites.Begin(id)
	if walk == nil {
		return
	}
	f := h.folders[id]
	go func() {
		index := f.HasIndex()
		h.sites.Update(id, func(s *sites.Site) { s.Index = index })
		f.Count(walk)
		walk.End()
	}()
}

func (h *Host) record(site string, r *trace.Record) {
	h.missesParts(site, r)
	if l := h.liveSite(site); l != nil {
		l.served.Add(r)
		// Records come late: one of before the folder went says nothing.
		if !l.gone.IsZero() && r.Status < 400 && r.Start.After(l.gone) {
			l.gone = time.Time{}
			h.sites.Update(site, func(s *sites.Site) { s.Gone = false })
		}
	}
	if h.options.OnRecord != nil {
		h.calls.Lock()
		defer h.calls.Unlock()
		h.options.OnRecord(site, r)
	}
}

// logCut says that exchanges of a site are missing in the log.
func (h *Host) logCut(site string) {
	h.notice(sites.Notice{Message: sites.NewMessage("notice.log-cut"), Site: site})
}

func (h *Host) notice(n sites.Notice) {
	if h.options.OnNotice != nil {
		h.calls.Lock()
		defer h.calls.Unlock()
		h.options.OnNotice(n)
	}
}

func (h *Host) unasked(u sites.Unasked) {
	if _, ok := h.sites.Site(u.Site); ok && h.options.OnUnasked != nil {
		h.calls.Lock()
		defer h.calls.Unlock()
		h.options.OnUnasked(u)
	}
}
