//go:build js

package host

import (
	"strings"
	"syscall/js"
	"time"

	"vitrine/wasm/promise"
	"vitrine/wasm/sites"
)

// watchKey is where in localStorage the sites stand that are being loaded or
// held, a space between two IDs. Unlike IndexedDB it is written before the call
// returns.
const watchKey = "vitrine.loading"

func newWatch() *sites.Watch {
	var written []string
	v, err := promise.Try(func() js.Value { return js.Global().Get("localStorage").Call("getItem", watchKey) })
	if err == nil && v.Type() == js.TypeString {
		written = strings.Fields(v.String())
	}
	write := func(ids []string) {
		promise.Try(func() js.Value {
			storage := js.Global().Get("localStorage")
			if len(ids) == 0 {
				return storage.Call("removeItem", watchKey)
			}
			return storage.Call("setItem", watchKey, strings.Join(ids, " "))
		})
	}
	return sites.NewWatch(written, write)
}

// Loads says that the page begins to load a site's pages.
func (h *Host) Loads(id string) {
	if l := h.liveSite(id); l != nil {
		l.served.Reset()
	}
	if h.watch.Loads(id); h.watching {
		return
	}
	h.watching = true
	go func() {
		for over := false; !over; {
			start := time.Now()
			time.Sleep(sites.Beat)
			over = h.watch.Look(time.Since(start), js.Global().Get("document").Get("hidden").Bool())
		}
		h.watching = false
	}()
}

// hold takes a site off the page: its port goes, and it is loaded again only
// when Load says so.
func (h *Host) hold(id string) {
	s, ok := h.sites.Site(id)
	if !ok {
		return
	}
	h.watch.Hold(id)
	h.bridges.Close(id)
	h.sites.Move(id, sites.Flooded, sites.NewMessage("problem.flooded", s.Name))
}

// unhold lets a site that was held back have its worker again.
func (h *Host) unhold(id string) {
	h.watch.Forget(id)
	if s, ok := h.sites.Site(id); ok {
		h.bridges.Open(id, s.Name)
	}
}

// Load loads a site that was held back.
func (h *Host) Load(id string) {
	s, ok := h.sites.Site(id)
	if !ok || s.State != sites.Held {
		return
	}
	h.watch.Forget(id)
	go func() {
		f := h.folders[id]
		granted := f.MayRead()
		if _, moved := h.sites.Move(id, sites.Asked, nil); !moved {
			return // meanwhile it was loaded, or closed
		}
		switch {
		case f.FS == nil:
			h.sites.Move(id, sites.Lost, needsFolder(&s))
		case !granted:
			h.sites.Move(id, sites.Withdrawn, needsGrant(s.Name))
		}
		h.unhold(id)
		if f.FS != nil && granted {
			h.count(id)
		}
	}()
}
