//go:build js

package host

import (
	"path"
	"time"

	"vitrine/core/trace"
	"vitrine/wasm/bridge"
	"vitrine/wasm/remotefs"
	"vitrine/wasm/sites"
)

// readingTime is how long a lookup waits for a folder that is still being
// read.
const readingTime = 20 * time.Second

// bridgePage is what comes from the workers of sites. All but lookups come
// from callbacks of the browser, which must not wait for ours.
func (h *Host) bridgePage() bridge.Page {
	notify := func(n sites.Notice, before, after string) {
		go func() {
			if s, ok := h.sites.Site(n.Site); ok {
				n.Text = before + s.Name + after
				h.notice(n)
			}
		}()
	}
	return bridge.Page{
		Look:    h.look,
		Worker:  h.sites.MoveWorker,
		Flooded: h.hold,
		Record: func(site string, r *trace.Record, lost int64) {
			go func() {
				if lost > 0 {
					h.notice(sites.Notice{ID: "log-cut", Site: site, Text: "Requests were answered while no page was there to take their records; some of them are missing here."})
				}
				h.record(site, r)
			}()
		},
		Replaced: func(site string) {
			if h.clashed[site] {
				delete(h.clashed, site)
				go h.sites.Update(site, func(s *sites.Site) { s.Renewed++ })
			}
			notify(sites.Notice{ID: "worker-updated", Site: site}, "The service worker of ", " was replaced by a newer one. Requests of that moment may have to be repeated.")
		},
		OtherVersion: func(site string) {
			h.clashed[site] = true
			notify(sites.Notice{ID: "worker-version", Site: site, Bad: true}, "The service worker of ", " is of another version than this page. The browser was asked to update it; reload this page if the preview does not come.")
		},
	}
}

// look responds to a lookup of a site's worker.
func (h *Host) look(id string, l remotefs.Look) *remotefs.Node {
	unavailable := func(reason string) *remotefs.Node {
		return &remotefs.Node{Code: remotefs.Unavailable, Reason: reason}
	}
	s, ok := h.sites.Await(id, readingTime)
	switch {
	case !ok:
		return unavailable("this site was closed")
	case s.State == sites.Reading:
		return unavailable("the folder " + s.Name + " is still being read")
	case s.State != sites.Ready:
		return unavailable(s.Problem)
	}
	f := h.folders[id]
	if f.FS == nil {
		return unavailable("this site was closed") // just now
	}
	node := remotefs.Lookup(f.FS, l)
	if node.Code == remotefs.Permission && s.Kind == sites.Handle && !f.MayRead() {
		h.sites.Move(id, sites.Withdrawn, needsGrant(s.Name))
		return unavailable(needsGrant(s.Name))
	}
	if s.Kind == sites.Handle && l.Name == "." && node.Code != remotefs.Exists {
		go h.notice(sites.Notice{ID: "folder-gone", Site: id, Text: "The folder " + s.Name + " cannot be read (" + node.Reason + "). It may have been moved, renamed or deleted; drop it again from where it is now.", Bad: true})
	}
	if s.Kind == sites.Files && (node.Code == remotefs.Changed || node.Code == remotefs.Failed) {
		go h.notice(sites.Notice{ID: "file-changed", Site: id, Text: path.Base(l.Name) + ": " + node.Reason + ". Drop the folder " + s.Name + " again to serve it as it is now.", Bad: true})
	}
	return node
}
