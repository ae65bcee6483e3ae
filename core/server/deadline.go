package server

import (
	"time"

	"vitrine/core/session"
)

// Deadlines cost more than reading the clock, so they are set a quarter (an
// eighth, for reading) later than promised and left alone until only the
// promise is left: a bound is never shorter than it says.

// Await implements session.Transport.
func (c *conn) Await(phase session.Phase) {
	l := &c.server.limits
	var bound time.Duration
	switch phase {
	case session.FirstByte:
		bound = l.idle
	case session.Head:
		bound = l.readHeader
	case session.Content:
		bound = l.contentStall
	case session.Drain:
		bound = l.drain
	}
	same := phase == c.phase
	c.phase = phase
	now := time.Now()
	if phase == session.FirstByte {
		if c.resumed {
			c.resumed = false
			c.readUntil = c.idleUntil
			c.tcp.SetReadDeadline(c.readUntil)
			return
		}
		c.since.Store(int64(now.Sub(c.server.epoch)))
		c.used, c.begun = c.begun, true
		if c.parks = c.mayPark && (bound == 0 || bound > parkAfter); c.parks {
			c.idleUntil = time.Time{}
			if bound > 0 {
				c.idleUntil = now.Add(bound)
			}
			bound = parkAfter
		}
	}
	if bound == 0 {
		if !c.readUntil.IsZero() {
			c.readUntil = time.Time{}
			c.tcp.SetReadDeadline(c.readUntil)
		}
		return
	}
	if left := c.readUntil.Sub(now); same && left >= bound && left <= bound+bound/8 {
		return
	}
	c.readUntil = now.Add(bound + bound/8)
	c.tcp.SetReadDeadline(c.readUntil)
}

// sending makes sure that the next write may wait at least WriteStallTimeout.
func (c *conn) sending() {
	bound := c.server.limits.writeStall
	if bound == 0 {
		return
	}
	now := time.Now()
	if c.sendUntil.Sub(now) >= bound {
		return
	}
	c.sendUntil = now.Add(bound + bound/4)
	c.tcp.SetWriteDeadline(c.sendUntil)
}
