//go:build js

package host

import (
	"strings"
	"syscall/js"

	"vitrine/core/steps"
	"vitrine/wasm/contract"
	"vitrine/wasm/promise"
	"vitrine/wasm/remotefs"
	"vitrine/wasm/sites"
)

// folders is the page's own worker (worker/folders.js). It has the folders of
// sites that are one directory handle: it watches them, and serves fetches that
// the workers of those sites relay. Everything else is served over the page,
// and so is all of it in a browser that starts no such worker.
type folders struct {
	worker  js.Value // undefined before the first folder, and after it failed
	failed  bool
	open    map[string]opened // by site; empty while there is no worker
	watched map[string]bool
	typed   []*Typed // connections whose server it has

	question int // the newest about steps
	read     func(compat, strict *steps.Trace)

	moved   func(site string)                 // it has the folder of a site now, or not any more
	changed func(site string, names []string) // names is nil for "anything"
	watches func(site string)                 // changes are told from now on
}

// opened is what the worker has of a site.
type opened struct {
	handle  js.Value
	hosting string // encoded
}

// sync gives the worker the folders of the sites that are served, and takes
// back those that are not any more.
func (f *folders) sync(all []sites.Site, handle func(site string) js.Value) {
	served := make(map[string]bool)
	for i := range all {
		s := &all[i]
		if s.Kind != sites.Handle || s.State != sites.Ready {
			continue
		}
		h := handle(s.ID)
		if h.IsUndefined() {
			continue
		}
		served[s.ID] = true
		now := opened{h, s.Hosting.Encode()}
		switch old, ok := f.open[s.ID]; {
		case !ok || !old.handle.Equal(h):
			f.give(s.ID, now)
		case old.hosting != now.hosting:
			f.open[s.ID] = now
			m := message(contract.Host, s.ID)
			m.Set("options", now.hosting)
			f.worker.Call("postMessage", m)
		}
	}
	for id := range f.open {
		if !served[id] {
			f.take(id)
		}
	}
}

func (f *folders) give(site string, o opened) {
	if !f.ready() {
		return
	}
	delete(f.watched, site)
	m := message(contract.Open, site)
	m.Set("folder", o.handle)
	m.Set("options", o.hosting)
	// A handle that cannot be cloned stays the page's.
	if _, err := promise.Try(func() js.Value { return f.worker.Call("postMessage", m) }); err != nil {
		return
	}
	f.open[site] = o
	f.moved(site)
}

func (f *folders) take(site string) {
	delete(f.open, site)
	delete(f.watched, site)
	f.worker.Call("postMessage", message(contract.Close, site))
	f.moved(site)
}

// relay gives the worker a port of a site whose folder it has.
func (f *folders) relay(site string, port js.Value) bool {
	if _, ok := f.open[site]; !ok {
		return false
	}
	f.worker.Call("postMessage", message(contract.Attach, site), []any{port})
	return true
}

// start starts the worker. It lives as long as the page.
func (f *folders) start() bool {
	worker, err := promise.Try(func() js.Value { return js.Global().Call(contract.StartFolders) })
	if err != nil {
		f.failed = true
		return false
	}
	f.worker = worker
	worker.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		f.received(args[0].Get("data"))
		return nil
	}))
	worker.Set("onerror", js.FuncOf(func(js.Value, []js.Value) any {
		f.fail()
		return nil
	}))
	return true
}

// received takes a message of the worker, which is ours.
func (f *folders) received(data js.Value) {
	site := remotefs.Text(data, contract.FieldSite)
	switch remotefs.Text(data, contract.FieldType) {
	case contract.Failed:
		f.fail()
	case contract.Steps:
		f.readSteps(data)
	case contract.Watched:
		if _, ok := f.open[site]; ok {
			if f.watched[site] = remotefs.Bool(data, "on"); f.watched[site] {
				f.watches(site)
			}
		}
	case contract.Changed:
		var names []string
		if list := data.Get("names"); list.Type() == js.TypeString {
			names = strings.Split(list.String(), "\n")
		}
		f.changed(site, names)
	}
}

// fail does without the worker from now on.
func (f *folders) fail() {
	if f.failed {
		return
	}
	f.failed = true
	f.worker.Call("terminate")
	f.worker = js.Undefined()
	for site := range f.open {
		delete(f.open, site)
		f.moved(site)
	}
	clear(f.watched)
	for len(f.typed) > 0 {
		f.typed[0].close(true)
	}
}

// message is a message to the worker. It may be of a newer build than the page,
// which was open when that came, and tells by the version.
func message(kind, site string) js.Value {
	return js.ValueOf(map[string]any{contract.FieldVersion: contract.PortVersion, contract.FieldType: kind, contract.FieldSite: site})
}
