//go:build js

package bridge

import (
	"errors"
	"strings"
	"syscall/js"
	"time"

	"vitrine/wasm/contract"
	"vitrine/wasm/remotefs"
	"vitrine/wasm/sites"
)

// maxText is how many bytes a frame may say about its failure, or about a
// request.
const maxText = 500

// text is what a frame says, as long as it may be and whatever it is.
func text(s string) string { return strings.ToValidUTF8(s[:min(len(s), maxText)], "") }

// sender is the site whose bridge sent an event; nil for all other senders.
// Only the frame of a site, while it shows the site's origin, is listened to:
// scripts of a site could navigate its frame elsewhere.
func (b *Bridges) sender(event js.Value) *bridge {
	if !event.Get("isTrusted").Bool() {
		return nil
	}
	source, origin := event.Get("source"), event.Get("origin").String()
	for _, s := range b.all {
		if !s.opened || origin != b.origins.Of(s.site) {
			continue
		}
		if b.origins.Mode == sites.OwnOrigin && b.floods(s) {
			return nil
		}
		if s.frame.Get("contentWindow").Equal(source) {
			return s
		}
	}
	return nil
}

// floods counts a message of a site and reports whether it was one too many.
func (b *Bridges) floods(s *bridge) bool { return b.spends(s, 1) }

// spends is floods for what costs as much as n messages.
func (b *Bridges) spends(s *bridge, n int) bool {
	if s.budget.Spend(time.Now(), n) && s.lookups < maxLookups {
		return false
	}
	b.page.Flooded(s.site)
	return true
}

// frameMessage takes a message that came to this window: from any window of
// the browser, with any value.
func (b *Bridges) frameMessage(event js.Value) {
	defer remotefs.Guard()
	s := b.sender(event)
	if s == nil {
		return
	}
	switch data := event.Get("data"); remotefs.Text(data, contract.FieldType) {
	case contract.NeedPort:
		if remotefs.Bool(data, contract.FieldNew) {
			// Before the worker has the port: then it need not start its program.
			s.up = true
			b.Attach(s.site)
		}
		if b.needPort(s) && remotefs.Bool(data, contract.FieldUpdated) {
			b.page.Replaced(s.site)
		}
	case contract.Failed:
		b.page.Worker(s.site, sites.StartFailed, sites.NewMessage("problem.worker", text(remotefs.Text(data, contract.FieldReason))))
	case contract.Past:
		if u, ok := sites.ReadPast(s.site, text(remotefs.Text(data, contract.FieldRequest)), time.Now()); ok {
			b.page.Unasked(u)
		}
	case contract.Unasked:
		if u, ok := sites.ReadUnasked(s.site, text(remotefs.Text(data, contract.FieldRequest)), time.Now()); ok {
			b.page.Unasked(u)
		}
	}
}

// needPort sends a port to the site's worker, or soon if it got one just now.
// It reports whether this call is not covered by one before.
func (b *Bridges) needPort(s *bridge) bool {
	if s.connecting {
		return false
	}
	wait := connectEvery - time.Since(s.connected)
	if wait <= 0 {
		b.connect(s)
		return true
	}
	s.connecting = true
	go func() {
		time.Sleep(wait)
		s.connecting = false
		if s.opened {
			b.connect(s)
		}
	}()
	return true
}

// workerMessage takes a message that came over a site's port: from its worker,
// or from scripts of the site that stand in for it.
func (b *Bridges) workerMessage(s *bridge, event js.Value) {
	defer remotefs.Guard()
	if !s.opened || b.floods(s) {
		return
	}
	port, data := event.Get("target"), event.Get("data")
	if hasRecords(data) {
		b.readLater(unread{s, data, s.own})
		return
	}
	m, err := remotefs.DecodeFromWorker(data)
	if _, ok := errors.AsType[*remotefs.VersionError](err); ok {
		b.otherVersion(s)
		return
	}
	switch m := m.(type) {
	case remotefs.Ping:
		port.Call("postMessage", remotefs.Encode(remotefs.Pong{}))
	case remotefs.Bye:
		if port.Equal(s.port) { // and not the one before
			b.page.Worker(s.site, sites.PortTaken, nil)
		}
	case remotefs.Look:
		s.lookups++
		go func() {
			node := b.page.Look(s.site, m)
			s.lookups--
			port.Call("postMessage", remotefs.Encode(remotefs.Found{Number: m.Number, Node: node}))
		}()
	}
}

// otherVersion has the worker of a site updated.
func (b *Bridges) otherVersion(s *bridge) {
	b.toFrame(s, message(contract.Update), nil)
	b.page.OtherVersion(s.site)
}
