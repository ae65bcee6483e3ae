package server

import (
	"errors"
	"sync"
	"time"
)

// ErrClientGone is the cause of the end of an Exchange.Context whose client
// has closed or lost its connection.
var ErrClientGone = errors.New("server: the client is gone")

// presence is what a socket tells of the peer without being read.
type presence uint8

const (
	present    presence = iota // or not known
	halfClosed                 // it sends no more, and may still wait for the response
	absent                     // the connection is closed or broken
)

// hangupInterval is how often the sockets of exchanges that have asked for
// their context are looked at.
const hangupInterval = 100 * time.Millisecond

// hangups watches sockets whose exchanges have asked for their context. One
// goroutine looks at all of them, as long as there are any: it neither reads
// nor waits for bytes, which belong to the method.
type hangups struct {
	halfCloseTimeout time.Duration // 0 is no bound

	mu      sync.Mutex
	watched map[*conn]*hangupWatch
	running bool // the goroutine
}

type hangupWatch struct {
	gone  func(error)
	since time.Time // when the client was first seen to send no more
}

// Watch implements session.Watcher.
func (c *conn) Watch(gone func(error)) (stop func()) {
	h := &c.server.hangups
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.watched == nil {
		h.watched = make(map[*conn]*hangupWatch)
	}
	h.watched[c] = &hangupWatch{gone: gone}
	if !h.running {
		h.running = true
		go h.run()
	}
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.watched, c)
	}
}

func (h *hangups) run() {
	ticker := time.NewTicker(hangupInterval)
	defer ticker.Stop()
	for range ticker.C {
		if !h.look(time.Now()) {
			return
		}
	}
}

// look reports whether there is anything left to watch.
func (h *hangups) look(now time.Time) (more bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c, w := range h.watched {
		switch presenceOf(c.tcp) {
		case present:
			continue
		case halfClosed:
			if w.since.IsZero() {
				w.since = now
			}
			if h.halfCloseTimeout == 0 || now.Sub(w.since) < h.halfCloseTimeout {
				continue
			}
		}
		w.gone(ErrClientGone)
		delete(h.watched, c)
	}
	h.running = len(h.watched) > 0
	return h.running
}
