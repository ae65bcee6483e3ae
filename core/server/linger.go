package server

import (
	"crypto/tls"
	"math"
	"time"
)

// lingerAtStop is how long a connection is read on behind its last response
// when the server is stopping.
const lingerAtStop = time.Second

// linger closes the sending half and reads on while the client sends, so that
// its bytes do not destroy the last response (RFC 9112 §9.6): a client that
// sends all of a large request before it reads gets the response, too.
//
// Differs from http.server (C-5), which closes at once.
func (c *conn) linger() { c.lingerFor(c.server.limits.linger) }

// lingerFor lingers for at most that long, and only while bytes arrive; 0 is
// not at all. It ends early when the connection makes room for another, and
// within lingerAtStop when the server is stopping.
func (c *conn) lingerFor(most time.Duration) {
	if most == 0 {
		return
	}
	now := time.Now()
	if t, ok := c.wire.(*tls.Conn); ok {
		t.SetWriteDeadline(now.Add(min(most, lingerAtStop)))
		t.CloseWrite()
	}
	half, ok := c.tcp.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil {
		return
	}
	c.since.Store(int64(c.server.now()))
	if !c.state.CompareAndSwap(busy, lingering) {
		return
	}
	l := &c.server.limits
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	left := l.maxLinger
	if left == 0 {
		left = math.MaxInt64
	}
	end := now.Add(most)
	var deadline time.Time
	stopping := false
	for left > 0 {
		now = time.Now()
		if next := lingerDeadline(now, end, l.lingerStall); next != deadline && (deadline.Sub(now) < l.lingerStall || next == end) {
			deadline = next
			c.tcp.SetReadDeadline(deadline)
		}
		// After the deadline is set: conn.stop sets a shorter one, once.
		if !stopping && c.server.stopping.Load() {
			stopping = true
			if soon := now.Add(lingerAtStop); soon.Before(end) {
				end = soon
			}
			continue
		}
		n, err := c.tcp.Read((*buf)[:cap(*buf)])
		left -= int64(n)
		if err != nil {
			return
		}
	}
}

// lingerDeadline is when a wait for the next byte ends. It is a little later
// than promised, so that it need not be set for each read.
func lingerDeadline(now, end time.Time, stall time.Duration) time.Time {
	if stall == 0 || end.Sub(now) <= stall+stall/8 {
		return end
	}
	return now.Add(stall + stall/8)
}
