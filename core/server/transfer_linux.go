package server

import (
	"io"
	"net"
	"os"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// rawConn gives access to the socket under c, nil if there is no socket that
// the kernel can be given pieces of memory and files for.
func rawConn(c net.Conn) syscall.RawConn {
	t, ok := c.(*net.TCPConn)
	if !ok {
		return nil
	}
	raw, err := t.SyscallConn()
	if err != nil {
		return nil
	}
	return raw
}

// transfer is what is on its way to the socket: two pieces of memory, one behind
// the other, or else a part of a file.
type transfer struct {
	pieces [2]unix.Iovec
	msg    unix.Msghdr
	flags  int
	mapped bool // the second piece may have to come from the disk

	file int   // descriptor
	off  int64 // where the next byte is
	left int64

	// queued is how many bytes the client had still to take when the socket
	// was last found full.
	queued int
	err    error
	step   func(fd uintptr) bool // t.send, bound once
}

// setPieces makes t one of memory.
func (t *transfer) setPieces(first []byte, second *byte, n int64, flags int) {
	t.pieces[0].Base, t.pieces[1].Base = unsafe.SliceData(first), second
	t.pieces[0].SetLen(len(first))
	t.pieces[1].SetLen(int(n))
	t.msg.Iov, t.flags = &t.pieces[0], flags|unix.MSG_DONTWAIT|unix.MSG_NOSIGNAL
	t.msg.SetIovlen(len(t.pieces))
	t.left = 0
}

// rest is how many bytes are not sent yet.
func (t *transfer) rest() int64 {
	return t.left + int64(t.pieces[0].Len) + int64(t.pieces[1].Len)
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
		case errno == unix.EFAULT, errno == 0: // the file ended early
			t.err = io.ErrUnexpectedEOF
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
	// Nothing here waits, so the scheduler need not know; but for the disk.
	call := syscall.RawSyscall
	if t.mapped {
		call = syscall.Syscall
	}
	r, _, errno := call(unix.SYS_SENDMSG, fd, uintptr(unsafe.Pointer(&t.msg)), uintptr(t.flags))
	if errno != 0 {
		return 0, errno
	}
	t.took(int(r))
	return int(r), 0
}

// took counts n bytes of memory that are sent.
func (t *transfer) took(n int) {
	for i := range t.pieces {
		p := &t.pieces[i]
		m := min(n, int(p.Len))
		p.Base = (*byte)(unsafe.Add(unsafe.Pointer(p.Base), m))
		p.SetLen(int(p.Len) - m)
		n -= m
	}
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
	t.mapped = false
	t.setPieces(p, nil, 0, 0)
	err := c.drive()
	n := len(p) - int(t.rest())
	t.pieces[0].Base = nil
	return n, c.wrap("write", "sendmsg", err)
}

// wrap makes err what net would have made of it.
func (c *conn) wrap(op, call string, err error) error {
	errno, ok := err.(syscall.Errno)
	if !ok {
		return err
	}
	return &net.OpError{Op: op, Net: "tcp", Source: c.tcp.LocalAddr(), Addr: c.tcp.RemoteAddr(), Err: os.NewSyscallError(call, errno)}
}
