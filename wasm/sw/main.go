//go:build js

package main

import (
	"sync"
	"syscall/js"

	"vitrine/wasm/contract"
	"vitrine/wasm/promise"
)

// worker is the program's state: one link for each site, which is one link
// unless sites share an origin.
type worker struct {
	mu    sync.Mutex
	links map[string]*link
	slots chan struct{} // one for each fetch in work
}

// MaxFetches bounds the fetches that are answered at the same time; more wait.
const MaxFetches = 256

func main() {
	w := &worker{links: make(map[string]*link), slots: make(chan struct{}, MaxFetches)}
	program := js.Global().Get("Object").New()
	program.Set(contract.Answer, js.FuncOf(w.answer)) // these two live as long as the program
	program.Set(contract.Connect, js.FuncOf(w.connect))
	js.Global().Get(contract.Ready).Invoke(program)
	select {}
}

// connect takes the port of a site from sw.js: connect(site, bridge, port).
func (w *worker) connect(_ js.Value, args []js.Value) any {
	w.link(args[0].String(), args[1].String()).connect(args[2])
	return nil
}

// answer answers a fetch of sw.js: answer(request, {site, prefix, bridge,
// tool}) is a promise of a Response.
func (w *worker) answer(_ js.Value, args []js.Value) any {
	f := newFetch(args[0], args[1])
	return promise.New(func() (js.Value, error) {
		w.slots <- struct{}{}
		defer func() { <-w.slots }()
		return f.run(w.link(f.site, f.bridge))
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
