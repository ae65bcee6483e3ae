package server

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/session"
	"vitrine/core/trace"
)

// Server serves a handler on one listening socket. Fields are set before
// Listen and not changed after it. For limits and bounds zero means the
// default beside the field, negative none.
type Server struct {
	// Address is "HOST:PORT". HOST is a number or a name, of which the
	// first address that the resolver gives counts; empty means all interfaces. Port 0 is
	// any free one.
	Address string
	Handler handler.Handler
	// Rules say what clients may send; zero is RFC 9112.
	Rules http1.Rules
	// Serial serves one connection at a time, as http.server's HTTPServer
	// does: a client that stays idle keeps the others waiting until it is
	// closed (C-2).
	Serial bool
	// TLS makes it an HTTPS server; see [HTTPSOptions.Config].
	TLS *tls.Config

	// ReadHeaderTimeout is how long a header section may take from its first
	// byte to its last; 30 s.
	ReadHeaderTimeout time.Duration
	// IdleTimeout is how long the first byte of a request is waited for; 60 s.
	IdleTimeout time.Duration
	// ContentStallTimeout is how long the next byte of the content of a request
	// is waited for, and WriteStallTimeout how long a response may make no
	// progress; 30 s and 60 s. net/http has bounds on all of a message instead.
	ContentStallTimeout, WriteStallTimeout time.Duration
	// DrainTimeout and MaxDrain bound the skipping of content that no method
	// has read, which keeps the connection open; 5 s and 256 KiB.
	DrainTimeout time.Duration
	MaxDrain     int64
	// TLSHandshakeTimeout is how long a TLS handshake may take; 10 s.
	TLSHandshakeTimeout time.Duration
	// ShutdownTimeout is how long Serve lets responses finish when its context
	// is done; 10 s.
	ShutdownTimeout time.Duration

	// HalfCloseTimeout is how long a client that has closed its sending half
	// behind a request counts as waiting for the response; then the context of
	// its exchange ends, if a method has asked for that (Exchange.Context). A
	// client that was killed looks the same. 2 s, negative is without end. The
	// response is sent even so.
	HalfCloseTimeout time.Duration

	// LingerTimeout is how long the server reads on after the last response
	// while the client still sends, so that closing does not destroy the
	// response (RFC 9112 §9.6); 30 s, negative not at all. LingerStallTimeout
	// is how long it waits for the next byte then; 5 s. MaxLinger is how much
	// it reads then; 256 MiB, which takes 30 s at 70 Mbit/s: on most links the
	// time is the bound, and a flood from nearby has one, too.
	LingerTimeout, LingerStallTimeout time.Duration
	MaxLinger                         int64

	// MaxConnections is how many connections are served at once. At the limit
	// the one that has waited longest for a request, at least 0.1 s, is closed
	// to make room for a new one. It is idle, has sent nothing or a part of a
	// head, has not finished its TLS handshake, or lingers; one with a request
	// never is. If none can be closed, new ones wait in the backlog of the
	// system. 1024, or fewer if the process may not open two descriptors for
	// each, 64 left over.
	MaxConnections int
	// MaxConnectionsPerAddress is how many of them one address may have, or
	// with IPv6 one network of 64 bits. At the limit a connection of the same
	// address makes room; if all of them have a request, the new one gets 503
	// (with TLS no response) and is closed. The default leaves one in 64 to
	// other addresses: 1008 of 1024. Clients behind one proxy are one address,
	// and connections that are not TCP have none.
	MaxConnectionsPerAddress int
	// MaxRequests ends a connection after so many requests; zero never.
	MaxRequests int

	// Log takes a record of each exchange; nil keeps none.
	Log *trace.Log
	// ErrorLog takes what the server itself has to say, such as that it
	// cannot accept connections; nil is the handler's ErrorLog.
	ErrorLog io.Writer

	mu       sync.Mutex // for what is set when the server is bound
	listener net.Listener
	inet6    bool // the listening socket is IPv6
	name     string
	port     int
	config   session.Config
	limits   limits
	epoch    time.Time // what the times of connections count from

	stopping atomic.Bool
	done     chan struct{} // closed when the server begins to stop
	crew     crew
	conns    connTable
	lobby    lobby
	hangups  hangups
	cancel   context.CancelCauseFunc // of the contexts of all exchanges
	accept   acceptLog
	refusals acceptLog
}

// NewHTTPServer returns a server that serves one connection at a time. Its
// Rules are http1.Compat if h speaks HTTP/1.0 now, RFC 9112 if it speaks
// HTTP/1.1; the same goes for the other constructors.
func NewHTTPServer(addr string, h handler.Handler) *Server {
	return &Server{Address: addr, Handler: h, Serial: true, Rules: rulesFor(h)}
}

// NewThreadingHTTPServer returns a server with a goroutine for each
// connection.
func NewThreadingHTTPServer(addr string, h handler.Handler) *Server {
	return &Server{Address: addr, Handler: h, Rules: rulesFor(h)}
}

// rulesFor returns http.server's leniency for a handler that speaks HTTP/1.0,
// as http.server does, and RFC 9112 for one that speaks HTTP/1.1.
func rulesFor(h handler.Handler) http1.Rules {
	if handler.BaseOf(h).Persistent() {
		return http1.Rules{}
	}
	return http1.Compat
}
