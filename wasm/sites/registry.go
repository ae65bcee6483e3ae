package sites

import (
	"slices"
	"sync"
	"time"
)

// notifyEvery is the least time between two calls of Registry.Notify for what is
// only told.
const notifyEvery = 250 * time.Millisecond

// Registry is the sites of a page. Its methods may be called from anywhere;
// those that take an ID do nothing where there is no such site.
type Registry struct {
	// Notify is called when something about a site has become another, from a
	// goroutine: at once for a state, which something may wait for, and at most
	// four times a second for numbers and names. It may be nil.
	Notify func()

	mu         sync.Mutex // never held while waiting: callbacks of the browser take it
	sites      []*entry   // oldest first
	lastNotify time.Time
	planned    *time.Timer // for a call of Notify that is on its way, or nil
}

// entry is a site with what belongs to it alone.
type entry struct {
	Site
	walk  *Walk         // that counts it, or nil
	moved chan struct{} // closed when State becomes another one
}

// find returns a site, or nil; the caller holds mu.
func (r *Registry) find(id string) *entry {
	for _, e := range r.sites {
		if e.ID == id {
			return e
		}
	}
	return nil
}

// with calls f with a site, if it is there, while nothing else changes it.
func (r *Registry) with(id string, f func(e *entry)) (found bool) {
	r.mu.Lock()
	e := r.find(id)
	if e != nil {
		f(e)
	}
	r.mu.Unlock()
	return e != nil
}

// All returns the sites as they are now, oldest first.
func (r *Registry) All() []Site {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]Site, len(r.sites))
	for i, e := range r.sites {
		all[i] = e.Site
	}
	return all
}

// Site returns a site as it is now.
func (r *Registry) Site(id string) (s Site, ok bool) {
	ok = r.with(id, func(e *entry) { s = e.Site })
	return s, ok
}

// Add lists a site.
func (r *Registry) Add(s Site) {
	r.mu.Lock()
	at := len(r.sites)
	for at > 0 && r.sites[at-1].Created.UnixMilli() > s.Created.UnixMilli() {
		at--
	}
	r.sites = append(r.sites, nil)
	copy(r.sites[at+1:], r.sites[at:])
	r.sites[at] = &entry{Site: s, moved: make(chan struct{})}
	r.mu.Unlock()
	r.moved()
}

// Remove takes a site off the list. Who waits for it learns that it is closed.
func (r *Registry) Remove(id string) (removed bool) {
	removed = r.with(id, func(e *entry) {
		at := slices.Index(r.sites, e)
		r.sites = append(r.sites[:at], r.sites[at+1:]...)
		e.stopWalk()
		e.move(Closed, NewMessage("problem.closed"))
	})
	r.moved()
	return removed
}

// Move moves a site to the state that an event leads to. It returns the state
// before, and whether the site moved.
func (r *Registry) Move(id string, event Event, problem *Message) (from State, moved bool) {
	r.with(id, func(e *entry) {
		from = e.State
		moved = e.move(event, problem)
	})
	r.moved()
	return from, moved
}

// move is Move; the caller holds the registry's mu.
func (e *entry) move(event Event, problem *Message) bool {
	to, ok := e.State.Next(event)
	if !ok {
		return false
	}
	e.State, e.Problem = to, problem
	close(e.moved)
	e.moved = make(chan struct{})
	return true
}

// MoveWorker moves a site's worker to the state that an event leads to.
func (r *Registry) MoveWorker(id string, event WorkerEvent, reason *Message) {
	r.with(id, func(e *entry) {
		to, ok := e.Worker.State.Next(event)
		if to != WorkerFailed {
			reason = nil
		}
		if ok {
			e.Worker = Worker{to, reason}
		}
	})
	r.moved()
}

// Update changes what is told of a site, but for its state.
func (r *Registry) Update(id string, f func(*Site)) {
	r.with(id, func(e *entry) {
		state, problem := e.State, e.Problem
		f(&e.Site)
		e.State, e.Problem = state, problem
	})
	r.Changed()
}

// Await returns a site, after it was read if that does not take longer than
// limit.
func (r *Registry) Await(id string, limit time.Duration) (s Site, ok bool) {
	var waited *entry
	var moved chan struct{}
	ok = r.with(id, func(e *entry) { waited, moved, s = e, e.moved, e.Site })
	if !ok || s.State != Reading {
		return s, ok
	}
	select {
	case <-moved:
	case <-time.After(limit):
	}
	r.mu.Lock()
	s = waited.Site // which may have been removed
	r.mu.Unlock()
	return s, true
}

// Changed plans a call of Notify, for when its time has come.
func (r *Registry) Changed() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.planned == nil {
		r.notifyAfter(max(0, notifyEvery-time.Since(r.lastNotify)))
	}
}

// moved plans a call of Notify at once.
func (r *Registry) moved() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.planned == nil || r.planned.Stop() {
		r.notifyAfter(0)
	}
}

// notifyAfter plans a call of Notify; the caller holds mu.
func (r *Registry) notifyAfter(wait time.Duration) {
	if r.Notify == nil {
		return
	}
	r.planned = time.AfterFunc(wait, func() {
		r.mu.Lock()
		r.planned, r.lastNotify = nil, time.Now()
		r.mu.Unlock()
		r.Notify()
	})
}
