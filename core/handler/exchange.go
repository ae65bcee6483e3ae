package handler

import (
	"context"
	"io"
	"strings"
	"time"

	"vitrine/core/http1"
)

// Exchange is one request and the response being made: what a Python handler
// calls self. It belongs to one goroutine and is over when its method returns.
type Exchange struct {
	// Base is what the words and the log of the exchange are taken from: the
	// Base that responds to it, or before that the connection's own.
	Base   *Base
	Server *Server // the server that took the connection; nil if there is none
	// Client is the peer, http.server's client_address. It is not valid where
	// there is none, as in a browser and on a Unix socket.
	Client Address

	// RequestLine is the request-line without its end, "" if none was read.
	// After a fault this and what follows is what was understood.
	RequestLine string
	Command     string // the method; "" until it is known
	// Path is Target with several leading slashes made one (R-11,
	// CVE-2021-28861), query and fragment included.
	Path           string
	Target         string        // the request-target as received
	RequestVersion string        // version word; "HTTP/0.9" if the line has none
	Version        http1.Version // the same as numbers
	Headers        http1.Fields  // field lines of the request
	ContentLength  int64         // of the request, in bytes; http1.Chunked if its end tells it
	// Content is the content of the request, at its start; never nil. The
	// method of a GET or HEAD reads chunked content before its response
	// begins, or not at all: then it is discarded (see [Discarder]).
	Content io.Reader

	// CloseConnection ends the connection after this exchange. It starts as
	// what the request and the protocol version say (K-1).
	CloseConnection bool

	// What the connection speaks, whichever Base responds.
	protocol   string
	persistent bool
	keepAlive  bool // the client would go on

	sink    Sink
	steps   StepFunc
	ctx     context.Context // nil until it is asked for
	onHead  []func(*Exchange)
	onError []ErrorFunc
	res     http1.Response
	err     error // first mistake made while the head was built
	begun   bool  // a final head is being built or was sent
	sent    bool  // a final head was sent
	bare    bool  // HTTP/0.9: the response has no head
	size    int64 // content bytes sent
	started time.Time

	contentChecked bool         // checkContent was called
	continued      bool         // 100 was sent
	fault          *http1.Error // of the content; its response is not sent yet
	refused        bool         // its response was sent instead of the method's
}

// Server says where a connection arrived: http.server's self.server.
type Server struct {
	Name string // server_name, for CGI
	Port int    // server_port
	TLS  bool
}

// Sink is the sending half of a connection as an exchange sees it.
type Sink interface {
	// Head sends the head of a response; status 1xx is interim and leaves at
	// once. It fails if the head could not be serialised.
	Head(*http1.Response) error
	// Write sends content.
	Write(p []byte) (int, error)
	// Send sends content by reference and returns how many bytes left. It
	// does not close the content.
	Send(Content) (int64, error)
	// Flush hands everything buffered to the transport.
	Flush() error
	// Closing says why the server ends the connection after this exchange
	// although the client would go on, as one of the Why values of package
	// trace; "" if it does not.
	Closing() string
}

// Begin makes x the exchange for one request, reusing its buffers. b is the
// Base of the connection. steps receives what happens, for a trace, and may be
// nil.
func (x *Exchange) Begin(b *Base, req *http1.Request, content io.Reader, sink Sink, steps StepFunc) {
	fields := x.res.Fields[:0]
	*x = Exchange{
		Base: b, Server: x.Server, Client: x.Client,
		RequestLine: req.Line, Command: req.Method,
		Path: oneSlash(req.Target), Target: req.Target,
		RequestVersion: req.Proto, Version: req.Version,
		Headers: req.Fields, ContentLength: req.Length,
		Content:         content,
		CloseConnection: !(b.Persistent() && req.KeepAlive),
		protocol:        b.Protocol(), persistent: b.Persistent(), keepAlive: req.KeepAlive,
		sink: sink, steps: steps, bare: req.Bare(),
	}
	x.res.Fields = fields
	if x.RequestVersion == "" {
		x.RequestVersion = "HTTP/0.9"
	}
	if b.Done != nil {
		x.started = b.now()
	}
	if x.Content == nil {
		x.Content = strings.NewReader("")
	}
}

// End forgets the request and the response, but not the client, so that an
// idle connection holds nothing of them.
func (x *Exchange) End() {
	fields := x.res.Fields
	clear(fields)
	*x = Exchange{Server: x.Server, Client: x.Client}
	x.res.Fields = fields[:0]
}

// oneSlash drops all but one of the slashes a target begins with: "//host/.."
// would be another host in a Location (R-11, CVE-2021-28861).
func oneSlash(target string) string {
	for len(target) > 1 && target[0] == '/' && target[1] == '/' {
		target = target[1:]
	}
	return target
}

// Status returns the status code of the final response, 0 before there is one.
func (x *Exchange) Status() int {
	if !x.begun {
		return 0
	}
	return x.res.Status
}

// HeadSent reports whether the head of the final response has been sent.
func (x *Exchange) HeadSent() bool { return x.sent }

// Response returns the final response's head as far as it has been made. It is
// valid until the exchange is over.
func (x *Exchange) Response() *http1.Response { return &x.res }

// Size returns how many bytes of content have been handed to the transport.
func (x *Exchange) Size() int64 { return x.size }

// Elapsed returns the time since the request was understood; 0 unless
// Base.Done of the connection is set.
func (x *Exchange) Elapsed() time.Duration {
	if x.started.IsZero() {
		return 0
	}
	return x.Base.now().Sub(x.started)
}

// AddressString names the client in log lines: its address, never looked up
// (L-5).
func (x *Exchange) AddressString() string {
	return string(x.AppendAddress(nil))
}

// AppendAddress appends what AddressString returns.
func (x *Exchange) AppendAddress(b []byte) []byte {
	if x.Base.AddressString != nil {
		return append(b, x.Base.AddressString(x)...)
	}
	if !x.Client.IsValid() {
		return append(b, '-')
	}
	return x.Client.Addr().AppendTo(b)
}
