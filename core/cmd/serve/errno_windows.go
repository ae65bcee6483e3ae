package main

import (
	"errors"

	"golang.org/x/sys/windows"
)

// Winsock has numbers of its own for what errno.go asks about.

func isInUse(err error) bool        { return errors.Is(err, windows.WSAEADDRINUSE) }
func isNotAvailable(err error) bool { return errors.Is(err, windows.WSAEADDRNOTAVAIL) }
func isNoFamily(err error) bool     { return errors.Is(err, windows.WSAEAFNOSUPPORT) }
func isNotPermitted(err error) bool { return errors.Is(err, windows.WSAEACCES) }
