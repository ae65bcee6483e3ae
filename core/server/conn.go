package server

import (
	"errors"
	"net"
	"net/netip"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"

	"vitrine/core/handler"
	"vitrine/core/session"
	"vitrine/core/trace"
)

// conn is one connection: the transport of its session. All but the closing
// belongs to one goroutine.
type conn struct {
	server *Server
	tcp    net.Conn // the socket
	wire   net.Conn // what the session reads and writes: tcp, or TLS over it

	// state lets another goroutine close a connection that waits, without
	// cutting a request that has just begun; since is when it began to wait,
	// as Server.now counts.
	state atomic.Int32
	since atomic.Int64
	begun bool // it has waited for a request
	used  bool // it has had a request

	// What the table of connections knows, under its lock.
	network  network
	holder   *holder
	inAll    connPlace
	inHolder connPlace
	counted  bool
	refused  bool

	// What the deadlines of the socket are set to, so that they are set only
	// when that would make a difference.
	phase     session.Phase
	readUntil time.Time
	sendUntil time.Time

	// What becomes of a wait for a request: see lobby.
	stays     bool      // it must not: its caller waits for its end
	mayPark   bool      // it can
	parks     bool      // it will, if the wait is long
	resumed   bool      // the wait goes on that began before
	idleUntil time.Time // when it is over; zero is never
	requests  int       // so far
	parkPlace

	last   bool    // what is sent is the last of the connection: see Ending
	out    []byte  // response not yet written
	pooled *[]byte // the pool's buffer under out; nil between responses

	account *trace.Connection // what is written down of it; nil without a log

	raw      syscall.RawConn // of tcp, where the kernel takes more than bytes; nil otherwise
	transfer transfer
	receiver receiver
}

// The states of a connection. In all but busy another goroutine may close it,
// which it does by making it retired or evicted first.
const (
	busy      int32 = iota // with a request, or between two states
	fresh                  // waiting for its first request, or in a TLS handshake
	idle                   // waiting for the first byte of another request
	inHead                 // waiting for the rest of a head
	lingering              // reading on behind the last response
	retired                // closed
	evicted                // closed to make room for another
)

func newConn(s *Server, nc net.Conn) *conn {
	c := &conn{server: s, tcp: nc, wire: nc, network: networkOf(nc.RemoteAddr())}
	c.since.Store(int64(s.now()))
	c.state.Store(fresh)
	if s.Log != nil {
		client := ""
		if a := c.client(); a.IsValid() {
			client = a.String()
		}
		c.account = s.Log.Connect(client, trace.Wire, "")
	}
	return c
}

var _ session.Accounted = (*conn)(nil)

// Account implements session.Accounted.
func (c *conn) Account() *trace.Connection { return c.account }

// serve runs a connection to its end. With inBackground it returns when the
// last response has been sent, and the connection lingers beside its caller.
func (s *Server) serve(c *conn, inBackground bool) {
	over := true
	defer func() {
		if p := recover(); p != nil {
			c.account.Close(trace.WhoServer, trace.WhyPanic)
			s.logMessage("panic in a connection: " + handler.PanicText(p) + "\n" + string(debug.Stack()))
		}
		if over {
			c.end()
		}
	}()
	if c.wire == c.tcp && c.raw == nil { // else it was parked
		if s.TLS != nil {
			if !c.handshake(s.TLS) {
				return
			}
		} else {
			c.raw = rawConn(c.tcp)
			c.mayPark = !inBackground && !c.stays && c.raw != nil
		}
	}
	unread, rest := session.ServeUntilRest(c, &s.config, c.client(), &c.requests)
	for rest {
		if s.lobby.park(c) {
			over = false
			return
		}
		c.mayPark, c.parks, c.resumed = false, false, true
		unread, rest = session.ServeUntilRest(c, &s.config, c.client(), &c.requests)
	}
	switch {
	case unread && inBackground:
		over = false
		go func() {
			defer c.end()
			c.linger()
		}()
	case unread:
		c.linger()
	case c.wire != c.tcp:
		c.wire.Close() // says goodbye in TLS
	}
}

// end closes the connection.
func (c *conn) end() {
	c.close()
	c.server.conns.remove(c)
}

// close closes the socket. Only the goroutine that serves the connection, or
// that has decided not to serve it, may call it; what others do is c.tcp.Close.
func (c *conn) close() {
	if own, ok := c.tcp.(interface{ release() }); ok {
		own.release()
		return
	}
	c.tcp.Close()
}

// client is the peer as http.server shows it: on a dual-stack socket IPv4
// addresses are mapped (L-5).
func (c *conn) client() handler.Address {
	a, ok := c.tcp.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return handler.Address{}
	}
	client := a.AddrPort()
	if client.Addr().Is4() && c.server.inet6 {
		return netip.AddrPortFrom(netip.AddrFrom16(client.Addr().As16()), client.Port())
	}
	if !c.server.inet6 {
		return netip.AddrPortFrom(client.Addr().Unmap(), client.Port())
	}
	return client
}

// stop closes the connection if it has no request, and soon if it lingers.
func (c *conn) stop() {
	switch state := c.state.Load(); state {
	case fresh, idle:
		if c.state.CompareAndSwap(state, retired) {
			c.tcp.Close()
		}
	case lingering:
		c.tcp.SetReadDeadline(time.Now().Add(lingerAtStop))
	}
}

func (c *conn) waitingSince() time.Duration { return time.Duration(c.since.Load()) }

// minWait is how long a connection waits at least before it makes room for
// another: the first request of a new connection is under way, and the client
// of an old one may be about to send the next. New connections of an address
// at its limit make room at once, where the alternative is a refusal.
const minWait = 100 * time.Millisecond

// evict retires the connection, to be closed, if it waits and no bytes have
// arrived that its goroutine has only not read yet.
func (c *conn) evict(now time.Duration) bool {
	state := c.state.Load()
	switch state {
	case busy, retired, evicted:
		return false
	case idle:
		if now-c.waitingSince() < minWait {
			return false
		}
	}
	if state != lingering && pending(c.tcp) {
		return false
	}
	return c.state.CompareAndSwap(state, evicted)
}

// The errors of reading from a connection that another goroutine closed.
var (
	errStopping = &session.ClosedError{Why: trace.WhyStopping}
	errEvicted  = &session.ClosedError{Why: trace.WhyRoom}
)

// whyClosed says why another goroutine closed the connection.
func (c *conn) whyClosed() *session.ClosedError {
	if c.state.Load() == evicted {
		return errEvicted
	}
	return errStopping
}

// Read implements session.Transport. While it waits for a request the
// connection may be closed, to make room for another or to stop the server.
func (c *conn) Read(p []byte) (int, error) {
	waiting := inHead
	switch c.phase {
	case session.FirstByte:
		if waiting = fresh; c.used {
			waiting = idle
		}
	case session.Head:
	default:
		return c.read(p)
	}
	c.state.CompareAndSwap(busy, waiting) // a new connection is fresh already, or retired
	if waiting != inHead && c.server.stopping.Load() && c.state.CompareAndSwap(waiting, retired) {
		return 0, errStopping
	}
	n, err := c.read(p)
	if waiting != inHead && c.parks && isTimeout(err) && (c.idleUntil.IsZero() || time.Now().Before(c.idleUntil)) {
		return 0, session.ErrRest
	}
	if !c.state.CompareAndSwap(waiting, busy) {
		return 0, c.whyClosed() // not the client's end, which would be a fault of it
	}
	if errors.Is(err, net.ErrClosed) {
		err = errStopping // by connTable.cut
	}
	return n, err
}

// read waits for bytes.
func (c *conn) read(p []byte) (int, error) {
	if c.raw != nil {
		return c.readRaw(p)
	}
	return c.wire.Read(p)
}
