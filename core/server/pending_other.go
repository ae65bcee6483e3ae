//go:build !unix

package server

import "net"

// pending reports whether bytes of the peer have arrived that are not read
// yet: unknown here.
func pending(net.Conn) bool { return false }

// discardPending reads nothing here.
func discardPending(net.Conn) {}

// pendingWorks says that pending knows.
const pendingWorks = false
