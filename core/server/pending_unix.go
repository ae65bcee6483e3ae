//go:build unix

package server

import (
	"net"
	"syscall"

	"golang.org/x/sys/unix"
)

// pending reports whether bytes of the peer have arrived that are not read
// yet: its request is here, and only the goroutine that reads it has not run.
func pending(nc net.Conn) (some bool) {
	var b [1]byte
	control(nc, func(fd uintptr) {
		n, _, err := unix.Recvfrom(int(fd), b[:], unix.MSG_PEEK)
		some = err == nil && n > 0
	})
	return some
}

// discardPending reads what has arrived, up to 64 KiB. Closing a socket with
// unread bytes would destroy what was sent on it.
func discardPending(nc net.Conn) {
	var b [4096]byte
	control(nc, func(fd uintptr) {
		for range 16 {
			if n, err := unix.Read(int(fd), b[:]); err != nil || n < len(b) {
				return
			}
		}
	})
}

// control gives f the descriptor of a socket, which never blocks.
func control(nc net.Conn, f func(fd uintptr)) {
	if sc, ok := nc.(syscall.Conn); ok {
		if raw, err := sc.SyscallConn(); err == nil {
			raw.Control(f)
		}
	}
}

// pendingWorks says that pending knows.
const pendingWorks = true
