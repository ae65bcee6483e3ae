//go:build js

package main

import (
	"errors"
	"sync"
	"syscall/js"
	"time"

	"vitrine/core/trace"
	"vitrine/wasm/contract"
	"vitrine/wasm/hosting"
	"vitrine/wasm/promise"
	"vitrine/wasm/remotefs"
)

// How long a fetch waits for the tool's page.
const (
	portTime   = 10 * time.Second       // for a port, while a bridge is open
	bridgeTime = time.Second            // for a bridge to show up: a page that is just being reloaded
	bridgePoll = 100 * time.Millisecond // between two looks for it
	silentTime = time.Second            // without a response before the page is pinged
	pongTime   = 2 * time.Second        // for the pong
	lookTime   = time.Minute            // for one question all in all
)

// MaxUnsent is how many records wait for a page to take them.
const MaxUnsent = 200

// link is the way from a site to the page that has its files. The page may be
// reloaded and this worker stopped: then the port leads nowhere, without a
// sign. So a question without a response is followed by a ping, and without
// a pong a new port is asked for and the question put again.
type link struct {
	site   string
	bridge string // URL of the page that passes ports on

	mu      sync.Mutex
	port    js.Value      // undefined while there is none
	silent  bool          // the last one led nowhere
	changed chan struct{} // closed when port becomes another one
	waiting map[int]chan<- *remotefs.Node
	last    int
	heard   chan struct{} // closed at the next message
	other   bool          // the page speaks another version
	call    *call         // for a port, under way

	hosting hosting.Options // the newest that the page has sent
	changes int             // how often it has sent some

	unsent []*trace.Record // oldest first
	lost   int64           // records that could not be kept

	receive js.Func
}

func newLink(site, bridge string) *link {
	l := &link{
		site: site, bridge: bridge, port: js.Undefined(),
		changed: make(chan struct{}), heard: make(chan struct{}),
		waiting: make(map[int]chan<- *remotefs.Node),
	}
	l.receive = js.FuncOf(func(_ js.Value, args []js.Value) any { // lives as long as the link, as the program
		l.received(args[0])
		return nil
	})
	return l
}

// connect takes a port that leads to the page.
func (l *link) connect(port js.Value) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.drop()
	l.port, l.other, l.silent = port, false, false
	port.Set("onmessage", l.receive) // starts it
	close(l.changed)
	l.changed = make(chan struct{})
	for _, r := range l.unsent {
		l.post(remotefs.Record{Record: r, Lost: l.lost})
		l.lost = 0
	}
	l.unsent = nil
}

// drop forgets the port.
func (l *link) drop() {
	if !l.port.IsUndefined() {
		l.port.Set("onmessage", js.Null())
		l.port.Call("close")
		l.port = js.Undefined()
	}
}

func (l *link) post(m remotefs.Message) {
	if !l.port.IsUndefined() {
		l.port.Call("postMessage", remotefs.Encode(m))
	}
}

// received takes a message that came over the port, whatever it is: scripts of
// the site can send ports, too.
func (l *link) received(event js.Value) {
	m, err := remotefs.Decode(event.Get("data"))
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.heard)
	l.heard = make(chan struct{})
	if _, ok := errors.AsType[*remotefs.VersionError](err); ok {
		l.other = true
		return
	}
	switch m := m.(type) {
	case remotefs.Found:
		if response := l.waiting[m.Number]; response != nil {
			delete(l.waiting, m.Number)
			response <- m.Node
		}
	case remotefs.Hosting:
		l.hosting = m.Options
		l.changes++
	case remotefs.Bye:
		l.drop()
	}
}

// ask puts a question to the page and waits for the response.
func (l *link) ask(look remotefs.Look) (*remotefs.Node, error) {
	l.mu.Lock()
	l.last++
	look.Number = l.last
	response := make(chan *remotefs.Node, 1)
	l.waiting[look.Number] = response
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		delete(l.waiting, look.Number)
		l.mu.Unlock()
	}()

	over := time.NewTimer(lookTime)
	defer over.Stop()
	for {
		if err := l.ready(); err != nil {
			return nil, err
		}
		l.mu.Lock()
		port, changed := l.port, l.changed
		l.post(look)
		l.mu.Unlock()
		node, err := l.wait(response, changed, over.C)
		if node != nil || err != nil {
			return node, err
		}
		l.mu.Lock()
		if l.port.Equal(port) {
			l.drop() // it leads nowhere
			l.silent = true
		}
		l.mu.Unlock()
	}
}

// options returns how the site is to be served, and a number that is another
// one after each change. Behind a response of the page they are those of that
// page, which sends them first.
func (l *link) options() (o hosting.Options, changes int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.hosting, l.changes
}

// wait waits for a response as long as the other end gives signs of life. It
// returns neither a node nor an error if there are none, or there is a new port.
func (l *link) wait(response <-chan *remotefs.Node, changed <-chan struct{}, over <-chan time.Time) (*remotefs.Node, error) {
	silent := time.NewTimer(silentTime)
	defer silent.Stop()
	for {
		select {
		case node := <-response:
			return node, nil
		case <-changed:
			return nil, nil
		case <-over:
			return nil, errSlow
		case <-silent.C:
		}
		l.mu.Lock()
		heard, other := l.heard, l.other
		l.post(remotefs.Ping{})
		l.mu.Unlock()
		if other {
			return nil, errOther
		}
		pong := time.NewTimer(pongTime)
		select {
		case node := <-response:
			pong.Stop()
			return node, nil
		case <-changed:
			pong.Stop()
			return nil, nil
		case <-heard:
			pong.Stop()
		case <-pong.C:
			return nil, nil
		}
		silent.Reset(silentTime)
	}
}

// call is a request for a port, which all fetches that need one wait for.
type call struct {
	done chan struct{} // closed when a bridge was called, or none is there
	err  error
}

// ready waits until there is a port, and asks for one if there is none.
func (l *link) ready() error {
	wait := time.NewTimer(portTime)
	defer wait.Stop()
	for {
		l.mu.Lock()
		there, changed, c := !l.port.IsUndefined(), l.changed, l.call
		if !there && c == nil {
			c = &call{done: make(chan struct{})}
			l.call = c
			go l.callBridge(c, changed)
		}
		l.mu.Unlock()
		if there {
			return nil
		}
		select {
		case <-changed:
			continue
		case <-c.done:
		case <-wait.C:
			return errSilent
		}
		if c.err != nil {
			return c.err
		}
		select { // a bridge was called: now it is up to the page
		case <-changed:
		case <-time.After(pongTime): // it may have gone; look again
		case <-wait.C:
			return errSilent
		}
	}
}

// callBridge asks the bridge of the tool's page for a port. A page that is
// being reloaded has none for a moment.
func (l *link) callBridge(c *call, changed <-chan struct{}) {
	defer func() {
		l.mu.Lock()
		l.call = nil
		l.mu.Unlock()
		close(c.done)
	}()
	query := map[string]any{"type": "window", "includeUncontrolled": true}
	l.mu.Lock()
	request := map[string]any{contract.FieldVersion: contract.Version, contract.FieldType: contract.NeedPort, contract.FieldSite: l.site, contract.FieldIdle: l.silent}
	l.mu.Unlock()
	for start := time.Now(); ; {
		list, err := promise.Call(js.Global().Get("clients"), "matchAll", query)
		if err != nil {
			c.err = err
			return
		}
		called := false
		for i := range list.Length() {
			if client := list.Index(i); client.Get("url").String() == l.bridge {
				client.Call("postMessage", request)
				called = true
			}
		}
		if called {
			return
		}
		if time.Since(start) > bridgeTime {
			c.err = errClosed
			return
		}
		select {
		case <-changed:
			return
		case <-time.After(bridgePoll):
		}
	}
}

// send sends a record to the page, or keeps it until there is one. serial is
// the number that the page is to know it by; 0 for none.
func (l *link) send(r *trace.Record, serial int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.port.IsUndefined() {
		l.post(remotefs.Record{Record: r, Serial: serial})
		return
	}
	if len(l.unsent) == MaxUnsent {
		l.unsent = l.unsent[1:]
		l.lost++
	}
	l.unsent = append(l.unsent, r)
}
