package main

import (
	"strings"
	"sync"
	"time"

	"vitrine/core/handler"
)

// pastPath is where the page of a site's bridge hears of requests of that site
// that went past its service worker: the worker did not see them, so they are
// in no log, and what they asked for is not served.
const pastPath = reserved + "past"

// Bounds.
const (
	maxPastListeners = 4   // of one site: its bridge in each page of the tool
	maxPastWaiting   = 16  // requests that a listener has not taken yet; more are dropped
	maxPastPath      = 500 // bytes of a path that are told
)

// pastBeat is how often a listener that hears nothing gets a comment, so that
// neither end takes the connection for dead.
const pastBeat = 20 * time.Second

// Kinds of requests that go past a service worker.
const (
	pastDownload  = "download"  // of a link with "download"
	pastWorker    = "worker"    // the script of a service worker of the site's own
	pastWebSocket = "websocket" // the handshake of a WebSocket
)

// pastKind is the kind of a request that a page of the site itself made and
// that went past its service worker; "" for others.
func pastKind(x *handler.Exchange) string {
	fetch := func(name string) string { return x.Headers.Get("Sec-Fetch-" + name) }
	if isWebSocket(x) { // which has none of these fields on addresses without TLS
		_, from, _ := strings.Cut(x.Headers.Get("Origin"), "://")
		if strings.EqualFold(from, x.Headers.Get("Host")) {
			return pastWebSocket
		}
		return ""
	}
	switch {
	case fetch("Site") != "same-origin":
	case x.Headers.Get("Service-Worker") == "script":
		return pastWorker
	case fetch("Mode") == "navigate" && fetch("Dest") == "empty":
		return pastDownload
	}
	return ""
}

// isWebSocket reports whether a client wants to go on with the WebSocket
// protocol (RFC 9110 §7.8, RFC 6455 §4.1).
func isWebSocket(x *handler.Exchange) bool {
	for value := range x.Headers.Values("Upgrade") {
		for protocol := range strings.SplitSeq(value, ",") {
			if strings.EqualFold(strings.Trim(protocol, " \t"), "websocket") {
				return true
			}
		}
	}
	return false
}

// past tells the bridges of sites what went past their service workers.
type past struct {
	mu        sync.Mutex
	listeners map[string][]chan string // by the host of the site
	closed    chan struct{}
	isClosed  bool
}

func newPast() *past {
	return &past{listeners: make(map[string][]chan string), closed: make(chan struct{})}
}

// close ends all responses that pages listen to.
func (p *past) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.isClosed {
		p.isClosed = true
		close(p.closed)
	}
}

// tellPast tells the bridge of a site of a request, if it is one of those.
func (a *app) tellPast(x *handler.Exchange, r *appRequest) {
	if kind := pastKind(x); kind != "" && !strings.Contains(r.path, "\r") { // which would end a line of the event
		a.past.tell(r.name, kind, r.path)
	}
}

// tell tells those who listen for a site of a request.
func (p *past) tell(site, kind, path string) {
	event := "data: " + kind + " " + path[:min(len(path), maxPastPath)] + "\n\n"
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, l := range p.listeners[site] {
		select {
		case l <- event:
		default:
		}
	}
}

// listen registers a listener for a site, if there is room for one.
func (p *past) listen(site string) (l chan string, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.listeners[site]) == maxPastListeners || p.isClosed {
		return nil, false
	}
	l = make(chan string, maxPastWaiting)
	p.listeners[site] = append(p.listeners[site], l)
	return l, true
}

func (p *past) leave(site string, l chan string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	left := make([]chan string, 0, maxPastListeners)
	for _, other := range p.listeners[site] {
		if other != l {
			left = append(left, other)
		}
	}
	if p.listeners[site] = left; len(left) == 0 {
		delete(p.listeners, site)
	}
}

// sendPast responds with what goes past the service worker of a site as
// server-sent events (HTML Living Standard §9.2), until the client is gone or
// the server stops.
func (a *app) sendPast(x *handler.Exchange, r *appRequest) error {
	if x.Headers.Get("Sec-Fetch-Site") != "same-origin" {
		return r.sendError(x, 403, "Only a page of the site itself hears of its requests")
	}
	l, ok := a.past.listen(r.name)
	if !ok {
		return r.sendError(x, 503, "More pages listen than this server takes")
	}
	defer a.past.leave(r.name, l)
	x.SendResponse(200, "")
	x.SendHeader("Content-Type", "text/event-stream")
	x.SendHeader("Cache-Control", "no-store")
	r.sendGuards(x, "")
	if err := x.EndHeaders(); err != nil || !x.HasContent() {
		return err
	}
	beat := time.NewTicker(pastBeat)
	defer beat.Stop()
	gone := x.Context().Done()
	for text := ":\n\n"; ; {
		if _, err := x.Write([]byte(text)); err != nil {
			return err
		}
		if err := x.FlushHeaders(); err != nil {
			return err
		}
		select {
		case <-gone:
			return nil
		case <-a.past.closed:
			return nil
		case <-beat.C:
			text = ":\n\n"
		case text = <-l:
		}
	}
}
