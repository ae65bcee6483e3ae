//go:build js

package host

import (
	"path"
	"syscall/js"
	"time"

	"vitrine/core/trace"
	"vitrine/wasm/bridge"
	"vitrine/wasm/browserfs"
	"vitrine/wasm/contract"
	"vitrine/wasm/hosting"
	"vitrine/wasm/remotefs"
	"vitrine/wasm/sites"
	"vitrine/wasm/words"
)

// readingTime is how long a lookup waits for a folder that is still being
// read.
const readingTime = 20 * time.Second

// pastNotices say what is not served to requests that went past the worker.
var pastNotices = map[string]string{
	contract.PastDownload:  "notice.past-download",
	contract.PastWorker:    "notice.past-worker",
	contract.PastWebSocket: "notice.past-websocket",
}

// bridgePage is what comes from the workers of sites. All but lookups come
// from callbacks of the browser, which must not wait for ours.
func (h *Host) bridgePage() bridge.Page {
	notify := func(site, code string, bad bool, more ...string) {
		go func() {
			if s, ok := h.sites.Site(site); ok {
				h.notice(sites.Notice{Message: sites.NewMessage(code, append([]string{s.Name}, more...)...), Site: site, Bad: bad})
			}
		}()
	}
	return bridge.Page{
		Look:  h.look,
		Relay: h.worker.relay,
		Entry: func(site string) js.Value {
			if e, ok := h.folders[site].FS.(*browserfs.Entries); ok {
				return e.Root()
			}
			return js.Undefined()
		},
		Hosting: func(site string) hosting.Options {
			s, _ := h.sites.Site(site)
			return s.Hosting
		},
		Serves: func(site string) bool {
			s, _ := h.sites.Site(site)
			return s.State == sites.Ready || s.State == sites.Reading
		},
		Worker:  h.sites.MoveWorker,
		Flooded: h.hold,
		Record: func(site string, r *trace.Record, lost int64) {
			if lost > 0 {
				h.logCut(site)
			}
			h.record(site, r)
		},
		Lost: h.logCut,
		Unasked: func(u sites.Unasked) {
			if code := pastNotices[u.Why]; code != "" {
				notify(u.Site, code, false, u.Target)
			}
			go h.unasked(u)
		},
		Replaced: func(site string) {
			if h.clashed[site] {
				delete(h.clashed, site)
				go h.sites.Update(site, func(s *sites.Site) { s.Renewed++ })
			}
			notify(site, "notice.worker-updated", false)
		},
		OtherVersion: func(site string) {
			h.clashed[site] = true
			notify(site, "notice.worker-version", true)
		},
	}
}

// look responds to a lookup of a site's worker.
func (h *Host) look(id string, l remotefs.Look) *remotefs.Node {
	// The worker tells the person who loads the site, so it gets the sentence.
	unavailable := func(m *sites.Message) *remotefs.Node {
		return &remotefs.Node{Code: remotefs.Unavailable, Reason: words.Say(m.Code, m.Args...)}
	}
	s, ok := h.sites.Await(id, readingTime)
	switch {
	case !ok:
		return unavailable(sites.NewMessage("problem.closed"))
	case s.State == sites.Reading:
		return unavailable(sites.NewMessage("problem.reading", s.Name))
	case s.State != sites.Ready:
		return unavailable(s.Problem)
	}
	f := h.folders[id]
	if f.FS == nil {
		return unavailable(sites.NewMessage("problem.closed")) // just now
	}
	node := remotefs.Lookup(f.FS, l)
	if node.Code == remotefs.Permission && s.Kind == sites.Handle && !f.MayRead() {
		h.sites.Move(id, sites.Withdrawn, needsGrant(s.Name))
		return unavailable(needsGrant(s.Name))
	}
	if s.Kind == sites.Handle && l.Name == "." && node.Code != remotefs.Exists {
		h.folderGone(&s, node)
	}
	file, name := node, l.Name
	if node.IndexNode != nil {
		file, name = node.IndexNode, node.Index
	}
	if s.Kind == sites.Files && (file.Code == remotefs.Changed || file.Code == remotefs.Failed) {
		go h.notice(sites.Notice{Message: unread(&s, name, file), Site: id, Bad: true})
	}
	return node
}

// folderGone says that the folder of a site cannot be read as a whole.
func (h *Host) folderGone(s *sites.Site, node *remotefs.Node) {
	message := sites.NewMessage("notice.folder-unreadable", s.Name, node.Reason)
	if node.Code == remotefs.NotExist {
		message = sites.NewMessage("notice.folder-gone", s.Name)
	}
	if l := h.liveSite(s.ID); l != nil {
		l.gone = time.Now()
	}
	h.sites.Update(s.ID, func(s *sites.Site) { s.Gone = true })
	go h.notice(sites.Notice{Message: message, Site: s.ID, Bad: true})
}

// unread says why a file that was handed over cannot be read, and what to do.
func unread(s *sites.Site, name string, node *remotefs.Node) *sites.Message {
	name = path.Base(name)
	switch {
	case node.Code == remotefs.Failed:
		return sites.NewMessage("notice.file-failed", name, node.Reason, s.Name)
	case s.CanReadAgain():
		return sites.NewMessage("notice.file-changed", name, s.Name)
	}
	return sites.NewMessage("notice.file-changed-loose", name, s.Name)
}
