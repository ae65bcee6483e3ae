//go:build js

package host

import (
	"syscall/js"
	"time"

	"vitrine/wasm/sites"
)

// The time between two looks at what was served, and how many times as long as the
// last one took it is at least: each file costs two calls to the browser.
const (
	pollInterval = time.Second
	pollRest     = 5
)

// Poll has the files that the preview of a site was given looked at, again and
// again while this page is in sight; "" ends it. What is different is told to
// OnChanged. A folder that the browser watches is not looked at.
func (h *Host) Poll(id string) {
	if h.polled = id; id == "" || h.polling {
		return
	}
	h.polling = true
	go func() {
		took := time.Duration(0)
		for h.polled != "" {
			time.Sleep(max(pollInterval, pollRest*took))
			start := time.Now()
			h.poll(h.polled)
			took = time.Since(start)
		}
		h.polling = false
	}()
}

// poll looks once. Only what is behind a handle can be seen to change: a File
// stays what it was when the browser gave it.
func (h *Host) poll(id string) {
	s, _ := h.sites.Site(id)
	l, f := h.liveSite(id), h.folders[id]
	if l == nil || f.FS == nil || s.State != sites.Ready || !s.Follows() || h.worker.watched[id] || js.Global().Get("document").Get("hidden").Bool() {
		return
	}
	if time.Since(l.counted) >= pollCount && s.Files+s.Dirs <= maxPollCount {
		h.recount(id) // files that were not served may have come or gone
	}
	if names := l.served.Look(f.FS); len(names) > 0 {
		h.changed(id, names)
	}
}
