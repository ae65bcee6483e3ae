package server

import (
	"crypto/tls"
	"io"
	"net"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"

	"vitrine/core/handler"
	"vitrine/core/session"
)

// conn is one connection: the transport of its session. All but the closing
// belongs to one goroutine.
type conn struct {
	server *Server
	tcp    net.Conn // the socket
	wire   net.Conn // what the session reads and writes: tcp, or TLS over it

	// state lets a connection at rest be closed by another goroutine without
	// cutting a request that has just begun.
	state atomic.Int32

	// What the deadlines of the socket are set to, so that they are set only
	// when that would make a difference.
	phase     session.Phase
	readUntil time.Time
	sendUntil time.Time

	out    []byte  // answer not yet written
	pooled *[]byte // the pool's buffer under out; nil between answers

	raw  syscall.RawConn // of tcp, where sendfile works; nil otherwise
	file fileSender
}

// The states of a connection.
const (
	busy    int32 = iota // a request is in work
	idle                 // waiting for the first byte of a request
	retired              // closed while idle
)

func newConn(s *Server, nc net.Conn) *conn {
	return &conn{server: s, tcp: nc, wire: nc}
}

// serve runs a connection to its end and gives its slot back.
func (s *Server) serve(c *conn) {
	defer func() {
		if p := recover(); p != nil {
			s.logMessage("panic in a connection: " + panicText(p) + "\n" + string(debug.Stack()))
		}
		c.tcp.Close()
		s.remove(c)
		<-s.slots
	}()
	if s.TLS != nil {
		if !c.handshake(s.TLS) {
			return
		}
	} else {
		c.raw = rawConn(c.tcp)
	}
	if session.Serve(c, &s.config, c.client()) {
		c.linger()
	} else if c.wire != c.tcp {
		c.wire.Close() // says goodbye in TLS
	}
}

func panicText(p any) string {
	if err, ok := p.(error); ok {
		return err.Error()
	}
	if s, ok := p.(string); ok {
		return s
	}
	return "unknown value"
}

// client is the peer as http.server shows it: on a dual-stack socket IPv4
// addresses are mapped (L-5).
func (c *conn) client() handler.Address {
	a, ok := c.tcp.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return handler.Address{}
	}
	host := addrHost(a)
	if c.server.inet6 && a.IP.To4() != nil {
		host = "::ffff:" + host
	}
	return handler.Address{Host: host, Port: a.Port}
}

// closeIfIdle closes the connection if no request is in work.
func (c *conn) closeIfIdle() {
	if c.state.CompareAndSwap(idle, retired) {
		c.tcp.Close()
	}
}

// Read implements session.Transport.
func (c *conn) Read(p []byte) (int, error) {
	if c.phase != session.FirstByte {
		return c.wire.Read(p)
	}
	c.state.Store(idle)
	if c.server.stopping.Load() && c.state.CompareAndSwap(idle, retired) {
		return 0, io.EOF
	}
	n, err := c.wire.Read(p)
	if !c.state.CompareAndSwap(idle, busy) {
		return 0, io.EOF
	}
	return n, err
}

// linger closes our half and reads on for a moment, so that bytes of the
// client still under way do not destroy the last answer (RFC 9112 §9.6).
func (c *conn) linger() {
	l := &c.server.limits
	if t, ok := c.wire.(*tls.Conn); ok {
		t.SetWriteDeadline(time.Now().Add(l.linger))
		t.CloseWrite()
	}
	half, ok := c.tcp.(interface{ CloseWrite() error })
	if !ok || l.linger == 0 || half.CloseWrite() != nil {
		return
	}
	c.tcp.SetReadDeadline(time.Now().Add(l.linger))
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	for left := l.lingerBytes; left > 0; {
		n, err := c.tcp.Read((*buf)[:cap(*buf)])
		left -= int64(n)
		if err != nil {
			return
		}
	}
}
