//go:build js

package bridge

import (
	"syscall/js"
	"time"

	"vitrine/core/trace"
	"vitrine/wasm/contract"
	"vitrine/wasm/hosting"
	"vitrine/wasm/remotefs"
	"vitrine/wasm/sites"
)

const (
	loadTime     = 20 * time.Second       // for a frame to come up
	hostTime     = 3 * time.Second        // for it before the tool's host is looked for
	connectEvery = 100 * time.Millisecond // between two ports: calls in between get one together
	maxLookups   = 600                    // lookups at once: a worker has 256 fetches in hand, and may ask twice
)

// Page is whom the bridges report to. All but Look, Record and Lost are called
// from callbacks of the browser, so they must not block; Look is called from
// goroutines.
type Page struct {
	Look    func(site string, look remotefs.Look) *remotefs.Node
	Relay   func(site string, port js.Value) bool // takes a port for what the site's worker relays, if it serves that
	Entry   func(site string) js.Value            // of a folder that has nothing else; undefined for any other
	Hosting func(site string) hosting.Options
	Serves  func(site string) bool                         // whether the folder can be read now
	Record  func(site string, r *trace.Record, lost int64) // called from a goroutine, one after another; what it says of bytes is rebuilt at most
	Lost    func(site string)                              // an exchange of which there is no record; called as Record
	Worker  func(site string, event sites.WorkerEvent, reason *sites.Message)
	Unasked func(sites.Unasked) // a site did something without its worker being asked, as its frame says
	Flooded func(site string)   // more came from a site than any server would send: close it
	// Replaced says that a newer worker took a site over, OtherVersion that the
	// worker is of another version and the browser was asked to update it.
	Replaced     func(site string)
	OtherVersion func(site string)
}

// Bridges are the ways to the workers of a page's sites. All of it belongs to
// callbacks of the browser, which never run beside each other.
type Bridges struct {
	origins  sites.Origins
	page     Page
	all      map[string]*bridge // by the ID of the site
	messages js.Func
	unread   []unread // messages with records, the oldest first
	reading  bool     // a goroutine reads them
}

// bridge is the way to the worker of one site.
type bridge struct {
	site    string
	frame   js.Value
	port    js.Value
	before  js.Value // the port before that one: records may be on their way
	receive js.Func
	opened  bool
	up      bool // the frame's script has asked for a port: it takes messages

	connected  time.Time    // when the port was sent
	connecting bool         // another one is on its way
	budget     sites.Budget // messages that the site may still send
	lookups    int          // in hand

	// Records of responses that may be given again: those that the program of the
	// worker at the port gave, and those of the page's worker, for as long as the
	// page is there.
	own    *lasting
	shared lasting
}

// New returns no bridges yet. From here on messages of frames are taken.
func New(origins sites.Origins, page Page) *Bridges {
	b := &Bridges{origins: origins, page: page, all: make(map[string]*bridge)}
	b.messages = js.FuncOf(func(_ js.Value, args []js.Value) any { // lives as long as the page
		b.frameMessage(args[0])
		return nil
	})
	js.Global().Call("addEventListener", "message", b.messages)
	return b
}

// Open puts the frame of a site into the page, under the site's name for
// people. What it says comes to frameMessage.
func (b *Bridges) Open(site, name string) {
	s := b.all[site]
	if s == nil {
		s = new(bridge)
		b.all[site] = s
	}
	url := b.origins.Bridge(site)
	frame := newFrame("bridge to "+name, url)
	*s = bridge{site: site, frame: frame, port: js.Undefined(), before: js.Undefined(), opened: true, lookups: s.lookups, shared: s.shared}
	b.page.Worker(site, sites.FrameOpened, nil)
	// The port says which site a message is for; nothing in it does.
	s.receive = js.FuncOf(func(_ js.Value, args []js.Value) any {
		b.workerMessage(s, args[0])
		return nil
	})
	silent := func(code string) {
		if s.opened && s.frame.Equal(frame) {
			b.page.Worker(site, sites.FrameSilent, sites.NewMessage(code, url))
		}
	}
	go func() {
		time.Sleep(hostTime)
		if !s.port.Truthy() && !hostResponds() {
			silent("problem.no-host")
			return
		}
		time.Sleep(loadTime - hostTime)
		silent("problem.silent")
	}()
}

// Close takes the frame of a site away, and with it the port.
func (b *Bridges) Close(site string) {
	s := b.all[site]
	if s == nil || !s.opened {
		return
	}
	s.opened, s.up = false, false
	if s.port.Truthy() {
		s.port.Call("postMessage", remotefs.Encode(remotefs.Bye{}))
	}
	closePort(s.before)
	closePort(s.port)
	s.frame.Call("remove")
	s.receive.Release()
	b.page.Worker(site, sites.FrameClosed, nil)
}

// Remove is Close for a site that does not come back.
func (b *Bridges) Remove(site string) {
	b.Close(site)
	delete(b.all, site)
}

// Bye tells all workers that the page goes away.
func (b *Bridges) Bye() {
	for _, s := range b.all {
		if s.opened && s.port.Truthy() {
			s.port.Call("postMessage", remotefs.Encode(remotefs.Bye{}))
		}
	}
}

func closePort(port js.Value) {
	if port.Truthy() {
		port.Set("onmessage", js.Null())
		port.Call("close")
	}
}

// connect sends a new port to the site's worker. The one before leads to a
// worker that was stopped, or replaced, or that has not heard of the new one.
func (b *Bridges) connect(s *bridge) {
	closePort(s.before)
	s.before = s.port
	s.own = new(lasting)
	channel := newChannel()
	s.port = channel.Get("port1")
	s.connected = time.Now()
	s.port.Set("onmessage", js.Global().Call(contract.WithProofs, b.page.Entry(s.site), s.receive))
	s.port.Call("postMessage", remotefs.Encode(remotefs.Hello{}))
	s.port.Call("postMessage", remotefs.Encode(remotefs.Hosting{Options: b.page.Hosting(s.site)}))
	m := message(contract.Port)
	m[contract.FieldIdle] = !b.page.Serves(s.site)
	b.toFrame(s, m, []any{channel.Get("port2")})
	b.page.Worker(s.site, sites.PortSent, nil)
}

func newChannel() js.Value { return js.Global().Get("MessageChannel").New() }

// Attach tells the bridge of a site whether the page's worker has its folder,
// and gives it a port there.
func (b *Bridges) Attach(site string) {
	s := b.all[site]
	if s == nil || !s.up {
		return // it is told when it comes up
	}
	var ports []any
	if channel := newChannel(); b.page.Relay(site, channel.Get("port1")) {
		ports = []any{channel.Get("port2")}
	}
	b.toFrame(s, message(contract.Attach), ports)
}

// Renew sends the worker of a site another port, if it has one: nothing that it
// was given before stands.
func (b *Bridges) Renew(site string) {
	if s := b.all[site]; s != nil && s.opened && s.port.Truthy() {
		b.needPort(s)
	}
}

// Stay keeps the worker of a site from being stopped for being idle.
func (b *Bridges) Stay(site string) {
	if s := b.all[site]; s != nil && s.opened {
		b.toFrame(s, message(contract.Stay), nil)
	}
}

// HostingChanged tells a site's worker how the site is to be served from now
// on, and that no response of before stands.
func (b *Bridges) HostingChanged(site string) {
	s := b.all[site]
	if s == nil || !s.opened || !s.port.Truthy() {
		return // it hears of it with its port
	}
	s.port.Call("postMessage", remotefs.Encode(remotefs.Hosting{Options: b.page.Hosting(site)}))
	s.port.Call("postMessage", remotefs.Encode(remotefs.FolderChanged{}))
}

// Refresh has the preview of a site show what is there now: by style sheets
// that are swapped, if only those of these names have changed, else by loading
// the page again.
func (b *Bridges) Refresh(site string, styles []string) {
	s := b.all[site]
	if s == nil || !s.opened {
		return
	}
	names := make([]any, len(styles))
	for i, name := range styles {
		names[i] = name
	}
	m := message(contract.Refresh)
	m[contract.FieldStyles] = names
	b.toFrame(s, m, nil)
}

// message is a message to a frame.
func message(kind string) map[string]any {
	return map[string]any{contract.FieldVersion: contract.Version, contract.FieldType: kind}
}

// toFrame sends a message, and maybe a port, to a site's frame, if it still
// shows the site's origin.
func (b *Bridges) toFrame(s *bridge, m map[string]any, ports []any) {
	if window := s.frame.Get("contentWindow"); window.Truthy() {
		window.Call("postMessage", m, b.origins.Of(s.site), ports)
	}
}
