package server

import (
	"net"
	"testing"
	"time"

	"vitrine/core/session"
)

func TestNetworkOf(t *testing.T) {
	of := func(ip string) network { return networkOf(&net.TCPAddr{IP: net.ParseIP(ip), Port: 1}) }
	for _, tc := range []struct {
		a, b string
		same bool
	}{
		{"127.0.0.1", "127.0.0.1", true},
		{"127.0.0.1", "127.0.0.2", false},
		{"127.0.0.1", "::ffff:127.0.0.1", true},
		{"2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true},
		{"2001:db8:1:2::1", "2001:db8:1:3::1", false},
		{"::1", "127.0.0.1", false},
		{"::7f00:1", "127.0.0.1", false},
		{"::", "0.0.0.0", false},
	} {
		if got := of(tc.a) == of(tc.b); got != tc.same {
			t.Errorf("%s and %s are one: %v, want %v", tc.a, tc.b, got, tc.same)
		}
		if of(tc.a).kind == 0 {
			t.Errorf("%s is no address", tc.a)
		}
	}
	if n := networkOf(&net.UnixAddr{Name: "x"}); n.kind != 0 {
		t.Errorf("a socket without an IP address: %+v", n)
	}
	if n := networkOf(nil); n.kind != 0 {
		t.Errorf("no address: %+v", n)
	}
}

// A request that has arrived is not cut, although its goroutine has not read
// it yet.
func TestRequestThatArrivedIsNotEvicted(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	client, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	nc, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	if !pending(nc) && pendingWorks {
		client.Write([]byte("G"))
		for end := time.Now().Add(10 * time.Second); !pending(nc) && time.Now().Before(end); {
			time.Sleep(time.Millisecond)
		}
		c := newConn(&Server{}, nc)
		for _, state := range []int32{fresh, idle, inHead} {
			c.state.Store(state)
			if c.evict(c.waitingSince() + time.Hour) {
				t.Errorf("in state %d the connection was evicted", state)
			}
		}
		c.state.Store(lingering)
		if !c.evict(c.waitingSince()) {
			t.Error("a connection that lingers was not evicted")
		}
	}
}

// The queue gives away those that have waited longest, in order, each once,
// and none that has got a request meanwhile.
func TestWaitQueue(t *testing.T) {
	s := &Server{}
	s.limits = s.bounds()
	s.epoch = time.Now()
	var list connList
	conns := make([]*conn, 6)
	for i := range conns {
		conns[i] = newConn(s, &deadlines{})
		conns[i].state.Store(inHead)
		conns[i].since.Store(int64(time.Duration(i*7%6) * time.Second)) // 0 1 2 3 4 5
		list.add(conns[i], &conns[i].inAll)
	}
	now, least := time.Hour, time.Duration(0)
	var q waitQueue
	take := func() int {
		c := q.take(&list, now, least)
		for i := range conns {
			if conns[i] == c {
				return i
			}
		}
		return -1
	}
	if got := take(); got != 0 {
		t.Errorf("took %d first, want 0", got)
	}
	conns[1].state.Store(busy)
	conns[2].since.Store(int64(time.Minute)) // has had a request, and waits again
	late := newConn(s, &deadlines{})
	late.state.Store(fresh)
	late.since.Store(int64(2 * time.Minute))
	list.add(late, &late.inAll)
	for _, want := range []int{3, 4, 5, 2} {
		if got := take(); got != want {
			t.Errorf("took %d, want %d", got, want)
		}
	}
	if c := q.take(&list, now, least); c != late {
		t.Error("the newest was not taken last")
	}
	if got := take(); got != -1 {
		t.Errorf("took %d of none", got)
	}
	// One that has just had its response keeps its place for a while.
	conns[1].state.Store(idle)
	conns[1].since.Store(int64(now))
	if got := take(); got != -1 {
		t.Errorf("took %d, which has waited for no time", got)
	}
	now += minWait
	if got := take(); got != 1 {
		t.Errorf("took %d, want 1", got)
	}
	conns[3].state.Store(fresh)
	conns[3].since.Store(int64(now))
	least = time.Second
	if got := take(); got != -1 {
		t.Errorf("took %d, which has waited for no time", got)
	}
	now += least
	if got := take(); got != 3 {
		t.Errorf("took %d, want 3", got)
	}
}

// Waiting for a request costs no allocation.
func TestWaitingDoesNotAllocate(t *testing.T) {
	s := &Server{}
	s.limits = s.bounds()
	s.epoch = time.Now()
	c := newConn(s, &silentConn{})
	var b [16]byte
	if n := testing.AllocsPerRun(100, func() {
		c.Await(session.FirstByte)
		c.Read(b[:])
		c.Await(session.Head)
		c.Read(b[:])
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// silentConn is a socket that gives a byte at each read.
type silentConn struct{ deadlines }

func (*silentConn) Read(p []byte) (int, error) { return 1, nil }
