//go:build js

package host

import (
	"errors"
	"io/fs"
	"path"
	"syscall/js"
	"time"

	"vitrine/wasm/filefs"
	"vitrine/wasm/message"
)

// bridgeTime is how long a site's frame has to come up.
const bridgeTime = 20 * time.Second

// readingTime is how long a lookup waits for a folder that is still being
// read.
const readingTime = 20 * time.Second

// maxReason bounds what a frame may say about its failure, in bytes: scripts
// of the site can say it, too.
const maxReason = 500

// bridge is the way to the worker of a site: a hidden frame on the site's
// origin, which passes our ports on, and the port in use.
type bridge struct {
	frame   js.Value
	port    js.Value
	receive js.Func
	opened  bool
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
				s.bridge.port.Call("postMessage", message.Encode(message.Bye{}))
			}
		}
		return nil
	})
	js.Global().Call("addEventListener", "pagehide", h.leaving)
}

// openBridge puts the frame into the page. What it says comes to frameMessage.
func (h *Host) openBridge(s *site) {
	document := js.Global().Get("document")
	frame := document.Call("createElement", "iframe")
	frame.Set("hidden", true)
	frame.Set("tabIndex", -1)
	frame.Set("title", "bridge to "+s.Name)
	frame.Call("setAttribute", "aria-hidden", "true")
	// Scripts of the site can act through this frame: it may do no more than
	// the preview, and needs less. Above all it must not lead this window away.
	frame.Call("setAttribute", "sandbox", "allow-scripts allow-same-origin")
	frame.Set("src", h.place.bridge(s.ID))
	s.bridge = bridge{frame: frame, port: js.Undefined(), opened: true}
	// The port says which site a message is for; nothing in it does.
	s.bridge.receive = js.FuncOf(func(_ js.Value, args []js.Value) any {
		h.workerMessage(s, args[0])
		return nil
	})
	document.Get("body").Call("appendChild", frame)
	go func() {
		time.Sleep(bridgeTime)
		h.setWorker(s, "starting", "failed: the site's frame at "+h.place.bridge(s.ID)+" does not answer; reload this page")
	}()
}

// closeBridge takes the frame away, and on an origin of its own the worker.
func (h *Host) closeBridge(s *site) {
	if !s.bridge.opened {
		return
	}
	s.bridge.opened = false
	if s.bridge.port.Truthy() {
		s.bridge.port.Call("postMessage", message.Encode(message.Bye{}))
	}
	h.toFrame(s, "forget", nil)
	go func() {
		time.Sleep(time.Second) // for the message to arrive
		s.bridge.frame.Call("remove")
		if s.bridge.port.Truthy() {
			s.bridge.port.Set("onmessage", js.Null())
			s.bridge.port.Call("close")
		}
		s.bridge.receive.Release()
	}()
}

// setWorker moves the worker's state on, from a state or from any.
func (h *Host) setWorker(s *site, from, to string) {
	h.mu.Lock()
	ok := (from == "" || s.worker == from) && s.worker != to
	if ok {
		s.worker = to
	}
	h.mu.Unlock()
	if ok {
		h.changed()
	}
}

// toFrame sends a message, and maybe a port, to a site's frame, if it still
// shows the site's origin.
func (h *Host) toFrame(s *site, kind string, ports []any) {
	m := map[string]any{"vitrine": message.Version, "type": kind}
	if window := s.bridge.frame.Get("contentWindow"); window.Truthy() {
		window.Call("postMessage", m, h.place.originOf(s.ID), ports)
	}
}

// frameMessage takes a message that came to this window. Only the frame of a
// site, while it shows the site's origin, is listened to: scripts of a site
// could navigate its frame elsewhere.
func (h *Host) frameMessage(event js.Value) {
	data, source := event.Get("data"), event.Get("source")
	if data.Type() != js.TypeObject || data.Get("vitrine").Type() != js.TypeNumber {
		return
	}
	var s *site
	for _, other := range h.all() {
		if other.bridge.opened && other.bridge.frame.Get("contentWindow").Equal(source) {
			s = other
		}
	}
	if s == nil || event.Get("origin").String() != h.place.originOf(s.ID) {
		return
	}
	switch message.Text(data, "type") {
	case "need-port":
		h.connect(s)
		if data.Get("updated").Truthy() {
			go h.notice(Notice{ID: "worker-updated", Site: s.ID, Text: "The service worker of " + s.Name + " was replaced by a newer one. Requests of that moment may have to be repeated."})
		}
	case "failed":
		reason := message.Text(data, "reason")
		go h.setWorker(s, "", "failed: "+reason[:min(len(reason), maxReason)])
	}
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
	s.bridge.port.Set("onmessage", s.bridge.receive)
	s.bridge.port.Call("postMessage", message.Encode(message.Hello{}))
	h.toFrame(s, "port", []any{channel.Get("port2")})
	go h.setWorker(s, "", "ready")
}

// workerMessage takes a message of a site's worker.
func (h *Host) workerMessage(s *site, event js.Value) {
	port := event.Get("target")
	m, err := message.DecodeFromWorker(event.Get("data"))
	var version *message.VersionError
	if errors.As(err, &version) {
		h.toFrame(s, "update", nil)
		go h.notice(Notice{ID: "worker-version", Site: s.ID, Text: "The service worker of " + s.Name + " is of another version than this page. The browser was asked to update it; reload this page if the preview does not come.", Bad: true})
		return
	}
	switch m := m.(type) {
	case message.Ping:
		port.Call("postMessage", message.Encode(message.Pong{}))
	case message.Look:
		go func() {
			port.Call("postMessage", message.Encode(message.Found{Number: m.Number, Node: h.look(s, m)}))
		}()
	case message.Record:
		go func() {
			if m.Lost > 0 {
				h.notice(Notice{ID: "log-cut", Site: s.ID, Text: "Requests were answered while no page was there to take their records; some of them are missing here."})
			}
			h.record(s.ID, m.Record)
		}()
	}
}

// look answers a lookup of a site's worker.
func (h *Host) look(s *site, l message.Look) *message.Node {
	away := func() *message.Node { return &message.Node{Code: message.Unavailable, Reason: s.Problem} }
	h.mu.Lock()
	state, changed := s.State, s.changed
	h.mu.Unlock()
	if state == Reading {
		select {
		case <-changed:
			state = s.State
		case <-time.After(readingTime):
			return &message.Node{Code: message.Unavailable, Reason: "the folder " + s.Name + " is still being read"}
		}
	}
	if state != Ready {
		return away()
	}
	node := filefs.Lookup(s.folder.fsys, l)
	if node.Code == message.Permission && s.Kind == Handle {
		if state, problem := permission(s.folder.handles, s.Name); state != Ready {
			h.set(s, state, problem)
			return away()
		}
	}
	if s.Kind == Handle && l.Name == "." && node.Code != message.Exists {
		go h.notice(Notice{ID: "folder-gone", Site: s.ID, Text: "The folder " + s.Name + " cannot be read (" + node.Reason + "). It may have been moved, renamed or deleted; drop it again from where it is now.", Bad: true})
	}
	if s.Kind == Files && node.Code == message.Failed {
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
