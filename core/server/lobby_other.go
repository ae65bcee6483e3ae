//go:build !linux

package server

import "time"

// parkAfter is not used here: connections wait in goroutines.
const parkAfter = time.Duration(1<<63 - 1)

type lobby struct{ server *Server }

type parkPlace struct{}

func (l *lobby) park(c *conn) bool {
	_, _ = l.server, c.parkPlace // used on Linux only, and not unused
	return false
}
