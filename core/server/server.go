package server

import (
	"context"
	"crypto/tls"
	"errors"
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
	conns    connTable
	hangups  hangups
	cancel   context.CancelCauseFunc // of the contexts of all exchanges
	accept   acceptLog
	refusals acceptLog
}

// ErrClosed is the error of Serve and HandleRequest after Shutdown or Close, and
// the cause of the end of an Exchange.Context when they close a connection with
// a request.
var ErrClosed = errors.New("server: closed")

// ErrMethodsRunning is the error of Shutdown and Close when methods go on a
// second after their connections were closed.
var ErrMethodsRunning = errors.New("server: methods still run after their connections were closed")

// ErrInUse is the error of a Server that has a listening socket already.
var ErrInUse = errors.New("server: it has a listening socket already")

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
func (s *Server) ServerName() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.name
}

// ServerPort is the port the server is bound to, 0 before Listen.
func (s *Server) ServerPort() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.port
}

// Addr is the address the server is bound to, nil before Listen.
func (s *Server) Addr() net.Addr {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener == nil {
		return nil
	}
	return s.listener.Addr()
}

// Listen binds the server to Address, if it is not bound yet: what
// ListenAndServe and HandleRequest do first. A program calls it to know the
// port before it serves.
func (s *Server) Listen() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener != nil {
		return nil
	}
	l, err := listen(s.Address)
	if err != nil {
		return err
	}
	return s.bind(l)
}

// bind makes l the listening socket. s.mu is held.
func (s *Server) bind(l net.Listener) error {
	if s.stopping.Load() {
		l.Close()
		return ErrClosed
	}
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
	s.hangups.halfCloseTimeout = s.limits.halfClose
	var ctx context.Context
	ctx, s.cancel = context.WithCancelCause(context.Background())
	s.config = session.Config{
		Handler:     s.Handler,
		Rules:       s.Rules,
		Context:     ctx,
		Server:      &handler.Server{Name: s.name, Port: s.port, TLS: s.TLS != nil},
		MaxDrain:    s.MaxDrain,
		MaxRequests: s.MaxRequests,
		Stopping:    s.stopping.Load,
		Log:         s.Log,
		Source:      trace.Wire,
	}
	return nil
}

// ServeForever serves on Address until Shutdown or Close: http.server's
// serve_forever.
func (s *Server) ServeForever() error { return s.ListenAndServe(context.Background()) }

// ListenAndServe is Serve on a socket bound to Address.
func (s *Server) ListenAndServe(ctx context.Context) error {
	if err := s.Listen(); err != nil {
		return err
	}
	return s.serveUntil(ctx)
}

// Serve accepts connections from l and serves them; it closes l when it stops.
// A Server has one listening socket in its life.
//
// When ctx is done it shuts down, for ShutdownTimeout at most, and returns what
// Shutdown does. After Shutdown or Close it returns ErrClosed without waiting
// for them. When l was closed by its owner it returns an error that is
// net.ErrClosed; connections go on until Shutdown or Close.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	s.mu.Lock()
	err := ErrInUse
	if s.listener == nil {
		err = s.bind(l)
	}
	s.mu.Unlock()
	if err != nil {
		return err
	}
	return s.serveUntil(ctx)
}

func (s *Server) serveUntil(ctx context.Context) error {
	var shutdown error
	over := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(over)
		grace := context.Background()
		if s.limits.shutdown > 0 {
			var cancel context.CancelFunc
			grace, cancel = context.WithTimeout(grace, s.limits.shutdown)
			defer cancel()
		}
		shutdown = s.Shutdown(grace)
	})
	err := s.acceptAll()
	if stop() {
		return err
	}
	<-over
	return shutdown
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

// Shutdown stops listening, closes connections without a request at once, and
// waits for the others to have their response. When ctx is done first it
// closes what is left, and the error is the context's, joined with
// ErrMethodsRunning if closing did not end it. An error of closing the
// listening socket is part of the result.
func (s *Server) Shutdown(ctx context.Context) error {
	err := s.stop()
	over := s.allEnded()
	select {
	case <-over:
		return err
	case <-ctx.Done():
	}
	return errors.Join(err, ctx.Err(), s.cutAndWait(over))
}

// Close stops listening and closes all connections at once. Its error says
// what did not end, as that of Shutdown does.
func (s *Server) Close() error {
	err := s.stop()
	return errors.Join(err, s.cutAndWait(s.allEnded()))
}

// allEnded returns a channel that is closed when all connections have ended.
func (s *Server) allEnded() <-chan struct{} {
	over := make(chan struct{})
	go func() {
		s.conns.active.Wait()
		close(over)
	}()
	return over
}

// afterCut is how long methods have to notice that their connection is gone: a
// method that waits for something else than its client may go on for longer
// than a program wants to wait for it.
const afterCut = time.Second

func (s *Server) cutAndWait(over <-chan struct{}) error {
	s.cut()
	select {
	case <-over:
		return nil
	case <-time.After(afterCut):
		return ErrMethodsRunning
	}
}

// stop ends the listening and closes the connections that have no request.
func (s *Server) stop() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopping.Swap(true) || s.listener == nil {
		return nil
	}
	close(s.done)
	err := s.listener.Close()
	if errors.Is(err, net.ErrClosed) {
		err = nil // by its owner, before
	}
	s.conns.stop()
	return err
}

// cut closes all connections, and ends what methods with a context do.
func (s *Server) cut() {
	s.conns.cut()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		s.cancel(ErrClosed)
	}
}
