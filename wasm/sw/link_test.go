//go:build js

package main

import (
	"errors"
	"sync"
	"syscall/js"
	"testing"
	"time"

	"vitrine/core/trace"
	"vitrine/wasm/contract"
	"vitrine/wasm/hosting"
	"vitrine/wasm/remotefs"
)

const testBridge = "http://site-1a2b.vitrine.localhost:8001/.vitrine/bridge.html"

// page is the tool's page as a link sees it: it hands out ports when asked, or
// does not.
type page struct {
	t    *testing.T
	link *link

	mu      sync.Mutex
	open    bool // a bridge is there
	deaf    bool // ports it hands out lead nowhere
	calls   int
	looks   []remotefs.Look
	records []remotefs.Record
	version int // of its messages; 0 is the right one
	options hosting.Options
	delay   time.Duration
}

// newPage puts the page behind the clients of a worker.
func newPage(t *testing.T) *page {
	p := &page{t: t, link: newLink("site-1a2b", testBridge), open: true}
	client := js.Global().Get("Object").New()
	client.Set("url", testBridge)
	called := js.FuncOf(func(_ js.Value, args []js.Value) any {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.calls++
		if m := args[0]; m.Get("vitrine").Int() != contract.Version || m.Get("type").String() != "need-port" || m.Get("site").String() != "site-1a2b" {
			t.Errorf("the bridge was asked for %s of %s in version %v", m.Get("type"), m.Get("site"), m.Get("vitrine"))
		}
		go p.connect()
		return nil
	})
	client.Set("postMessage", called)
	other := js.ValueOf(map[string]any{"url": "http://site-1a2b.vitrine.localhost:8001/"})
	match := js.FuncOf(func(js.Value, []js.Value) any {
		p.mu.Lock()
		defer p.mu.Unlock()
		list := []any{other}
		if p.open {
			list = append(list, client)
		}
		return js.Global().Get("Promise").Call("resolve", list)
	})
	clients := js.Global().Get("Object").New()
	clients.Set("matchAll", match)
	js.Global().Set("clients", clients)
	t.Cleanup(func() {
		p.link.mu.Lock()
		p.link.drop()
		p.link.mu.Unlock()
		js.Global().Delete("clients")
	})
	return p
}

// connect hands a port over, as bridge and sw.js do.
func (p *page) connect() {
	channel := js.Global().Get("MessageChannel").New()
	mine := channel.Get("port1")
	p.mu.Lock()
	deaf, version := p.deaf, p.version
	p.mu.Unlock()
	if !deaf {
		mine.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
			p.received(mine, args[0])
			return nil
		}))
		mine.Call("unref") // Node would wait for it
	}
	hello := remotefs.Encode(remotefs.Hello{})
	if version != 0 {
		hello.Set("vitrine", version)
	}
	mine.Call("postMessage", hello)
	mine.Call("postMessage", remotefs.Encode(remotefs.Hosting{Options: p.options}))
	channel.Get("port2").Call("unref")
	p.link.connect(channel.Get("port2"))
}

func (p *page) received(port, event js.Value) {
	m, err := remotefs.DecodeFromWorker(event.Get("data"))
	if err != nil {
		p.t.Error(err)
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch m := m.(type) {
	case remotefs.Ping:
		port.Call("postMessage", remotefs.Encode(remotefs.Pong{}))
	case remotefs.Record:
		p.records = append(p.records, m)
	case remotefs.Look:
		p.looks = append(p.looks, m)
		delay := p.delay
		go func() {
			time.Sleep(delay)
			node := &remotefs.Node{Code: remotefs.NotExist, Reason: m.Name}
			if p.version == 0 {
				port.Call("postMessage", remotefs.Encode(remotefs.Found{Number: m.Number, Node: node}))
			}
		}()
	}
}

// ask asks for a name and checks that the response is the one for it.
func (p *page) ask(name string) {
	p.t.Helper()
	node, err := p.link.ask(remotefs.Look{Name: name})
	if err != nil || node.Reason != name {
		p.t.Errorf("%s: got %+v, %v", name, node, err)
	}
}

func TestLinkAsksForAPort(t *testing.T) {
	p := newPage(t)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { p.ask("file") })
	}
	all.Wait()
	if p.calls != 1 || len(p.looks) != 50 {
		t.Errorf("got %d calls of the bridge and %d questions, want 1 and 50", p.calls, len(p.looks))
	}
}

// A port to a page that is gone gives no sign; the question reaches the next
// page all the same.
func TestLinkLeavesADeadPort(t *testing.T) {
	p := newPage(t)
	p.deaf = true
	p.connect()
	p.deaf = false
	start := time.Now()
	p.ask("file")
	if waited := time.Since(start); waited < silentTime {
		t.Errorf("gave up the port after %v, before it was silent for %v", waited, silentTime)
	}
	if p.calls != 1 {
		t.Errorf("got %d calls of the bridge, want 1", p.calls)
	}
}

// A page that takes its time but responds to pings is waited for, and asked once.
func TestLinkWaitsForASlowPage(t *testing.T) {
	p := newPage(t)
	p.delay = silentTime + silentTime/2
	p.ask("file")
	if len(p.looks) != 1 {
		t.Errorf("asked %d times, want 1", len(p.looks))
	}
}

func TestLinkWithoutAPage(t *testing.T) {
	p := newPage(t)
	p.open = false
	if _, err := p.link.ask(remotefs.Look{Name: "file"}); !errors.Is(err, errClosed) {
		t.Errorf("no bridge: got %v, want %v", err, errClosed)
	}
	// A page that is being reloaded is waited for.
	go func() {
		time.Sleep(bridgeTime / 2)
		p.mu.Lock()
		p.open = true
		p.mu.Unlock()
	}()
	p.ask("file")
}

func TestLinkAfterGoodbye(t *testing.T) {
	p := newPage(t)
	p.ask("file")
	event := js.Global().Get("Object").New()
	event.Set("data", remotefs.Encode(remotefs.Bye{}))
	p.link.received(event)
	p.open = false
	start := time.Now()
	if _, err := p.link.ask(remotefs.Look{Name: "file"}); !errors.Is(err, errClosed) {
		t.Errorf("got %v, want %v", err, errClosed)
	}
	if waited := time.Since(start); waited > bridgeTime+silentTime+pongTime {
		t.Errorf("waited %v for a page that said goodbye", waited)
	}
}

func TestLinkOtherVersion(t *testing.T) {
	p := newPage(t)
	p.version = remotefs.Version + 1
	if _, err := p.link.ask(remotefs.Look{Name: "file"}); !errors.Is(err, errOther) {
		t.Errorf("got %v, want %v", err, errOther)
	}
}

// Records wait for a page, but not without end, and what was lost is said.
func TestLinkKeepsUnsentRecords(t *testing.T) {
	p := newPage(t)
	for range MaxUnsent + 3 {
		p.link.send(&trace.Record{Status: 200}, 0)
	}
	p.connect()
	p.ask("file") // by then they have arrived: a port keeps the order
	if len(p.records) != MaxUnsent {
		t.Fatalf("got %d records, want %d", len(p.records), MaxUnsent)
	}
	if p.records[0].Lost != 3 || p.records[1].Lost != 0 {
		t.Errorf("lost: got %d and %d, want 3 and 0", p.records[0].Lost, p.records[1].Lost)
	}
}
