//go:build !linux

package server

import (
	"net"
	"syscall"

	"vitrine/core/handler"
)

// fileSender is nothing here: files are read and written.
type fileSender struct{}

func rawConn(net.Conn) syscall.RawConn { return nil }

func (c *conn) sendFile(*handler.Section) (int64, error) {
	_ = c.file // used on Linux only, and not unused
	return 0, errNoSendfile
}
