package http1

// Role is the end of the connection that a Conn plays.
type Role uint8

// The two ends of a connection.
const (
	Server Role = iota // receives requests, sends responses
	Client             // sends requests, receives responses
)

func (r Role) String() string {
	if r == Client {
		return "client"
	}
	return "server"
}

// Conn is one end of an HTTP/1 connection without the transport of its bytes.
// It has one owner: no two goroutines may use it at once. Make one with
// [NewConn], or [Conn.Reset] a zero Conn.
type Conn struct {
	connState
	rules Rules // with limits filled in

	buf []byte // received bytes; those before r are consumed
	r   int
	eof bool

	// What decides how the response is framed, from the request.
	method  string // "" while unknown
	version Version
	bare    bool // the response has neither status-line nor fields

	in    incoming // the message that is received
	out   outgoing // the message that is sent
	fault *Error

	observe func(Framing, []byte, int64)

	// The events that Next returns.
	req  Request
	res  Response
	data Data
	end  End
}

// NewConn returns a Conn that has received and sent nothing.
func NewConn(role Role, rules Rules) *Conn {
	c := new(Conn)
	c.Reset(role, rules)
	return c
}

// Reset makes c as new but keeps its buffers, so that Conns can be pooled. It
// forgets all bytes and strings of the connection before.
func (c *Conn) Reset(role Role, rules Rules) {
	rules.Limits = rules.Limits.filled()
	buf, in, reqFields, resFields, trailers := c.buf[:0], c.in, c.req.Fields, c.res.Fields, c.end.Trailers
	clear(reqFields[:cap(reqFields)])
	clear(resFields[:cap(resFields)])
	clear(trailers[:cap(trailers)])
	if cap(buf) > keptBuffer {
		buf = nil
	}
	*c = Conn{
		connState: newConnState(role),
		rules:     rules,
		buf:       buf,
		in:        incoming{fields: in.fields[:0]},
	}
	c.req.Fields, c.res.Fields, c.end.Trailers = reqFields[:0], resFields[:0], trailers[:0]
}

// Next returns what comes next from the peer. [NeedData] asks for more bytes;
// it is also returned while the message of the peer is over and ours is
// not, so finish ours before asking the transport for more. When both
// messages are over Next goes on with the next message, of which bytes may
// already be here (pipelining), or returns [Closed] for good.
//
// The error is an [*Error]; every later call returns the same one.
func (c *Conn) Next() (Event, error) {
	if c.done() && c.finish() {
		c.beginMessages()
	}
	switch c.received {
	case StateIdle:
		if c.role == Server {
			return c.receiveRequest()
		}
		return c.receiveResponse()
	case StateContent:
		return c.content()
	case StateDone:
		return NeedData{}, nil
	case StateError:
		return nil, c.fault
	}
	return Closed{}, nil
}

// beginMessages makes both directions ready for the next message.
func (c *Conn) beginMessages() {
	c.in.begin()
	c.out = outgoing{}
	c.slim()
}

// Partial returns what is known of the request that is being received. It is
// for logs and responses when Next returned an [*Error] or the caller gives up
// waiting: Line once it came whole, Method, Target, Proto, Version and HTTP09
// once the request-line was understood. Strings not known are empty.
func (c *Conn) Partial() *Request {
	if c.role == Server && c.received == StateIdle {
		c.partial()
	}
	return &c.req
}

// Bare reports whether the response has neither status-line nor fields, because
// the request is in version 0.9.
func (r *Request) Bare() bool { return r.Proto == "HTTP/0.9" }

// fail ends the receiving direction with a fault of the peer.
func (c *Conn) fail(f flaw) (Event, error) {
	part := f.shown.of(c.buf[c.r:])
	status := faults[f.fault].status
	if c.role == Client {
		status = 502 // what a gateway would tell its own client
	} else if c.received == StateIdle {
		c.partial()
		c.method, c.version = c.req.Method, c.req.Version
	}
	c.fault = &Error{
		Fault:   f.fault,
		Status:  status,
		Section: faults[f.fault].section,
		Offset:  int(c.in.base) + f.at,
		Text:    string(part),
		Limit:   c.rules.Limits.of(f.fault),
	}
	c.received.move(peerFault)
	return nil, c.fault
}

// more asks for more bytes, or fails if there will be none.
func (c *Conn) more() (Event, error) {
	if !c.eof {
		return NeedData{}, nil
	}
	return c.fail(flaw{fault: Truncated, at: len(c.buf) - c.r})
}
