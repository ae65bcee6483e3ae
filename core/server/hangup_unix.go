//go:build unix && !linux

package server

import (
	"errors"
	"net"

	"golang.org/x/sys/unix"
)

// presenceOf looks at the next byte without taking it. Behind one that the
// method has not read the end of the stream is not seen.
func presenceOf(nc net.Conn) (p presence) {
	var b [1]byte
	control(nc, func(fd uintptr) {
		n, _, err := unix.Recvfrom(int(fd), b[:], unix.MSG_PEEK)
		switch {
		case err == nil && n == 0:
			p = halfClosed
		case errors.Is(err, unix.ECONNRESET), errors.Is(err, unix.EPIPE), errors.Is(err, unix.ETIMEDOUT):
			p = absent
		}
	})
	return p
}
