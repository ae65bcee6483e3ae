//go:build js

package host

import (
	"time"

	"vitrine/wasm/sites"
)

// The count of a folder follows the disk as far as that costs little: what is
// counted takes the browser's time from the preview.
const (
	recountDelay = 500 * time.Millisecond // behind a change: there may be more
	recountEvery = 3 * time.Second        // from one count to the next, and longer if counting takes long
	recountShare = 4                      // at most one part in so many of the time is spent on it
	maxRecount   = 5000                   // files and directories; larger folders are counted when asked for

	pollCount    = 10 * time.Second // between two counts of a folder that the browser does not watch
	maxPollCount = 500              // files and directories of such a folder
)

// recount has a folder that has changed counted again in the background.
func (h *Host) recount(id string) {
	l := h.liveSite(id)
	if l == nil {
		return
	}
	l.stale = true
	if l.recounting {
		return
	}
	l.recounting = true
	go func() {
		for l.stale {
			time.Sleep(recountDelay)
			begin := time.Now()
			l.stale = false
			l.stale = h.countAgain(id) || l.stale
			l.counted = time.Now()
			time.Sleep(max(recountEvery, (recountShare-1)*time.Since(begin)))
		}
		l.recounting = false
	}()
}

// countAgain counts a folder that is read from the disk, if it is a small one.
// What was counted before is shown until that is done. It reports whether to try
// again, since the folder is just being counted.
func (h *Host) countAgain(id string) (later bool) {
	s, ok := h.sites.Site(id)
	f := h.folders[id]
	if !ok || f.FS == nil || s.State != sites.Ready || s.Kind != sites.Handle || s.Files+s.Dirs > maxRecount {
		return false
	}
	walk := h.sites.BeginAgain(id)
	if walk == nil {
		return !s.Counted
	}
	index := f.HasIndex()
	f.Count(walk)
	if walk.End() {
		h.sites.Update(id, func(s *sites.Site) { s.Index = index })
	}
	return false
}
