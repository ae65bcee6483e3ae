//go:build js

package host

import (
	"strings"

	"vitrine/core/trace"
	"vitrine/wasm/sites"
)

// maxToldPath is how many bytes of a path a notice has.
const maxToldPath = 200

// missesParts tells the person what to do about a page that was opened as a
// file, alone, and asks for what lies beside it on the disk.
func (h *Host) missesParts(id string, r *trace.Record) {
	if r.Status != 404 || r.Browser.Mode == "navigate" {
		return
	}
	path, _, _ := strings.Cut(r.Request.Target.Text, "?")
	if path == "/favicon.ico" {
		return // which a browser asks for by itself
	}
	s, ok := h.sites.Site(id)
	if f := h.folders[id]; ok && !s.Whole {
		if page := f.LonePage(); page != "" {
			h.notice(sites.Notice{Message: sites.NewMessage("notice.lone-page", page, strings.ToValidUTF8(path[:min(len(path), maxToldPath)], "")), Site: id})
		}
	}
}
