//go:build js

package host

import (
	"time"

	"vitrine/wasm/hosting"
	"vitrine/wasm/sites"
)

// SetHosting says how a site will be hosted. It is served like that from now
// on.
func (h *Host) SetHosting(id string, o hosting.Options) {
	h.sites.Update(id, func(s *sites.Site) { s.Hosting = o })
	h.syncFolders()
	h.save(id)
	h.bridges.HostingChanged(id)
	go func() {
		time.Sleep(settleTime) // on the way to the worker
		h.tellChanged(id, nil)
	}()
}
