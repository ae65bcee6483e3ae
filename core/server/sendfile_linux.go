package server

import (
	"io"
	"net"
	"syscall"

	"golang.org/x/sys/unix"

	"vitrine/core/handler"
)

// rawConn gives access to the socket under c, nil if there is no socket that
// sendfile can write to.
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

// sendPiece is how much one call of sendfile may send.
const sendPiece = 4 << 20

// fileSender is a section on its way from a file to the socket.
type fileSender struct {
	from int   // descriptor of the file
	off  int64 // where the next byte is
	left int64
	// queued is how many bytes the client had still to take when the socket
	// was last found full.
	queued int
	err    error
	step   func(fd uintptr) bool // s.send, bound once
}

// sendFile sends a section by sendfile. After each piece that the socket took
// the client has WriteStallTimeout again.
func (c *conn) sendFile(section *handler.Section) (int64, error) {
	file, ok := section.File.(interface{ Fd() uintptr })
	if !ok {
		return 0, errNoSendfile
	}
	s := &c.file
	s.from, s.off, s.left, s.err = int(file.Fd()), section.Off, section.N, nil
	if s.step == nil {
		s.step = s.send
	}
	for s.left > 0 && s.err == nil {
		c.sending()
		err := c.raw.Write(s.step)
		if err != nil && !(isTimeout(err) && s.drained(c.raw)) {
			return section.N - s.left, err
		}
	}
	if s.left == section.N && (s.err == syscall.EINVAL || s.err == syscall.ENOSYS || s.err == syscall.ESPIPE) {
		return 0, errNoSendfile
	}
	return section.N - s.left, s.err
}

// send sends until the socket is full; false says that it must be waited for.
func (s *fileSender) send(fd uintptr) bool {
	moved := false
	for s.left > 0 {
		off := s.off
		n, err := syscall.Sendfile(int(fd), s.from, &s.off, int(min(s.left, sendPiece)))
		if n > 0 {
			s.off = off + int64(n)
			s.left -= int64(n)
			moved = true
			continue
		}
		switch {
		case err == syscall.EINTR:
		case err == syscall.EAGAIN:
			if !moved {
				s.queued = unsent(fd)
			}
			return moved
		case err != nil:
			s.err = err
			return true
		default: // the file ended early
			s.err = io.ErrUnexpectedEOF
			return true
		}
	}
	return true
}

// drained reports whether the client took anything since the socket was full.
// A full socket counts as writable only when a third of it is free again,
// which can take a slow client longer than WriteStallTimeout.
func (s *fileSender) drained(raw syscall.RawConn) (some bool) {
	raw.Control(func(fd uintptr) {
		queued := unsent(fd)
		some = queued < s.queued
		s.queued = queued
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
