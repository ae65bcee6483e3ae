//go:build !windows

package main

import (
	"errors"
	"syscall"
)

// isInUse reports whether another socket is bound to the address.
func isInUse(err error) bool { return errors.Is(err, syscall.EADDRINUSE) }

// isNotAvailable reports whether no interface has the address.
func isNotAvailable(err error) bool { return errors.Is(err, syscall.EADDRNOTAVAIL) }

// isNoFamily reports whether the system does not know addresses of this kind.
func isNoFamily(err error) bool { return errors.Is(err, syscall.EAFNOSUPPORT) }

// isNotPermitted reports whether the user may not bind to the address.
func isNotPermitted(err error) bool { return errors.Is(err, syscall.EACCES) }
