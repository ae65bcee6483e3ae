package server

import (
	"io"
	"syscall"
	"unsafe"

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
	r := &c.receiver
	if r.step == nil {
		r.step = r.receive
	}
	r.to, r.n, r.err = p, 0, nil
	err := c.raw.Read(r.step)
	r.to = nil
	if err == nil {
		err = c.wrap("read", "recvfrom", r.err)
	}
	return r.n, err
}

// receive reads what has arrived; false says that it must be waited for. It
// never waits itself, so the scheduler need not know of the call.
func (r *receiver) receive(fd uintptr) bool {
	for {
		n, _, errno := syscall.RawSyscall6(unix.SYS_RECVFROM, fd, uintptr(unsafe.Pointer(unsafe.SliceData(r.to))), uintptr(len(r.to)), unix.MSG_DONTWAIT, 0, 0)
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
			r.n = int(n)
		}
		return true
	}
}
