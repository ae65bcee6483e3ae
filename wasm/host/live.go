//go:build js

package host

import (
	"time"

	"vitrine/wasm/served"
)

// Changes of a folder are collected before they are told: an editor writes a
// file in several steps, and the records of what was served are on their way.
const (
	settleTime = 100 * time.Millisecond // without another change
	maxSettle  = 2 * time.Second        // since the first one
	maxChanged = 1000                   // names; past them all that was served is looked at
)

// liveSite is what the preview of a site was given, and what has changed.
type liveSite struct {
	served served.Files

	names      []string // that changed since the last call of OnChanged
	all        bool     // and names are not all of them
	newest     time.Time
	gone       time.Time // when its folder was not where it was; zero if something was read there since
	collecting bool      // a goroutine waits for the end of it

	stale      bool      // there was a change since the folder was counted, or there may have been
	counted    time.Time // again, the last time
	recounting bool      // a goroutine does it
}

// liveSite returns that of a site, nil if there is no such site.
func (h *Host) liveSite(id string) *liveSite {
	if _, ok := h.sites.Site(id); !ok {
		return nil
	}
	l := h.live[id]
	if l == nil {
		l = &liveSite{counted: time.Now()}
		h.live[id] = l
	}
	return l
}

// changed takes what has changed in a site's folder, as whoever watches it was
// told: names of files and directories, nil if it may be anything. What was
// served to the preview is told to OnChanged.
func (h *Host) changed(id string, names []string) {
	l := h.liveSite(id)
	if l == nil {
		return
	}
	h.recount(id)
	if h.options.OnChanged == nil {
		return
	}
	l.all = l.all || names == nil || len(l.names)+len(names) > maxChanged
	if !l.all {
		l.names = append(l.names, names...)
	}
	l.newest = time.Now()
	if l.collecting {
		return
	}
	l.collecting = true
	go func() {
		for start := l.newest; ; {
			time.Sleep(settleTime)
			settled := time.Since(l.newest) >= settleTime && !h.bridges.HasUnread()
			if settled || time.Since(start) >= maxSettle {
				break
			}
		}
		names, all := l.names, l.all
		l.names, l.all, l.collecting = nil, false, false
		if f := h.folders[id]; all && f.FS != nil {
			names = l.served.Look(f.FS)
		}
		if names = l.served.Among(names); len(names) > 0 {
			h.tellChanged(id, names)
		}
	}()
}

func (h *Host) tellChanged(id string, names []string) {
	if h.options.OnChanged != nil {
		h.calls.Lock()
		defer h.calls.Unlock()
		h.options.OnChanged(id, names)
	}
}

// Refresh has the preview of a site show what is there now: by style sheets
// that are swapped if names has no others, else by loading the page again.
func (h *Host) Refresh(id string, names []string) {
	if served.OnlyStyles(names) {
		h.bridges.Refresh(id, names)
		return
	}
	h.Loads(id)
	h.bridges.Refresh(id, nil)
}
