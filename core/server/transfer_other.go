//go:build !linux

package server

import (
	"net"
	"syscall"

	"vitrine/core/handler"
)

// transfer and receiver are nothing here: sockets and files are read and
// written.
type (
	transfer struct{}
	receiver struct{}
)

func rawConn(net.Conn) syscall.RawConn { return nil }

func (c *conn) readRaw(p []byte) (int, error)  { return c.tcp.Read(p) }
func (c *conn) writeRaw(p []byte) (int, error) { return c.tcp.Write(p) }

func (c *conn) sendMapped(head, _ []byte) ([]byte, int64, error) { return head, 0, errNotMapped }

func (c *conn) sendFile(*handler.Section) (int64, error) {
	_, _ = c.transfer, c.receiver // used on Linux only, and not unused
	return 0, errNoSendfile
}
