package console

import (
	"errors"
	"io"
	"io/fs"
	"sync"
	"time"

	"vitrine/core/handler"
	"vitrine/core/session"
	"vitrine/core/steps"
	"vitrine/core/trace"
)

// Person is who types: where the other direction of a connection goes. The
// functions are called one at a time, by the connection.
type Person struct {
	Bytes  func(p []byte)        // the server wrote p, which is valid during the call
	Record func(r *trace.Record) // an exchange is over, or the connection without one
	Waits  func(session.Phase)   // the server waits for bytes
	Over   func()                // nothing more comes
}

// Conn is one connection. Its methods may be called by any goroutine.
type Conn struct {
	person Person
	out    int64 // bytes written

	mu    sync.Mutex
	in    []byte
	ended bool // no more is typed
	over  bool
	wake  chan struct{} // holds one token behind each change
}

// Open opens a connection to a server of that profile over files. name is
// what its records are filed under.
func Open(files fs.FS, p steps.Profile, name string, person Person) *Conn {
	c := &Conn{person: person, wake: make(chan struct{}, 1)}
	log := &trace.Log{MaxRecords: 1, Watch: person.Record}
	go func() {
		session.Serve(transport{c}, config(files, p, log, name), handler.Address{})
		c.mu.Lock()
		c.over, c.in = true, nil
		c.mu.Unlock()
		person.Over()
	}()
	return c
}

// ErrOver says that the connection is over, or holds as much as it may.
var ErrOver = errors.New("console: the connection takes no more bytes")

// Send hands over typed bytes.
func (c *Conn) Send(p []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over || c.ended || len(c.in)+len(p) > MaxIn {
		return ErrOver
	}
	c.in = append(c.in, p...)
	c.signal()
	return nil
}

// End closes the person's side: what was typed is still read, and responses
// still come.
func (c *Conn) End() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = true
	c.signal()
}

// Close goes away at once: what was typed and is not read is lost.
func (c *Conn) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended, c.in = true, nil
	c.signal()
}

func (c *Conn) signal() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// transport is the server's end.
type transport struct{ *Conn }

var _ session.Transport = transport{}

// Await implements [session.Transport]. Typing takes its time: Read has one
// bound for all of it.
func (t transport) Await(p session.Phase) { t.person.Waits(p) }

// Read implements [session.Transport].
func (t transport) Read(p []byte) (int, error) {
	late := time.NewTimer(WaitTime)
	defer late.Stop()
	for {
		t.mu.Lock()
		n := copy(p, t.in)
		t.in = t.in[n:]
		ended := t.ended
		t.mu.Unlock()
		switch {
		case n > 0:
			return n, nil
		case ended:
			return 0, io.EOF
		}
		select {
		case <-t.wake:
		case <-late.C:
			return 0, timeout{}
		}
	}
}

// Write implements [session.Transport].
func (t transport) Write(p []byte) (int, error) {
	if t.out += int64(len(p)); t.out > MaxOut {
		return 0, errTooMuch
	}
	t.person.Bytes(p)
	return len(p), nil
}

// errTooMuch is in the record, as why a response was cut.
var errTooMuch = errors.New("the console shows 4 MiB of a connection and no more")

// SendContent implements [session.Transport].
func (t transport) SendContent(head []byte, c handler.Content) (int64, error) {
	if len(head) > 0 {
		if _, err := t.Write(head); err != nil {
			return 0, err
		}
	}
	return c.WriteTo(t)
}

type timeout struct{}

func (timeout) Error() string { return "nothing was typed for ten minutes" }
func (timeout) Timeout() bool { return true }
