//go:build js

package host

import (
	"slices"
	"strings"
	"syscall/js"
	"time"

	"vitrine/wasm/promise"
)

// A site may stop this page: its scripts can run the page's process out of
// memory, keep it busy, or find a fault of ours. What was being loaded when
// the page stopped must not be loaded by itself at the next start, or Remove
// would stay out of reach. So the page writes down what it loads, and strikes
// it out after it has been well for a while. What is found written down at the
// start is held back, see [Held], and stays written down until [Host.Load].

const (
	// watchKey is where in localStorage the IDs stand, a space between two.
	// Unlike IndexedDB it is written before the call returns.
	watchKey = "vitrine.loading"
	// wellFor is how long a page must be well after a load.
	wellFor = 5 * time.Second
	// beat is how often that is looked at. A page that is busy is late.
	beat = 500 * time.Millisecond
)

// watch is what is written down.
type watch struct {
	loading []string // sites that this page loads now
	held    []string // sites that wait for Load
	well    time.Duration
	beating bool
}

// begin reads what an earlier page wrote: all of it is held.
func (w *watch) begin() {
	v, err := promise.Try(func() js.Value { return js.Global().Get("localStorage").Call("getItem", watchKey) })
	if err == nil && v.Type() == js.TypeString {
		w.held = strings.Fields(v.String())
	}
}

// holds reports whether a site waits for Load.
func (w *watch) holds(id string) bool { return slices.Contains(w.held, id) }

// hold makes a site wait for Load.
func (w *watch) hold(id string) {
	w.forget(id)
	w.held = append(w.held, id)
	w.write()
}

// loads writes down that a site is being loaded.
func (w *watch) loads(id string) {
	w.forget(id)
	w.loading = append(w.loading, id)
	w.write()
	if w.well = 0; !w.beating {
		w.beating = true
		go w.beat()
	}
}

// forget strikes a site out.
func (w *watch) forget(id string) {
	is := func(other string) bool { return other == id }
	w.held, w.loading = slices.DeleteFunc(w.held, is), slices.DeleteFunc(w.loading, is)
	w.write()
}

// beat ends the watch when the page has been well for long enough. A page that
// cannot be seen is late by the browser's will, so it counts as well.
func (w *watch) beat() {
	defer func() { w.beating = false }()
	for {
		start := time.Now()
		time.Sleep(beat)
		if len(w.loading) == 0 {
			return
		}
		if hidden := js.Global().Get("document").Get("hidden").Bool(); hidden || time.Since(start) < 2*beat {
			w.well += beat
		} else {
			w.well = 0
		}
		if w.well >= wellFor {
			w.end()
		}
	}
}

// end strikes out what is being loaded: the page is well, or left in order.
func (w *watch) end() {
	w.loading = nil
	w.write()
}

func (w *watch) write() {
	all := strings.Join(slices.Concat(w.held, w.loading), " ")
	promise.Try(func() js.Value {
		storage := js.Global().Get("localStorage")
		if all == "" {
			return storage.Call("removeItem", watchKey)
		}
		return storage.Call("setItem", watchKey, all)
	})
}

// Loads says that the page begins to load a site's pages.
func (h *Host) Loads(id string) { h.watch.loads(id) }

// hold takes a site off the page: its port goes, and it is loaded again only
// when Load says so.
func (h *Host) hold(s *site, problem string) {
	h.watch.hold(s.ID)
	h.closeBridge(s)
	h.set(s, Held, problem)
}

// Load loads a site that was held back.
func (h *Host) Load(id string) {
	h.mu.Lock()
	s := h.find(id)
	h.mu.Unlock()
	if s == nil || s.State != Held {
		return
	}
	h.watch.forget(id)
	go func() {
		state, problem := Ready, ""
		if s.Kind == Handle {
			state, problem = permission(s.folder.handles, s.Name)
		}
		h.set(s, state, problem)
		h.openBridge(s)
		if state == Ready {
			h.startCount(s)
		}
	}()
}
