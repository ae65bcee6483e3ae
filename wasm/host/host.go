//go:build js

package host

import (
	"cmp"
	"errors"
	"slices"
	"sync"
	"syscall/js"
	"time"

	"vitrine/core/trace"
)

// Options are what a Host calls back with. The functions are called one at a
// time, from goroutines, and must not block; nil ones are not called.
type Options struct {
	OnSites  func()                             // Sites changed; at most 4 calls a second
	OnRecord func(site string, r *trace.Record) // one exchange of a site is over
	OnNotice func(Notice)
	// OneAtATime asks whether one site may be closed for another, where the
	// two would share an origin; nil agrees. It may wait for the person.
	OneAtATime func(old, new string) bool
}

// Host keeps the sites of one page.
type Host struct {
	options Options
	place   place
	store   *store // nil if nothing is kept: the browser does not, or sites share the tool's origin
	watch   watch

	mu    sync.Mutex // never held while waiting: callbacks of the browser take it
	sites []*site    // oldest first

	calls    sync.Mutex // one callback at a time
	told     time.Time  // when OnSites was called last
	telling  bool       // a call is planned
	messages js.Func
	leaving  js.Func
}

// site is a Site with all that belongs to it. Host.mu guards it.
type site struct {
	Site
	created time.Time
	folder  folder
	worker  Worker
	bridge  bridge
	lookups int           // of its worker, in hand
	count   *count        // in work, or nil
	changed chan struct{} // closed when State becomes another one
}

// Start restores the sites of earlier visits and brings them up. An error
// says that nothing can be previewed here, and why. A Host lives as long as
// its page.
func Start(o Options) (*Host, error) {
	window := js.Global()
	if !window.Get("isSecureContext").Bool() {
		return nil, errors.New("this page did not come over a secure connection, so the browser offers no service workers; open it on localhost or over HTTPS")
	}
	if window.Get("navigator").Get("serviceWorker").IsUndefined() {
		return nil, errors.New("the browser offers no service workers here; a private window may be the reason")
	}
	place, err := findPlace()
	if err != nil {
		return nil, err
	}
	h := &Host{options: o, place: place}
	h.watch.begin()
	h.listen()
	go h.restore()
	return h, nil
}

// Mode says how sites are kept apart from the tool.
func (h *Host) Mode() Mode { return h.place.mode }

// Sites returns the sites as they are now, oldest first.
func (h *Host) Sites() []Site {
	h.mu.Lock()
	defer h.mu.Unlock()
	sites := make([]Site, len(h.sites))
	for i, s := range h.sites {
		sites[i] = s.Site
	}
	return sites
}

// Worker returns how the worker of a site is.
func (h *Host) Worker(id string) Worker {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s := h.find(id); s != nil {
		return s.worker
	}
	return Worker{}
}

// all returns the sites themselves.
func (h *Host) all() []*site {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.sites)
}

// find returns a site; the caller holds mu.
func (h *Host) find(id string) *site {
	for _, s := range h.sites {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// add makes a site of a folder and brings it up. It returns nil if the person
// would rather keep the site that is there.
func (h *Host) add(name string, f folder, state State) *site {
	if !h.alone(name) {
		return nil
	}
	s := &site{created: time.Now(), folder: f, changed: make(chan struct{})}
	s.ID, s.Name, s.Kind, s.State = newID(name), name, f.kind(), state
	h.open(s)
	h.save(s)
	return s
}

// alone makes room for a new site where sites share the tool's origin: the
// scripts of one could read every file of the others.
func (h *Host) alone(name string) bool {
	if h.place.mode != OneOrigin {
		return true
	}
	for _, s := range h.all() {
		if ask := h.options.OneAtATime; ask != nil && !ask(s.Name, name) {
			return false
		}
		h.Remove(s.ID)
	}
	return true
}

// open lists a site and starts its worker.
func (h *Host) open(s *site) {
	s.URL, s.SharesOrigin = h.place.site(s.ID), h.place.mode == OneOrigin
	h.mu.Lock()
	h.sites = append(h.sites, s)
	slices.SortStableFunc(h.sites, func(a, b *site) int { return cmp.Compare(a.created.UnixMilli(), b.created.UnixMilli()) })
	h.mu.Unlock()
	if s.State != Held {
		h.openBridge(s)
	}
	h.changed()
}

// Remove forgets a site, its copy, its worker and what its scripts stored in
// the browser. Files on the disk are not touched.
func (h *Host) Remove(id string) {
	h.mu.Lock()
	s := h.find(id)
	if s == nil {
		h.mu.Unlock()
		return
	}
	h.sites = slices.DeleteFunc(h.sites, func(other *site) bool { return other == s })
	s.stopCount()
	s.setState(Failed, "this site was closed")
	h.mu.Unlock()
	h.closeBridge(s)
	h.watch.forget(id)
	h.forget(id)
	if h.store != nil {
		go h.store.remove(id)
	}
	h.changed()
}

// setState moves a site to another state; the caller holds mu.
func (s *site) setState(state State, problem string) {
	s.State, s.Problem = state, problem
	close(s.changed)
	s.changed = make(chan struct{})
}

// set moves a site to another state.
func (h *Host) set(s *site, state State, problem string) {
	h.mu.Lock()
	s.setState(state, problem)
	h.mu.Unlock()
	h.changed()
}

// tellEvery is the least time between two calls of OnSites.
const tellEvery = 250 * time.Millisecond

// changed plans a call of OnSites.
func (h *Host) changed() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.telling || h.options.OnSites == nil {
		return
	}
	h.telling = true
	wait := max(0, tellEvery-time.Since(h.told))
	go func() {
		time.Sleep(wait)
		h.mu.Lock()
		h.telling, h.told = false, time.Now()
		h.mu.Unlock()
		h.calls.Lock()
		defer h.calls.Unlock()
		h.options.OnSites()
	}()
}

func (h *Host) record(site string, r *trace.Record) {
	if h.options.OnRecord != nil {
		h.calls.Lock()
		defer h.calls.Unlock()
		h.options.OnRecord(site, r)
	}
}

func (h *Host) notice(n Notice) {
	if h.options.OnNotice != nil {
		h.calls.Lock()
		defer h.calls.Unlock()
		h.options.OnNotice(n)
	}
}
