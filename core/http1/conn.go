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

// Conn is one end of an HTTP/1 connection without its bytes' transport. A
// Conn has one owner: nothing in it is safe for use by two goroutines at once.
type Conn struct {
	role  Role
	rules Rules
	req   Request
}

// NewConn returns a Conn that has received and sent nothing.
func NewConn(role Role, rules Rules) *Conn {
	c := new(Conn)
	c.Reset(role, rules)
	return c
}

// Reset makes c as new and keeps its buffers, so that Conns can be pooled.
func (c *Conn) Reset(role Role, rules Rules) { c.role, c.rules = role, rules }

// Receive hands over bytes of the peer; they are copied.
func (c *Conn) Receive(p []byte) { panic("not yet") }

// Space returns at least min bytes of free buffer for a transport to read
// into. What it read is handed over with [Conn.Filled].
func (c *Conn) Space(min int) []byte { panic("not yet") }

// Filled says that the transport put n bytes at the start of the last Space.
func (c *Conn) Filled(n int) { panic("not yet") }

// ReceiveEOF says that the peer sends no more.
func (c *Conn) ReceiveEOF() { panic("not yet") }

// Next returns the next event.
func (c *Conn) Next() (Event, error) { panic("not yet") }

// Append appends the bytes of ev to dst.
func (c *Conn) Append(dst []byte, ev Event) ([]byte, error) { panic("not yet") }

// Sent says that n bytes of content left by another way than Append.
func (c *Conn) Sent(n int64) error { panic("not yet") }

// KeepAlive reports whether another message may follow the present one.
func (c *Conn) KeepAlive() bool { panic("not yet") }

// Left is the number of bytes received and not yet consumed.
func (c *Conn) Left() int { panic("not yet") }

// Rest returns the bytes received and not yet consumed.
func (c *Conn) Rest() []byte { panic("not yet") }

// Waiting says in words what is missing before Next can tell more.
func (c *Conn) Waiting() string { panic("not yet") }

// Partial is what is known of the request in work.
func (c *Conn) Partial() *Request { return &c.req }

// State returns the states of the two directions.
func (c *Conn) State() (received, sent State) { panic("not yet") }

// Bare reports whether the reply has neither status line nor fields, because
// the request is in version 0.9 (written out or not).
func (r *Request) Bare() bool { return r.Proto == "HTTP/0.9" }
