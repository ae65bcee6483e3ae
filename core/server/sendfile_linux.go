package server

import (
	"syscall"

	"vitrine/core/handler"
)

// sendFile sends a section by sendfile.
func (c *conn) sendFile(section *handler.Section) (int64, error) {
	file, ok := section.File.(interface{ Fd() uintptr })
	if !ok {
		return 0, errNoSendfile
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
