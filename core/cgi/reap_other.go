//go:build !linux

package cgi

import "context"

// ReapOrphans does nothing here: see the one of Linux, where a server can be
// process 1 of a container.
func ReapOrphans(context.Context) {}
