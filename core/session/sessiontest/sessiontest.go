// Package sessiontest has the other end of a session: a client whose bytes
// are known beforehand, and one that talks over a pipe.
package sessiontest

import (
	"io"
	"net"
	"strings"
	"time"

	"vitrine/core/handler"
	"vitrine/core/session"
)

// Script is a [session.Transport] in memory: a client that sends In, closes
// its side and keeps what it receives.
type Script struct {
	In  []string // what one Read each returns, if it fits
	End error    // what follows In; nil is io.EOF
	// SendErr is what SendContent fails with after four bytes; nil is not.
	SendErr error

	Out    strings.Builder // what was received
	Writes int             // how often something was sent
	Phases []session.Phase // what was waited for
	// EarlyOut is how much had been received when In was read to its end.
	EarlyOut int
}

var _ session.Transport = (*Script)(nil)

// Talk serves one connection that sends these pieces and returns what it
// received.
func Talk(config *session.Config, pieces ...string) string {
	s := &Script{In: pieces}
	session.Serve(s, config, handler.Address{})
	return s.Out.String()
}

// Await implements [session.Transport].
func (s *Script) Await(p session.Phase) { s.Phases = append(s.Phases, p) }

// Read implements [session.Transport].
func (s *Script) Read(p []byte) (int, error) {
	if len(s.In) == 0 {
		if s.EarlyOut == 0 {
			s.EarlyOut = s.Out.Len()
		}
		if s.End != nil {
			return 0, s.End
		}
		return 0, io.EOF
	}
	n := copy(p, s.In[0])
	if s.In[0] = s.In[0][n:]; s.In[0] == "" {
		s.In = s.In[1:]
	}
	return n, nil
}

// Write implements [session.Transport].
func (s *Script) Write(p []byte) (int, error) {
	s.Writes++
	return s.Out.Write(p)
}

// SendContent implements [session.Transport].
func (s *Script) SendContent(head []byte, c handler.Content) (int64, error) {
	s.Writes++
	s.Out.Write(head)
	if s.SendErr != nil {
		s.Out.WriteString("half")
		return 4, s.SendErr
	}
	return c.WriteTo(&s.Out)
}

// timeout is how long a test waits for what must happen.
const timeout = time.Minute

// Pipe serves one connection over a pipe and returns the client's end. over is
// closed when the session has ended, and with it the connection.
func Pipe(config *session.Config, client handler.Address) (conn net.Conn, over <-chan struct{}) {
	near, far := net.Pipe()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		session.Serve(transport{far}, config, client)
		far.Close()
	}()
	near.SetDeadline(time.Now().Add(timeout))
	return near, ended
}

// transport is the server's end of a pipe.
type transport struct{ net.Conn }

func (transport) Await(session.Phase) {}

func (t transport) SendContent(head []byte, c handler.Content) (int64, error) {
	if len(head) > 0 {
		if _, err := t.Write(head); err != nil {
			return 0, err
		}
	}
	return c.WriteTo(t.Conn)
}
