package session

import (
	"errors"

	"vitrine/core/handler"
	"vitrine/core/trace"
)

// Transport is where the bytes of a connection come from and go to: a socket,
// a fetch, a test.
type Transport interface {
	// Await says what the session is about to wait for, so that the
	// transport can bound the wait. It is called before each wait.
	Await(Phase)
	// Read reads at least one byte, or fails. io.EOF ends the peer's side;
	// an error with Timeout() true says that the bound of Await is over.
	Read(p []byte) (int, error)
	// Write sends all of p, or fails. It must not keep p.
	Write(p []byte) (int, error)
	// SendContent sends head and then all of c, whose size is known, by the
	// best way it has. It returns how many bytes of c left; less than
	// c.Size() comes with an error. It must not keep head, nor close c.
	SendContent(head []byte, c handler.Content) (int64, error)
}

// Accounted is a [Transport] that began the account of its connection before the
// session: there was a TLS handshake, say. It is asked where there is a log.
type Accounted interface {
	Account() *trace.Connection
}

// Ending is a [Transport] that is told before the last bytes of a connection,
// which ends as soon as its session has returned: its end can leave together
// with them. A client that hears of the end only after them may have sent
// another request by then, which destroys the response.
type Ending interface {
	Ending()
}

// ErrRest is the error of a Read that would wait for the first byte of a request,
// on a transport that waits without its session: see [ServeUntilRest].
var ErrRest = errors.New("session: no request yet")

// ClosedError is the error of a Read that the server itself ended by closing the
// connection, which had no request. Why is one of trace's Why.
type ClosedError struct{ Why string }

func (e *ClosedError) Error() string { return "session: the connection was closed: " + e.Why }

// Phase is what a session waits for.
type Phase uint8

const (
	FirstByte Phase = iota // of a request: an idle connection
	Head                   // the rest of a head; called once, at its first byte
	Content                // the next bytes of the request's content
	Drain                  // content that no method reads, read to keep the connection; called once
)
