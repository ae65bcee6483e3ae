//go:build js

package host

import (
	"syscall/js"

	"vitrine/wasm/contract"
	"vitrine/wasm/promise"
)

// restore brings back the sites of earlier visits. Where sites share the
// tool's origin nothing is kept from one visit to the next, or scripts of a
// site would read the handles of all folders that were opened before it.
func (h *Host) restore() {
	if h.place.mode == OneOrigin {
		promise.Try(func() js.Value { return js.Global().Get("indexedDB").Call("deleteDatabase", contract.Database) })
		return
	}
	store, err := openStore()
	if err != nil {
		h.notice(Notice{ID: "storage-off", Text: "The browser keeps nothing for this page (" + err.Error() + "). Folders have to be dropped again after a reload.", Bad: true})
		return
	}
	h.store = store
	for _, s := range h.all() { // opened before we got here
		h.save(s)
	}
	all, err := store.sites()
	if err != nil {
		h.notice(Notice{ID: "storage-broken", Text: "The sites of earlier visits could not be read (" + err.Error() + "). Drop their folders again.", Bad: true})
		return
	}
	for _, k := range all {
		h.mu.Lock()
		known := h.find(k.id) != nil
		h.mu.Unlock()
		if !known {
			h.reopen(k)
		}
	}
}

// save writes a site down, if the browser keeps anything.
func (h *Host) save(s *site) {
	if h.store == nil {
		return
	}
	go func() {
		if err := h.store.save(s); err != nil {
			h.notice(Notice{ID: "storage-full", Site: s.ID, Text: s.Name + " could not be kept for the next visit: the browser's storage refused it (" + err.Error() + ").", Bad: true})
		}
	}()
}

// reopen brings back one site.
func (h *Host) reopen(k kept) {
	s := &site{created: k.created, changed: make(chan struct{})}
	s.ID, s.Name, s.Kind, s.State = k.id, k.name, k.kind, Ready
	var err error
	switch k.kind {
	case Handle:
		if s.folder, err = handleFolder(k.roots); err == nil {
			s.State, s.Problem = permission(k.roots, k.name)
		}
	case Sample:
		s.folder, err = sampleFolder()
	default:
		if k.copied.IsZero() {
			s.State, s.Problem = NeedsFolder, "The files of "+k.name+" were handed to an earlier page and are gone with it, and they were too many to be copied. Drop the folder again."
			break
		}
		l, e := h.store.loadCopy(k.id)
		if err = e; err == nil {
			s.Kind, s.CopiedAt = Copy, k.copied
			s.folder = listFolder(l)
			s.folder.copied = k.copied
		}
	}
	if err != nil {
		s.State, s.Problem = Failed, k.name+" could not be opened again ("+err.Error()+"). Remove it and drop the folder anew."
	}
	if s.State == Ready && h.watch.holds(s.ID) {
		s.State, s.Problem = Held, "This page stopped while "+s.Name+" was being loaded, so it is not loaded by itself again. It may have been chance. If it happens again, remove the site: its files on the disk are not touched."
	}
	h.open(s)
	if s.State == Ready {
		h.startCount(s)
	}
}

// permission asks whether handles may be read now, without bothering anybody.
func permission(roots []root, name string) (State, string) {
	for _, r := range roots {
		answer, err := promise.Call(r.handle, "queryPermission", map[string]any{"mode": "read"})
		if err == nil && answer.String() != "granted" {
			return NeedsGrant, "The browser wants a click before it reads " + name + " again after the page was reloaded or closed. Nothing is lost."
		}
	}
	return Ready, ""
}

// Grant asks the browser for permission to read a folder of an earlier visit.
// Call it inside a click.
func (h *Host) Grant(id string) {
	h.mu.Lock()
	s := h.find(id)
	h.mu.Unlock()
	if s == nil || s.State != NeedsGrant {
		return
	}
	// All of them now: the click counts only for a moment.
	var asked []js.Value
	for _, r := range s.folder.handles {
		p, err := promise.Try(func() js.Value {
			return r.handle.Call("requestPermission", map[string]any{"mode": "read"})
		})
		if err == nil {
			asked = append(asked, p)
		}
	}
	go func() {
		for _, p := range asked {
			answer, err := promise.Await(p)
			if err != nil || answer.String() != "granted" {
				h.set(s, NeedsGrant, "The browser did not give permission to read "+s.Name+". Click again and allow it, or drop the folder anew.")
				return
			}
		}
		if state, problem := permission(s.folder.handles, s.Name); state != Ready {
			h.set(s, state, problem)
			return
		}
		h.set(s, Ready, "")
		h.startCount(s)
	}()
}
