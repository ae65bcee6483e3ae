package server

import (
	"net"
	"testing"
	"time"

	"vitrine/core/session"
)

// deadlines is a socket that only remembers its deadlines.
type deadlines struct {
	net.Conn
	read, write time.Time
	set         int
}

func (d *deadlines) SetReadDeadline(t time.Time) error  { d.read, d.set = t, d.set+1; return nil }
func (d *deadlines) SetWriteDeadline(t time.Time) error { d.write, d.set = t, d.set+1; return nil }
func (d *deadlines) RemoteAddr() net.Addr               { return nil }

// At each wait the socket's deadline leaves at least the bound and at most a
// quarter more, whatever came before, and it is rarely set.
func TestDeadlinesKeepThePromise(t *testing.T) {
	d := &deadlines{}
	s := &Server{}
	s.limits = s.bounds()
	c := &conn{server: s, tcp: d, wire: d}
	check := func(what string, deadline time.Time, asked time.Time, bound time.Duration) {
		t.Helper()
		if left := deadline.Sub(asked); left < bound || left > bound+bound/4+time.Minute {
			t.Errorf("%s: %v left, want %v or a little more", what, left, bound)
		}
	}
	for range 100 {
		asked := time.Now()
		c.Await(session.FirstByte)
		check("first byte", d.read, asked, s.limits.idle)
		c.sending()
		check("write", d.write, asked, s.limits.writeStall)
	}
	if d.set != 2 {
		t.Errorf("100 requests set deadlines %d times, want 2", d.set)
	}
	for _, tc := range []struct {
		phase session.Phase
		bound time.Duration
	}{
		{session.Head, s.limits.readHeader},
		{session.Content, s.limits.contentStall},
		{session.Drain, s.limits.drain},
		{session.FirstByte, s.limits.idle},
	} {
		asked := time.Now()
		c.Await(tc.phase)
		check("phase", d.read, asked, tc.bound)
		// Nearly used up, it is set again.
		c.readUntil = asked.Add(tc.bound - time.Second)
		d.read = c.readUntil
		c.Await(tc.phase)
		check("phase again", d.read, asked, tc.bound)
	}
	c.sendUntil = time.Now().Add(s.limits.writeStall - time.Second)
	asked := time.Now()
	c.sending()
	check("write again", d.write, asked, s.limits.writeStall)
}

func TestNoBoundIsNoDeadline(t *testing.T) {
	d := &deadlines{}
	s := &Server{IdleTimeout: -1, ReadHeaderTimeout: time.Second, WriteStallTimeout: -1}
	s.limits = s.bounds()
	c := &conn{server: s, tcp: d, wire: d}
	c.Await(session.Head)
	if d.read.IsZero() {
		t.Error("no deadline for the head")
	}
	c.Await(session.FirstByte)
	c.sending()
	if !d.read.IsZero() || !d.write.IsZero() {
		t.Errorf("deadlines %v and %v, want none", d.read, d.write)
	}
}

func TestDefaults(t *testing.T) {
	s := &Server{}
	got := s.bounds()
	got.connections, got.perAddress = 0, 0 // depend on the process
	want := limits{
		readHeader: 30 * time.Second, idle: 60 * time.Second, contentStall: 30 * time.Second, drain: 5 * time.Second,
		writeStall: 60 * time.Second, handshake: 10 * time.Second, shutdown: 10 * time.Second,
		halfClose: 2 * time.Second, linger: 30 * time.Second, lingerStall: 5 * time.Second, maxLinger: 256 << 20,
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if n := connections(0); n < 1 || n > 1024 {
		t.Errorf("connections: %d", n)
	}
	for _, tc := range []struct{ asked, connections, want int }{
		{0, 1024, 1008}, {0, 12000, 11813}, {0, 64, 63}, {0, 10, 9}, {0, 2, 1}, {0, 1, 0},
		{0, manyConnections, 0}, {-1, 1024, 0}, {5, 1024, 5}, {5000, 1024, 5000},
	} {
		if n := perAddress(tc.asked, tc.connections); n != tc.want {
			t.Errorf("%d for an address of %d in all: got %d, want %d", tc.asked, tc.connections, n, tc.want)
		}
	}
}
