//go:build unix

package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"syscall"

	"vitrine/core/handler"
)

// firstPassed is SD_LISTEN_FDS_START: the descriptor of the first socket.
const firstPassed = 3

// passedListeners returns the listening sockets that a service manager passes
// in place of those the command line would bind (sd_listen_fds(3)): as many as
// LISTEN_FDS says, if LISTEN_PID is this process. Programs that are started
// from here inherit neither the sockets nor the variables.
func passedListeners() ([]net.Listener, error) {
	pid, number := os.Getenv("LISTEN_PID"), os.Getenv("LISTEN_FDS")
	for _, name := range []string{"LISTEN_PID", "LISTEN_PIDFDID", "LISTEN_FDS", "LISTEN_FDNAMES"} {
		os.Unsetenv(name)
	}
	if pid != strconv.Itoa(os.Getpid()) || number == "" {
		return nil, nil
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return nil, fmt.Errorf("LISTEN_FDS is not a number of sockets: %s", handler.Repr(number))
	}
	var all []net.Listener
	for fd := firstPassed; fd < firstPassed+n; fd++ {
		l, err := passedListener(fd)
		if err != nil {
			return nil, fmt.Errorf("descriptor %d, passed by LISTEN_FDS, is not a listening TCP or Unix socket: %w", fd, err)
		}
		all = append(all, l)
	}
	return all, nil
}

// passedListener makes a listener of a descriptor, which it closes.
func passedListener(fd int) (net.Listener, error) {
	syscall.CloseOnExec(fd)
	kind, err := syscall.GetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_TYPE)
	if err != nil {
		return nil, err
	}
	if kind != syscall.SOCK_STREAM {
		return nil, errors.New("not a stream socket")
	}
	// A system that cannot say whether the socket listens finds out later.
	if v, err := syscall.GetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_ACCEPTCONN); err == nil && v == 0 {
		return nil, errors.New("it does not listen")
	}
	f := os.NewFile(uintptr(fd), "passed socket")
	defer f.Close()
	l, err := net.FileListener(f) // a duplicate, closed on exec
	if err != nil {
		return nil, reason(err)
	}
	return l, nil
}
