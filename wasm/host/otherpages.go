//go:build js

package host

import (
	"strings"
	"syscall/js"
	"time"

	"vitrine/wasm/promise"
)

const (
	// pagesChannel is where the tool's pages ask each other which sites they are
	// loading, with pagesQuestion; they respond with IDs, a space between two.
	pagesChannel  = "vitrine.loading"
	pagesQuestion = "?"
	// pagesTime is how long a page that is well has for the response.
	pagesTime = 300 * time.Millisecond
)

// otherPages tells the watch which of the sites that were found written down
// are not of a page that stopped, but of one that is open in another tab, and
// tells other pages the same. It waits only if there are such sites.
func (h *Host) otherPages() {
	channel, err := promise.Try(func() js.Value { return js.Global().Get("BroadcastChannel").New(pagesChannel) })
	if err != nil {
		return // a browser without
	}
	channel.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any { // lives as long as the page
		data := args[0].Get("data")
		switch {
		case data.Type() != js.TypeString:
		case data.String() == pagesQuestion:
			channel.Call("postMessage", strings.Join(h.watch.Loading(), " "))
		default:
			h.watch.Lives(strings.Fields(data.String()))
		}
		return nil
	}))
	if h.watch.Holding() {
		channel.Call("postMessage", pagesQuestion)
		time.Sleep(pagesTime)
	}
}
