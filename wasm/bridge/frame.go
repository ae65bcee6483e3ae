//go:build js

package bridge

import (
	"syscall/js"
	"time"

	"vitrine/wasm/contract"
	"vitrine/wasm/promise"
	"vitrine/wasm/sites"
)

// newFrame puts a hidden frame with a page of ours on a site's origin into
// this page. Scripts of the site can act through it, so it may do no more than
// the preview, and needs less: above all it must not lead this window away.
func newFrame(title, url string) js.Value {
	document := js.Global().Get("document")
	frame := document.Call("createElement", "iframe")
	frame.Set("hidden", true)
	frame.Set("tabIndex", -1)
	frame.Set("title", title)
	frame.Call("setAttribute", "aria-hidden", "true")
	frame.Call("setAttribute", "sandbox", "allow-scripts allow-same-origin")
	frame.Set("src", url)
	document.Get("body").Call("appendChild", frame)
	return frame
}

// hostResponds asks the tool's host for something that is never kept without
// it: the frame of a new site comes from there.
func hostResponds() bool {
	_, err := promise.Call(js.Global(), "fetch", contract.ToolScript, map[string]any{"method": "HEAD", "cache": "no-store"})
	return err == nil
}

// forgetTime is how long the frame that forgets a site has for it.
const forgetTime = 10 * time.Second

// Forget has what a site itself stored in the browser deleted, its worker and
// the worker's program among it, by a frame of its own: what the site's scripts
// did to the bridge does not matter. Where sites share the tool's origin their
// storage cannot be told from the tool's.
func (b *Bridges) Forget(site string) {
	if b.origins.Mode == sites.OneOrigin {
		return
	}
	frame := newFrame("forgets "+site, b.origins.Bridge(site)+"?"+contract.ForgetFlag)
	done := make(chan struct{}, 1)
	said := js.FuncOf(func(_ js.Value, args []js.Value) any {
		if event := args[0]; event.Get("isTrusted").Bool() && event.Get("source").Equal(frame.Get("contentWindow")) {
			select {
			case done <- struct{}{}:
			default:
			}
		}
		return nil
	})
	js.Global().Call("addEventListener", "message", said)
	go func() {
		select {
		case <-done:
		case <-time.After(forgetTime):
		}
		js.Global().Call("removeEventListener", "message", said)
		said.Release()
		frame.Call("remove")
	}()
}
