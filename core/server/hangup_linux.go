package server

import (
	"net"

	"golang.org/x/sys/unix"
)

// presenceOf asks the system, which knows of the end of the stream behind
// bytes that are not read yet, too.
func presenceOf(nc net.Conn) (p presence) {
	control(nc, func(fd uintptr) {
		fds := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLRDHUP}}
		if n, err := unix.Poll(fds, 0); err != nil || n == 0 {
			return
		}
		switch events := fds[0].Revents; {
		case events&(unix.POLLERR|unix.POLLHUP|unix.POLLNVAL) != 0:
			p = absent
		case events&unix.POLLRDHUP != 0:
			p = halfClosed
		}
	})
	return p
}
