package server

import (
	"io"
	"net"
	"syscall"

	"golang.org/x/sys/unix"
)

// receiver is a read of the socket.
type receiver struct {
	to   []byte
	n    int
	err  error
	step func(fd uintptr) bool // r.receive, bound once
}

// readRaw reads from a socket without TLS.
func (c *conn) readRaw(p []byte) (int, error) {
	n, err := c.receiver.from(c.raw, p)
	if s, ok := c.tcp.(*socket); ok && err == io.EOF && s.wasShut() {
		err = net.ErrClosed // the end is not the client's
	}
	return n, c.wrap("read", "recvfrom", err)
}

// from reads at least one byte into p.
func (r *receiver) from(raw syscall.RawConn, p []byte) (int, error) {
	if r.step == nil {
		r.step = r.receive
	}
	r.to, r.n, r.err = p, 0, nil
	err := raw.Read(r.step)
	r.to = nil
	if err == nil {
		err = r.err
	}
	return r.n, err
}

// receive reads what has arrived; false says that it must be waited for.
func (r *receiver) receive(fd uintptr) bool {
	for {
		n, errno := receiveNow(fd, r.to)
		switch {
		case errno == unix.EINTR:
			continue
		case errno == unix.EAGAIN:
			return false
		case errno != 0:
			r.err = errno
		case n == 0:
			r.err = io.EOF
		default:
			r.n = n
		}
		return true
	}
}
