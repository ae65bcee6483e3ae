//go:build js

package host

import (
	"syscall/js"
	"time"

	"vitrine/wasm/contract"
	"vitrine/wasm/promise"
	"vitrine/wasm/sites"
)

// offlineAfter is how long the page is open before its files are kept for a
// time without its host: who waits for a folder comes first.
const offlineAfter = 2 * time.Second

// keepOffline registers the service worker of the tool's origin, which keeps
// the page. Where sites share the origin that is the sites' worker.
func (h *Host) keepOffline() {
	time.Sleep(offlineAfter)
	script := contract.ToolScript
	if h.origins.Mode == sites.OneOrigin {
		script = contract.WorkerScript
	}
	// Without it the page needs its host, as before.
	promise.Try(func() js.Value { return js.Global().Call(contract.KeepOffline, script) })
}
