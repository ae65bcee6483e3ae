package sites

import (
	"sync/atomic"
	"time"
)

// MaxCount is how many entries are counted. Past it a folder is served all
// the same: counting is only for show.
const MaxCount = 50_000

// Walk counts what is in a folder, and can be stopped.
type Walk struct {
	r       *Registry
	e       *entry
	counts  *Site // what it counts into: the site, or one of its own until it ends
	stopped atomic.Bool
	paused  time.Time
}

// Begin begins to count a site, with nothing counted; a walk that was under
// way ends. It returns nil if there is no such site.
func (r *Registry) Begin(id string) (w *Walk) {
	r.with(id, func(e *entry) {
		e.stopWalk()
		w = &Walk{r: r, e: e, counts: &e.Site, paused: time.Now()}
		e.walk = w
		e.Files, e.Dirs, e.Bytes, e.MoreBytes, e.Folder, e.Counted, e.Cut = 0, 0, 0, false, "", false, false
	})
	return w
}

// BeginAgain begins to count a site that was counted to its end, as it is now.
// What was counted stands until the walk has ended. It returns nil if there is
// no such site, or if it is being counted.
func (r *Registry) BeginAgain(id string) (w *Walk) {
	r.with(id, func(e *entry) {
		if e.walk == nil && e.Counted && !e.Cut {
			w = &Walk{r: r, e: e, counts: new(Site), paused: time.Now()}
			e.walk = w
		}
	})
	return w
}

// Cancel stops reading or counting a site; what was found is served.
func (r *Registry) Cancel(id string) {
	r.with(id, func(e *entry) {
		if e.walk != nil {
			e.walk.stopped.Store(true)
		}
	})
}

// stopWalk stops what is counted; the caller holds the registry's mu.
func (e *entry) stopWalk() {
	if e.walk != nil {
		e.walk.stopped.Store(true)
		e.walk = nil
	}
}

// Stopped reports whether the walk is to end.
func (w *Walk) Stopped() bool { return w.stopped.Load() }

// count changes what was counted, if the walk is still the one of its site.
func (w *Walk) count(f func(*Site)) bool {
	w.r.mu.Lock()
	current := w.e.walk == w
	if current {
		f(w.counts)
	}
	w.r.mu.Unlock()
	return current
}

// Entry counts one entry of a folder and reports whether to go on.
func (w *Walk) Entry(folder string, dir bool, size int64) bool {
	current := w.count(func(s *Site) {
		if dir {
			s.Dirs++
		} else {
			s.Files++
			s.Bytes += size
		}
		s.Folder = folder
		if s.Files+s.Dirs >= MaxCount {
			s.Cut = true
			w.stopped.Store(true)
		}
	})
	if !current {
		return false
	}
	if w.counts == &w.e.Site {
		w.r.Changed()
	}
	w.Pause()
	return !w.Stopped()
}

// Size adds the sizes of files that were counted before.
func (w *Walk) Size(bytes int64) { w.count(func(s *Site) { s.Bytes += bytes }) }

// SizeUnknown says that not every file is asked for its size.
func (w *Walk) SizeUnknown() { w.count(func(s *Site) { s.MoreBytes = true }) }

// Pause gives the page a moment for itself now and then: no slice of work is
// longer than frameTime.
func (w *Walk) Pause() {
	const frameTime = 24 * time.Millisecond
	if time.Since(w.paused) > frameTime {
		time.Sleep(time.Millisecond)
		w.paused = time.Now()
	}
}

// End ends the walk, and reports whether it was still the one of its site.
func (w *Walk) End() (current bool) {
	current = w.count(func(s *Site) {
		w.e.walk = nil
		s.Cut = s.Cut || w.Stopped()
		e := &w.e.Site
		e.Files, e.Dirs, e.Bytes, e.MoreBytes, e.Cut = s.Files, s.Dirs, s.Bytes, s.MoreBytes, s.Cut
		e.Folder, e.Counted = "", true
	})
	w.r.Changed()
	return current
}
