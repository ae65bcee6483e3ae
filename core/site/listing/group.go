//go:build !js

package listing

import (
	"bytes"
	"errors"
	"slices"
	"sync"
	"weak"
)

// Group keeps the listings of large directories from filling the memory: one
// has about a hundred bytes for each entry, and it stays until the slowest
// client has taken it. Listings are made one at a time, once for all who wait
// for the same directory, and one that says the same as another that is still
// being sent is that one. The zero value is ready.
//
// Nothing stale is sent: who asks while a listing is being made waits for the
// next one, whose directory is read after that.
type Group struct {
	mu    sync.Mutex
	calls map[string]*call // by name, not begun
	sem   chan struct{}    // holds one while a listing is made

	sent []weak.Pointer[Lines] // of who holds sem
}

// call is a listing that some wait for.
type call struct {
	done  chan struct{}
	lines *Lines
	err   error
}

// Get returns what read makes of the directory with that name.
func (g *Group) Get(name string, read func() (*Lines, error)) (*Lines, error) {
	g.mu.Lock()
	if c := g.calls[name]; c != nil {
		g.mu.Unlock()
		<-c.done
		return c.lines, c.err
	}
	c := &call{done: make(chan struct{}), err: errPanicked}
	if g.calls == nil {
		g.calls, g.sem = make(map[string]*call), make(chan struct{}, 1)
	}
	g.calls[name] = c
	g.mu.Unlock()

	g.sem <- struct{}{}
	defer func() {
		<-g.sem
		close(c.done)
	}()
	g.mu.Lock()
	delete(g.calls, name)
	g.mu.Unlock()
	c.lines, c.err = read()
	if c.err == nil {
		c.lines = g.same(c.lines)
	}
	return c.lines, c.err
}

// errPanicked is what those who wait get when read panicked.
var errPanicked = errors.New("the directory was not listed")

// same returns lines that are in use and say the same as lines, or lines.
func (g *Group) same(lines *Lines) *Lines {
	g.sent = slices.DeleteFunc(g.sent, func(p weak.Pointer[Lines]) bool { return p.Value() == nil })
	for _, p := range g.sent {
		if other := p.Value(); other != nil && bytes.Equal(other.text, lines.text) {
			return other
		}
	}
	g.sent = append(g.sent, weak.Make(lines))
	return lines
}
