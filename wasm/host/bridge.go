//go:build js

package host

import (
	"errors"
	"io/fs"
	"path"
	"strings"
	"syscall/js"
	"time"

	"vitrine/core/trace"
	"vitrine/wasm/contract"
	"vitrine/wasm/remotefs"
)

// bridgeTime is how long a site's frame has to come up.
const bridgeTime = 20 * time.Second

// readingTime is how long a lookup waits for a folder that is still being
// read.
const readingTime = 20 * time.Second

// Bounds of what comes from a site. Its scripts can reach into the bridge and
// take the worker's place, so none of it is trusted.
const (
	maxReason    = 500                    // bytes that a frame may say about its failure
	connectEvery = 100 * time.Millisecond // between two ports: calls in between get one together
	maxLookups   = 600                    // lookups at once: a worker has 256 fetches in hand, and may ask twice
	maxBurst     = 10_000                 // messages that come together
	maxRate      = 3_000                  // messages in a second, in the long run
)

// bridge is the way to the worker of a site: a hidden frame on the site's
// origin, which passes our ports on, and the port in use. All of it belongs to
// callbacks of the browser, which never run beside each other.
type bridge struct {
	frame   js.Value
	port    js.Value
	receive js.Func
	opened  bool

	connected  time.Time // when the port was sent
	connecting bool      // another one is on its way
	budget     budget    // messages that the site may still send
}

// listen takes messages of frames and says goodbye when the page leaves.
func (h *Host) listen() {
	h.messages = js.FuncOf(func(_ js.Value, args []js.Value) any {
		h.frameMessage(args[0])
		return nil
	})
	js.Global().Call("addEventListener", "message", h.messages)
	h.leaving = js.FuncOf(func(js.Value, []js.Value) any {
		for _, s := range h.all() {
			if s.bridge.opened && s.bridge.port.Truthy() {
				s.bridge.port.Call("postMessage", remotefs.Encode(remotefs.Bye{}))
			}
		}
		h.watch.end()
		return nil
	})
	js.Global().Call("addEventListener", "pagehide", h.leaving)
}

// openBridge puts the frame into the page. What it says comes to frameMessage.
func (h *Host) openBridge(s *site) {
	h.setWorker(s, Worker{State: WorkerStarting})
	s.bridge = bridge{frame: h.newFrame("bridge to "+s.Name, h.place.bridge(s.ID)), port: js.Undefined(), opened: true}
	// The port says which site a message is for; nothing in it does.
	s.bridge.receive = js.FuncOf(func(_ js.Value, args []js.Value) any {
		h.workerMessage(s, args[0])
		return nil
	})
	frame := s.bridge.frame
	go func() {
		time.Sleep(bridgeTime)
		if !s.bridge.opened || !s.bridge.frame.Equal(frame) {
			return
		}
		h.failStarting(s, "the site's frame at "+h.place.bridge(s.ID)+" does not respond; reload this page")
	}()
}

// closeBridge takes the frame away, and with it the port.
func (h *Host) closeBridge(s *site) {
	if !s.bridge.opened {
		return
	}
	s.bridge.opened = false
	if port := s.bridge.port; port.Truthy() {
		port.Call("postMessage", remotefs.Encode(remotefs.Bye{}))
		port.Set("onmessage", js.Null())
		port.Call("close")
	}
	s.bridge.frame.Call("remove")
	s.bridge.receive.Release()
}

// forgetTime is how long the frame that forgets a site has for it.
const forgetTime = 10 * time.Second

// forget has what the site itself stored in the browser deleted, its worker
// and the worker's program among it, by a frame of its own: what the site's
// scripts did to the bridge does not matter. Where sites share the tool's
// origin their storage cannot be told from the tool's.
func (h *Host) forget(id string) {
	if h.place.mode == OneOrigin {
		return
	}
	frame := h.newFrame("forgets "+id, h.place.bridge(id)+"?"+contract.ForgetFlag)
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

// newFrame puts a hidden frame with a page of ours on a site's origin into
// this page. Scripts of the site can act through it, so it may do no more than
// the preview, and needs less: above all it must not lead this window away.
func (h *Host) newFrame(title, url string) js.Value {
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

// toFrame sends a message, and maybe a port, to a site's frame, if it still
// shows the site's origin.
func (h *Host) toFrame(s *site, kind string, ports []any) {
	m := map[string]any{contract.FieldVersion: contract.Version, contract.FieldType: kind}
	if window := s.bridge.frame.Get("contentWindow"); window.Truthy() {
		window.Call("postMessage", m, h.place.originOf(s.ID), ports)
	}
}

// sender is the site whose bridge sent an event; nil for all other senders.
// Only the frame of a site, while it shows the site's origin, is listened to:
// scripts of a site could navigate its frame elsewhere.
func (h *Host) sender(event js.Value) *site {
	if !event.Get("isTrusted").Bool() {
		return nil
	}
	source, origin := event.Get("source"), event.Get("origin").String()
	for _, s := range h.all() {
		if !s.bridge.opened || origin != h.place.originOf(s.ID) {
			continue
		}
		if h.place.mode == OwnOrigin && h.floods(s) {
			return nil
		}
		if s.bridge.frame.Get("contentWindow").Equal(source) {
			return s
		}
	}
	return nil
}

// floods counts a message of a site and reports whether it was one too many:
// the site is held back then.
func (h *Host) floods(s *site) bool {
	if s.bridge.budget.spend(time.Now()) && s.lookups < maxLookups {
		return false
	}
	h.hold(s, "Scripts of "+s.Name+" sent this page more messages than any server would. It was closed before this page could freeze.")
	return true
}

// frameMessage takes a message that came to this window: from any window of
// the browser, with any value.
func (h *Host) frameMessage(event js.Value) {
	defer remotefs.Guard()
	s := h.sender(event)
	if s == nil {
		return
	}
	switch data := event.Get("data"); remotefs.Text(data, contract.FieldType) {
	case contract.NeedPort:
		if h.needPort(s) && remotefs.Bool(data, contract.FieldUpdated) {
			go h.notice(Notice{ID: "worker-updated", Site: s.ID, Text: "The service worker of " + s.Name + " was replaced by a newer one. Requests of that moment may have to be repeated."})
		}
	case contract.Failed:
		reason := remotefs.Text(data, contract.FieldReason)
		h.setWorker(s, Worker{WorkerFailed, strings.ToValidUTF8(reason[:min(len(reason), maxReason)], "")})
	}
}

// needPort sends a port to the site's worker, or soon if it got one just now.
// It reports whether this call is not covered by one before.
func (h *Host) needPort(s *site) bool {
	if s.bridge.connecting {
		return false
	}
	wait := connectEvery - time.Since(s.bridge.connected)
	if wait <= 0 {
		h.connect(s)
		return true
	}
	s.bridge.connecting = true
	go func() {
		time.Sleep(wait)
		s.bridge.connecting = false
		if s.bridge.opened {
			h.connect(s)
		}
	}()
	return true
}

// connect sends a new port to the site's worker. The one before leads to a
// worker that was stopped, or replaced.
func (h *Host) connect(s *site) {
	if s.bridge.port.Truthy() {
		s.bridge.port.Set("onmessage", js.Null())
		s.bridge.port.Call("close")
	}
	channel := js.Global().Get("MessageChannel").New()
	s.bridge.port = channel.Get("port1")
	s.bridge.connected = time.Now()
	s.bridge.port.Set("onmessage", s.bridge.receive)
	s.bridge.port.Call("postMessage", remotefs.Encode(remotefs.Hello{}))
	h.toFrame(s, contract.Port, []any{channel.Get("port2")})
	h.setWorker(s, Worker{State: WorkerReady})
}

// workerMessage takes a message that came over a site's port: from its worker,
// or from scripts of the site in the worker's place.
func (h *Host) workerMessage(s *site, event js.Value) {
	defer remotefs.Guard()
	if !s.bridge.opened || h.floods(s) {
		return
	}
	port := event.Get("target")
	m, err := remotefs.DecodeFromWorker(event.Get("data"))
	var version *remotefs.VersionError
	if errors.As(err, &version) {
		h.toFrame(s, contract.Update, nil)
		go h.notice(Notice{ID: "worker-version", Site: s.ID, Text: "The service worker of " + s.Name + " is of another version than this page. The browser was asked to update it; reload this page if the preview does not come.", Bad: true})
		return
	}
	switch m := m.(type) {
	case remotefs.Ping:
		port.Call("postMessage", remotefs.Encode(remotefs.Pong{}))
	case remotefs.Look:
		s.lookups++
		go func() {
			node := h.look(s, m)
			s.lookups--
			port.Call("postMessage", remotefs.Encode(remotefs.Found{Number: m.Number, Node: node}))
		}()
	case remotefs.Record:
		rebuilt(m.Record)
		go func() {
			if m.Lost > 0 {
				h.notice(Notice{ID: "log-cut", Site: s.ID, Text: "Requests were answered while no page was there to take their records; some of them are missing here."})
			}
			h.record(s.ID, m.Record)
		}()
	}
}

// rebuilt keeps a record from saying more than a worker can know: no byte that
// it tells of was seen on a socket, or typed by hand.
func rebuilt(r *trace.Record) {
	limit := func(p *trace.Provenance) {
		if *p == trace.Wire || *p == trace.Typed {
			*p = trace.Rebuilt
		}
	}
	limit(&r.Source)
	for i := range r.Steps {
		if k := r.Steps[i].Kind; k == trace.In || k == trace.Out {
			limit(&r.Steps[i].From)
		}
	}
}

// look answers a lookup of a site's worker.
func (h *Host) look(s *site, l remotefs.Look) *remotefs.Node {
	away := func() *remotefs.Node { return &remotefs.Node{Code: remotefs.Unavailable, Reason: s.Problem} }
	h.mu.Lock()
	state, changed := s.State, s.changed
	h.mu.Unlock()
	if state == Reading {
		select {
		case <-changed:
			state = s.State
		case <-time.After(readingTime):
			return &remotefs.Node{Code: remotefs.Unavailable, Reason: "the folder " + s.Name + " is still being read"}
		}
	}
	if state != Ready {
		return away()
	}
	node := remotefs.Lookup(s.folder.fsys, l)
	if node.Code == remotefs.Permission && s.Kind == Handle {
		if state, problem := permission(s.folder.handles, s.Name); state != Ready {
			h.set(s, state, problem)
			return away()
		}
	}
	if s.Kind == Handle && l.Name == "." && node.Code != remotefs.Exists {
		go h.notice(Notice{ID: "folder-gone", Site: s.ID, Text: "The folder " + s.Name + " cannot be read (" + node.Reason + "). It may have been moved, renamed or deleted; drop it again from where it is now.", Bad: true})
	}
	if s.Kind == Files && (node.Code == remotefs.Changed || node.Code == remotefs.Failed) {
		go h.notice(Notice{ID: "file-changed", Site: s.ID, Text: path.Base(l.Name) + ": " + node.Reason + ". Drop the folder " + s.Name + " again to serve it as it is now.", Bad: true})
	}
	return node
}

// hasIndex reports whether a folder has an index page at its root.
func hasIndex(fsys fs.FS) bool {
	for _, name := range [...]string{"index.html", "index.htm"} {
		if info, err := fs.Stat(fsys, name); err == nil && !info.IsDir() {
			return true
		}
	}
	return false
}
