package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"

	"vitrine/core/server"
)

// address is where to listen; no host is all interfaces. Brackets around an
// IPv6 address are not needed and do no harm.
func address(host string, port int) string {
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return net.JoinHostPort(host, strconv.Itoa(port))
}

// listenError says why there is no socket, in one line. It unwraps to
// err.
func listenError(s *server.Server, err error) error {
	return &socketError{listenReason(s, err), err}
}

type socketError struct {
	text string
	err  error
}

func (e *socketError) Error() string { return e.text }
func (e *socketError) Unwrap() error { return e.err }

func listenReason(s *server.Server, err error) string {
	host, port, _ := net.SplitHostPort(s.Address)
	if host == "" {
		host = "all interfaces"
	}
	var lookup *net.DNSError
	switch {
	case errors.As(err, &lookup):
		return fmt.Sprintf("cannot listen on %s: unknown host", host)
	case isInUse(err):
		return fmt.Sprintf("port %s on %s is in use already: choose another, or let the system find a free one with port 0", port, host)
	case isNotAvailable(err):
		return fmt.Sprintf("cannot listen on %s: no interface of this computer has that address", host)
	case isNotPermitted(err):
		return fmt.Sprintf("port %s on %s: permission denied; ports from 1024 on need none", port, host)
	}
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err
	}
	return fmt.Sprintf("cannot listen on port %s of %s: %v", port, host, err)
}

// warnOpen says that others can read the folder, if they can.
func warnOpen(stderr io.Writer, servers []*folderServer) {
	open := slices.ContainsFunc(servers, func(s *folderServer) bool {
		a, ok := s.addr().(*net.TCPAddr)
		return ok && !a.IP.IsLoopback()
	})
	if open {
		fmt.Fprintln(stderr, "All who can reach this computer over the network can read this folder.")
		fmt.Fprintln(stderr, "To keep it to this computer: serve --bind 127.0.0.1")
	}
}
