package server

import (
	"syscall"

	"golang.org/x/sys/unix"

	"vitrine/core/handler"
)

// sendFile sends a section by sendfile.
func (c *conn) sendFile(section *handler.Section) (int64, error) {
	file, ok := section.File.(interface{ Fd() uintptr })
	if !ok {
		return 0, errNoSendfile
	}
	if c.last {
		c.raw.Control(func(fd uintptr) { unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_CORK, 1) })
	}
	t := &c.transfer
	t.file, t.off, t.left = int(file.Fd()), section.Off, section.N
	err := c.drive()
	left := t.left
	t.left = 0
	if left == section.N && (err == syscall.EINVAL || err == syscall.ENOSYS || err == syscall.ESPIPE) {
		return 0, errNoSendfile
	}
	return section.N - left, c.wrap("write", "sendfile", err)
}
