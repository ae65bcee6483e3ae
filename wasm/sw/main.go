//go:build js

package main

import (
	"sync"
	"syscall/js"

	"vitrine/wasm/contract"
	"vitrine/wasm/promise"
)

// worker is the program's state. In a service worker that is one link for each
// site, which is one link unless sites share an origin; in the page's worker,
// one folder for each site.
type worker struct {
	mu      sync.Mutex
	links   map[string]*link
	folders map[string]*folder
	slots   chan struct{} // one for each fetch under way
	typed   int           // connections of the console
}

func main() {
	w := &worker{links: make(map[string]*link), folders: make(map[string]*folder), slots: make(chan struct{}, contract.MaxFetches)}
	program := js.Global().Get("Object").New()
	for name, f := range map[string]func(js.Value, []js.Value) any{
		contract.Respond: w.respond, contract.Connect: w.connect,
		contract.OpenFolder: w.openFolder, contract.HostFolder: w.hostFolder, contract.CloseFolder: w.closeFolder, contract.ServeFetch: w.serveFetch,
		contract.OpenConsole: w.openConsole, contract.ReadSteps: readSteps,
	} {
		program.Set(name, js.FuncOf(f)) // they live as long as the program
	}
	js.Global().Get(contract.Ready).Invoke(program)
	select {}
}

// connect takes the port of a site from sw.js: connect(site, bridge, port).
func (w *worker) connect(_ js.Value, args []js.Value) any {
	w.link(args[0].String(), args[1].String()).connect(args[2])
	return nil
}

// respond serves a fetch of sw.js: respond(request, {site, prefix, bridge,
// tool}, keep) is a promise of a Response.
func (w *worker) respond(_ js.Value, args []js.Value) any {
	r, keep := newSiteRequest(args[0], args[1]), args[2]
	return promise.New(func() (js.Value, error) {
		w.slots <- struct{}{}
		defer func() { <-w.slots }()
		return r.respond(w.link(r.site, r.bridge), keep)
	})
}

func (w *worker) link(site, bridge string) *link {
	w.mu.Lock()
	defer w.mu.Unlock()
	l := w.links[site]
	if l == nil {
		l = newLink(site, bridge)
		w.links[site] = l
	}
	return l
}
