//go:build !js

package site

import (
	"bytes"
	"slices"
	"sync"
	"weak"
)

// listings keeps the listings of large directories from filling the memory:
// a page has about a hundred bytes for each entry, and it stays until the
// slowest client has taken it. They are made one at a time, once for all who
// wait for the same directory, and a page that says the same as one that is
// still being sent is that one. The zero value is ready.
//
// Nothing stale is sent: who asks while a page is being made waits for the
// next one, whose directory is read after that.
type listings struct {
	mu      sync.Mutex
	waiting map[string]*making // by name, not begun
	turn    chan struct{}      // holds one while a page is made

	sent []weak.Pointer[entryLines] // of who has the turn
}

// making is a page that some wait for.
type making struct {
	done  chan struct{}
	lines *entryLines
	err   error
}

// get returns what read makes of the directory with that name.
func (l *listings) get(name string, read func() (*entryLines, error)) (*entryLines, error) {
	l.mu.Lock()
	if m := l.waiting[name]; m != nil {
		l.mu.Unlock()
		<-m.done
		return m.lines, m.err
	}
	m := &making{done: make(chan struct{}), err: errNotListed}
	if l.waiting == nil {
		l.waiting, l.turn = make(map[string]*making), make(chan struct{}, 1)
	}
	l.waiting[name] = m
	l.mu.Unlock()

	l.turn <- struct{}{}
	defer func() {
		<-l.turn
		close(m.done)
	}()
	l.mu.Lock()
	delete(l.waiting, name)
	l.mu.Unlock()
	m.lines, m.err = read()
	if m.err == nil {
		m.lines = l.same(m.lines)
	}
	return m.lines, m.err
}

// errNotListed is what the others get when making a page panicked.
const errNotListed = PathError("the directory was not listed")

// same returns a page that is in use and says the same as lines, or lines.
func (l *listings) same(lines *entryLines) *entryLines {
	l.sent = slices.DeleteFunc(l.sent, func(p weak.Pointer[entryLines]) bool { return p.Value() == nil })
	for _, p := range l.sent {
		if other := p.Value(); other != nil && bytes.Equal(other.text, lines.text) {
			return other
		}
	}
	l.sent = append(l.sent, weak.Make(lines))
	return lines
}
