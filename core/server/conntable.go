package server

import (
	"net"
	"net/netip"
	"sync"
	"time"
)

// connTable is the connections of a server: all of them, how many count
// against the limits, and which has waited longest for a request. Its lock is
// taken when a connection begins and when it ends, never for a request.
type connTable struct {
	limits *limits
	freed  chan struct{}  // holds one when a connection has ended and wanted was set
	active sync.WaitGroup // one for each connection

	mu      sync.Mutex
	closed  bool // the server is stopping
	all     connList
	count   int // those that count: not evicted, not refused
	refused int // those of admitRefused
	waiting waitQueue
	wanted  bool // the last connection found no room, and waits
	holders map[network]*holder
	spare   *holder // for the next new address
}

// network is what counts as one address: an IPv4 address, or the network of
// 64 bits of an IPv6 address, which a client has to itself (RFC 6177 §2).
type network struct {
	bits uint64
	kind uint8 // 4 or 6; 0 is no address
}

// holder is an address with its connections that count.
type holder struct {
	network network
	conns   connList
	waiting waitQueue
}

func networkOf(a net.Addr) network {
	t, ok := a.(*net.TCPAddr)
	if !ok {
		return network{}
	}
	ip, ok := netip.AddrFromSlice(t.IP)
	if !ok {
		return network{}
	}
	ip = ip.Unmap()
	n := network{kind: 6}
	b := ip.As16()
	half := b[:8]
	if ip.Is4() {
		n.kind, half = 4, b[8:]
	}
	for _, c := range half {
		n.bits = n.bits<<8 | uint64(c)
	}
	return n
}

func (t *connTable) init(l *limits) {
	t.limits = l
	t.freed = make(chan struct{}, 1)
	t.holders = make(map[network]*holder)
}

// verdict is what becomes of a new connection.
type verdict uint8

const (
	admitted verdict = iota
	full             // no room, and no connection can make any now
	refused          // its address has its number, and all of them have a request
	stopped          // the server is stopping
)

// admit counts c among the connections, or says why not. The connection that
// made room for it is returned to be closed; nil if there was room.
func (t *connTable) admit(c *conn, now time.Duration) (v verdict, evicted *conn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return stopped, nil
	}
	if t.limits.perAddress > 0 && c.network.kind != 0 {
		if h := t.holders[c.network]; h != nil && h.conns.len >= t.limits.perAddress {
			if evicted = h.waiting.take(&h.conns, now, 0); evicted == nil {
				return refused, nil
			}
		}
	}
	if evicted == nil && t.count >= t.limits.connections {
		if evicted = t.waiting.take(&t.all, now, minWait); evicted == nil {
			t.wanted = true
			return full, nil
		}
	}
	if evicted != nil {
		t.release(evicted)
	}
	t.wanted = false
	t.hold(c)
	t.all.add(c, &c.inAll)
	t.active.Add(1)
	return admitted, evicted
}

// maxRefused is how many refused connections are read on at once.
const maxRefused = 32

// admitRefused adds c to the connections without counting it, so that its
// refusal can reach the client. false says that there are maxRefused already.
func (t *connTable) admitRefused(c *conn) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed || t.refused >= maxRefused {
		return false
	}
	t.refused++
	c.refused = true
	t.all.add(c, &c.inAll)
	t.active.Add(1)
	return true
}

// remove forgets c, which is closed.
func (t *connTable) remove(c *conn) {
	t.mu.Lock()
	c.state.Store(retired)
	t.all.remove(&c.inAll)
	if c.counted {
		t.release(c)
	}
	if c.refused {
		t.refused--
	}
	if t.count < t.limits.connections/2 {
		t.waiting = waitQueue{} // releases connections that have ended
	}
	if t.wanted {
		select {
		case t.freed <- struct{}{}:
		default:
		}
	}
	t.mu.Unlock()
	t.active.Done()
}

// hold counts c against the limits.
func (t *connTable) hold(c *conn) {
	c.counted = true
	t.count++
	if t.limits.perAddress == 0 || c.network.kind == 0 {
		return
	}
	h := t.holders[c.network]
	if h == nil {
		if h = t.spare; h == nil {
			h = new(holder)
		}
		t.spare = nil
		h.network = c.network
		t.holders[c.network] = h
	}
	c.holder = h
	h.conns.add(c, &c.inHolder)
}

// release ends the counting of c.
func (t *connTable) release(c *conn) {
	c.counted = false
	t.count--
	h := c.holder
	if h == nil {
		return
	}
	c.holder = nil
	h.conns.remove(&c.inHolder)
	if h.conns.len < t.limits.perAddress/2 {
		h.waiting = waitQueue{}
	}
	if h.conns.len == 0 {
		h.waiting = waitQueue{}
		delete(t.holders, h.network)
		t.spare = h
	}
}

// stop admits no more connections, and ends those without a request.
func (t *connTable) stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	for l := t.all.first; l != nil; l = l.next {
		l.conn.stop()
	}
}

// cut closes all connections.
func (t *connTable) cut() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for l := t.all.first; l != nil; l = l.next {
		l.conn.tcp.Close()
	}
}

// connList is a list of connections, each with a place of its own in it.
type connList struct {
	first *connPlace
	len   int
}

type connPlace struct {
	conn       *conn
	prev, next *connPlace
}

func (l *connList) add(c *conn, p *connPlace) {
	*p = connPlace{conn: c, next: l.first}
	if l.first != nil {
		l.first.prev = p
	}
	l.first = p
	l.len++
}

func (l *connList) remove(p *connPlace) {
	if p.prev != nil {
		p.prev.next = p.next
	} else {
		l.first = p.next
	}
	if p.next != nil {
		p.next.prev = p.prev
	}
	*p = connPlace{}
	l.len--
}
