package server

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
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
	// Address is "HOST:PORT". HOST is a number or a name, of which the first
	// answer of the resolver counts; empty means all interfaces. Port 0 is
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

	ReadHead      time.Duration // from the first byte of a head to its last; 30 s
	Idle          time.Duration // for the first byte of a request; 60 s
	BodyStall     time.Duration // for the next byte of request content; 30 s
	DrainTime     time.Duration // for skipping content nobody read; 5 s
	WriteStall    time.Duration // without any progress of an answer; 60 s
	HandshakeTime time.Duration // for a TLS handshake; 10 s
	Grace         time.Duration // for answers under way at shutdown; 10 s
	DrainBytes    int64         // unread request content skipped to go on; 256 KiB

	// Linger is how long the server reads on after the last response while
	// the client still sends, so that closing does not destroy the response
	// (RFC 9112 §9.6); 30 s, negative not at all. LingerStall is how long it
	// waits for the next byte then; 5 s. LingerBytes is how much it reads then;
	// 256 MiB, which takes 30 s at 70 Mbit/s: on most links the time is the
	// bound, and a flood from nearby has one, too.
	Linger, LingerStall time.Duration
	LingerBytes         int64

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

	// AtCut is called when connections are cut at a shutdown, to end what
	// their methods wait for; it may be nil.
	AtCut func()

	// Log takes a record of each exchange; nil keeps none.
	Log *trace.Log
	// ErrorLog takes what the server itself has to say, such as that it
	// cannot accept connections; nil is the handler's ErrorLog.
	ErrorLog io.Writer

	listener net.Listener
	inet6    bool // the listening socket is IPv6
	name     string
	port     int
	config   session.Config
	limits   limits
	epoch    time.Time // what the times of connections count from

	stopping atomic.Bool
	done     chan struct{} // closed when the server begins to stop
	conns    connTable
	accept   acceptLog
	refusals acceptLog
}

// ErrClosed is the error of Serve and HandleRequest after Shutdown or Close.
var ErrClosed = errors.New("server: closed")

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

// ServerName is the host the server is bound to, "" before Listen.
//
// Differs from http.server, which looks the name of the address up and may
// wait for it (C-9, X-9).
func (s *Server) ServerName() string { return s.name }

// ServerPort is the port the server is bound to, 0 before Listen.
func (s *Server) ServerPort() int { return s.port }

// Addr is the address the server is bound to, nil before Listen.
func (s *Server) Addr() net.Addr {
	if s.listener == nil {
		return nil
	}
	return s.listener.Addr()
}

// Listen binds the server to its address. It is called by Serve and
// HandleRequest if need be.
func (s *Server) Listen() error {
	if s.listener != nil {
		return nil
	}
	l, err := listen(s.Address)
	if err != nil {
		return err
	}
	s.Use(l)
	return nil
}

// Use makes l the listening socket instead of one bound by Listen.
func (s *Server) Use(l net.Listener) {
	s.limits = s.bounds()
	s.listener = l
	if a, ok := l.Addr().(*net.TCPAddr); ok {
		s.port = a.Port
		s.inet6 = a.IP.To4() == nil
		s.name = addrHost(a)
	}
	s.epoch = time.Now()
	s.done = make(chan struct{})
	s.conns.init(&s.limits)
	s.config = session.Config{
		Handler:     s.Handler,
		Rules:       s.Rules,
		Server:      &handler.Server{Name: s.name, Port: s.port, TLS: s.TLS != nil},
		Drain:       s.DrainBytes,
		MaxRequests: s.MaxRequests,
		Stopping:    s.stopping.Load,
		Log:         s.Log,
		Source:      trace.Wire,
	}
}

// ServeForever serves until Shutdown or Close.
func (s *Server) ServeForever() error { return s.Serve(context.Background()) }

// Serve accepts connections and serves them. When ctx is done it shuts down
// gracefully, for Grace at most, and returns nil. After Shutdown or Close it
// returns ErrClosed without waiting for them.
func (s *Server) Serve(ctx context.Context) error {
	if err := s.Listen(); err != nil {
		return err
	}
	over := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(over)
		grace := context.Background()
		if s.limits.grace > 0 {
			var cancel context.CancelFunc
			grace, cancel = context.WithTimeout(grace, s.limits.grace)
			defer cancel()
		}
		s.Shutdown(grace)
	})
	err := s.acceptAll()
	if stop() {
		return err
	}
	<-over
	return nil
}

func (s *Server) acceptAll() error {
	for {
		c, err := s.next()
		if err != nil {
			return err
		}
		if s.Serial {
			s.serve(c, true)
		} else {
			go s.serve(c, false)
		}
	}
}

// HandleRequest accepts one connection and serves it to its end:
// http.server's handle_request.
func (s *Server) HandleRequest() error {
	if err := s.Listen(); err != nil {
		return err
	}
	c, err := s.next()
	if err != nil {
		return err
	}
	s.serve(c, false)
	return nil
}

// Shutdown stops listening, closes connections without a request in work at
// once, and waits for the others to finish theirs. When ctx is done first it
// cuts what is left and returns the context's error.
func (s *Server) Shutdown(ctx context.Context) error {
	if s.listener == nil {
		return nil
	}
	s.stop()
	over := make(chan struct{})
	go func() {
		s.conns.active.Wait()
		close(over)
	}()
	select {
	case <-over:
		return nil
	case <-ctx.Done():
	}
	s.cut()
	if s.AtCut != nil {
		s.AtCut()
	}
	// A method that waits for something else than its client may go on for
	// longer than anybody wants to wait for it.
	select {
	case <-over:
	case <-time.After(afterCut):
	}
	return ctx.Err()
}

// afterCut is how long methods have to notice that their connection is gone.
const afterCut = time.Second

// Close stops listening and closes all connections at once.
func (s *Server) Close() error {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s.Shutdown(ctx)
	return nil
}

// stop ends the listening and closes the connections at rest.
func (s *Server) stop() {
	if s.stopping.Swap(true) {
		return
	}
	close(s.done)
	s.listener.Close()
	s.conns.stop()
}

// cut closes all connections.
func (s *Server) cut() {
	s.conns.cut()
}
