package server

import (
	"io"
	"net"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// rawConn gives access to the socket under c, nil if there is no socket that
// the kernel can be given pieces of memory and files for.
func rawConn(c net.Conn) syscall.RawConn {
	switch t := c.(type) {
	case *socket:
		return rawSocket{t}
	case *net.TCPConn:
		if raw, err := t.SyscallConn(); err == nil {
			return raw
		}
	}
	return nil
}

// transfer is what is on its way to the socket: bytes, and behind them content
// that is in memory, or a part of a file.
type transfer struct {
	bytes  []byte
	more   bool   // the end of the connection follows at once
	mapped []byte // for system calls alone

	file int   // descriptor
	off  int64 // where the next byte is
	left int64

	// queued is how many bytes the client had still to take when the socket
	// was last found full.
	queued int
	err    error
	step   func(fd uintptr) bool // t.send, bound once
}

// rest is how many bytes are not sent yet.
func (t *transfer) rest() int64 {
	return t.left + int64(len(t.bytes)) + int64(len(t.mapped))
}

// drive sends all of c.transfer. After each piece that the socket took the
// client has WriteStallTimeout again.
func (c *conn) drive() error {
	t := &c.transfer
	if t.err = nil; t.step == nil {
		t.step = t.send
	}
	for t.rest() > 0 && t.err == nil {
		c.sending()
		err := c.raw.Write(t.step)
		if err != nil && !(isTimeout(err) && t.drained(c.raw)) {
			return err
		}
	}
	return t.err
}

// send sends until the socket is full; false says that it must be waited for.
func (t *transfer) send(fd uintptr) bool {
	moved := false
	for t.rest() > 0 {
		n, errno := t.move(fd)
		switch {
		case n > 0:
			moved = true
		case errno == unix.EINTR:
		case errno == unix.EAGAIN:
			if !moved {
				t.queued = unsent(fd)
			}
			return moved
		case errno == 0: // the file ended early
			t.err = io.ErrUnexpectedEOF
			return true
		case errno == unix.EFAULT:
			t.err = errNotMapped
			return true
		default:
			t.err = errno
			return true
		}
	}
	return true
}

// sendPiece is how much one call of sendfile may send.
const sendPiece = 4 << 20

// move sends what the socket takes at once.
func (t *transfer) move(fd uintptr) (n int, errno syscall.Errno) {
	if t.left > 0 {
		off := t.off
		n, err := syscall.Sendfile(int(fd), t.file, &t.off, int(min(t.left, sendPiece)))
		if n > 0 {
			t.off = off + int64(n)
			t.left -= int64(n)
		}
		errno, _ = err.(syscall.Errno)
		return n, errno
	}
	if len(t.mapped) > 0 {
		n, errno = sendBothNow(fd, t.bytes, t.mapped, t.more)
		ofBytes := min(n, len(t.bytes))
		t.bytes, t.mapped = t.bytes[ofBytes:], t.mapped[n-ofBytes:]
		return n, errno
	}
	n, errno = sendNow(fd, t.bytes, t.more)
	t.bytes = t.bytes[n:]
	return n, errno
}

// drained reports whether the client took anything since the socket was full.
// A full socket counts as writable only when a third of it is free again,
// which can take a slow client longer than WriteStallTimeout.
func (t *transfer) drained(raw syscall.RawConn) (some bool) {
	raw.Control(func(fd uintptr) {
		queued := unsent(fd)
		some = queued < t.queued
		t.queued = queued
	})
	return some
}

// unsent is how many bytes the socket holds that the peer has not
// acknowledged, 0 if that is unknown.
func unsent(fd uintptr) int {
	n, err := unix.IoctlGetInt(int(fd), unix.SIOCOUTQ)
	if err != nil {
		return 0
	}
	return n
}

// writeRaw is Write for a socket without TLS.
func (c *conn) writeRaw(p []byte) (int, error) {
	t := &c.transfer
	t.bytes, t.more = p, c.last
	err := c.drive()
	n := len(p) - len(t.bytes)
	t.bytes = nil
	return n, c.wrap("write", "sendto", err)
}

// sendMapped sends head, and behind it content that is in memory. It returns what
// is left of head, and how much of content was sent.
func (c *conn) sendMapped(head, content []byte) (rest []byte, sent int64, err error) {
	t := &c.transfer
	t.mapped = content
	n, err := c.writeRaw(head)
	sent = int64(len(content) - len(t.mapped))
	t.mapped = nil
	return head[n:], sent, err
}

// wrap makes err what net would have made of it.
func (c *conn) wrap(op, call string, err error) error {
	errno, ok := err.(syscall.Errno)
	if !ok {
		return err
	}
	return &net.OpError{Op: op, Net: "tcp", Source: c.tcp.LocalAddr(), Addr: c.tcp.RemoteAddr(), Err: os.NewSyscallError(call, errno)}
}
