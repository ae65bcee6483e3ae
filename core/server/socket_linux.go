package server

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// socket is an accepted connection whose descriptor is ours. It reads and
// writes without the runtime's poller until it has to wait for the first time;
// then it joins it. One that does not wait, as most do that have one request,
// costs accept, receive, send and close, and nothing else.
//
// All methods but those that say so belong to the goroutine of the connection.
// As long as it has not joined, no other may close the descriptor, whose number
// could be another's by then: Close shuts it down. What closes it is release.
type socket struct {
	peer *net.TCPAddr

	mu       sync.Mutex // for what other goroutines use
	fd       int        // until it has joined; -1 when it is closed
	joined   *os.File   // with the poller, which owns the descriptor then
	raw      syscall.RawConn
	shut     bool // closed by another goroutine
	read     receiver
	deadline struct{ read, write time.Time } // to be set when it joins
}

var (
	_ net.Conn        = (*socket)(nil)
	_ syscall.Conn    = (*socket)(nil)
	_ syscall.RawConn = rawSocket{}
)

// rawSocket gives access to the descriptor. Its Read and Write call f until it
// returns true, and wait in between.
type rawSocket struct{ s *socket }

// SyscallConn implements syscall.Conn; any goroutine may call it.
func (s *socket) SyscallConn() (syscall.RawConn, error) { return rawSocket{s}, nil }

// Control may be called by any goroutine.
func (r rawSocket) Control(f func(fd uintptr)) error {
	s := r.s
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.raw != nil:
		return s.raw.Control(f)
	case s.fd < 0:
		return net.ErrClosed
	}
	f(uintptr(s.fd))
	return nil
}

func (r rawSocket) Read(f func(fd uintptr) bool) error {
	return r.s.try(f, syscall.RawConn.Read)
}

func (r rawSocket) Write(f func(fd uintptr) bool) error {
	return r.s.try(f, syscall.RawConn.Write)
}

// try calls f at once if the poller does not know the socket; if that does not
// do, or it knows it, wait calls it when the socket is ready.
func (s *socket) try(f func(fd uintptr) bool, wait func(syscall.RawConn, func(uintptr) bool) error) error {
	if s.raw == nil {
		if f(uintptr(s.fd)) {
			return nil
		}
		if err := s.join(); err != nil {
			return err
		}
	}
	return s.waited(wait(s.raw, f))
}

// waited makes the error of a wait one of package net.
func (s *socket) waited(err error) error {
	switch {
	case err == nil:
		return nil
	case isTimeout(err):
		return err
	}
	return net.ErrClosed
}

// join registers the socket with the poller, so that it can be waited for.
func (s *socket) join() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shut || s.fd < 0 {
		return net.ErrClosed
	}
	f := os.NewFile(uintptr(s.fd), "socket")
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	s.joined, s.raw = f, raw
	if !s.deadline.read.IsZero() {
		err = f.SetReadDeadline(s.deadline.read)
	}
	if !s.deadline.write.IsZero() {
		err = errors.Join(err, f.SetWriteDeadline(s.deadline.write))
	}
	return err
}

// leave takes the socket out of the poller and returns its descriptor, which is
// another one then. false says that it was closed, or cannot leave.
func (s *socket) leave() (fd int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shut || s.fd < 0 || s.joined == nil {
		return s.fd, !s.shut && s.fd >= 0
	}
	fd, err := unix.FcntlInt(uintptr(s.fd), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return -1, false
	}
	s.joined.Close()
	s.fd, s.joined, s.raw = fd, nil, nil
	s.deadline.read, s.deadline.write = time.Time{}, time.Time{}
	return fd, true
}

// Close ends the connection; any goroutine may call it.
func (s *socket) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shut = true
	switch {
	case s.joined != nil:
		return s.joined.Close()
	case s.fd >= 0:
		return unix.Shutdown(s.fd, unix.SHUT_RDWR)
	}
	return net.ErrClosed
}

// wasShut reports whether Close was called.
func (s *socket) wasShut() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shut
}

// release closes the descriptor.
func (s *socket) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.joined != nil:
		s.joined.Close()
	case s.fd >= 0:
		closeNow(s.fd)
	}
	s.fd = -1
}

// Read reads at least one byte.
func (s *socket) Read(p []byte) (int, error) {
	n, err := s.read.from(rawSocket{s}, p)
	return n, s.wrap("read", "recvfrom", err)
}

// Write writes all of p.
func (s *socket) Write(p []byte) (n int, err error) {
	var errno syscall.Errno
	err = rawSocket{s}.Write(func(fd uintptr) bool {
		for n < len(p) && errno == 0 {
			var m int
			m, errno = sendNow(fd, p[n:], false)
			n += m
			switch errno {
			case unix.EINTR:
				errno = 0
			case unix.EAGAIN:
				errno = 0
				return false
			}
		}
		return true
	})
	if errno != 0 {
		err = errno
	}
	return n, s.wrap("write", "sendto", err)
}

// CloseWrite ends the sending half.
func (s *socket) CloseWrite() (err error) {
	if cerr := (rawSocket{s}).Control(func(fd uintptr) { err = unix.Shutdown(int(fd), unix.SHUT_WR) }); cerr != nil {
		return cerr
	}
	return err
}

// RemoteAddr is the peer; any goroutine may call it.
func (s *socket) RemoteAddr() net.Addr { return s.peer }

// LocalAddr asks the system: few need to know.
func (s *socket) LocalAddr() net.Addr {
	var addr unix.Sockaddr
	(rawSocket{s}).Control(func(fd uintptr) { addr, _ = unix.Getsockname(int(fd)) })
	switch a := addr.(type) {
	case *unix.SockaddrInet4:
		return &net.TCPAddr{IP: a.Addr[:], Port: a.Port}
	case *unix.SockaddrInet6:
		return &net.TCPAddr{IP: a.Addr[:], Port: a.Port}
	}
	return &net.TCPAddr{}
}

// The deadlines may be set by any goroutine. Only a wait ends by them.

func (s *socket) SetDeadline(t time.Time) error {
	return errors.Join(s.SetReadDeadline(t), s.SetWriteDeadline(t))
}

func (s *socket) SetReadDeadline(t time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.joined != nil {
		return s.joined.SetReadDeadline(t)
	}
	s.deadline.read = t
	return nil
}

func (s *socket) SetWriteDeadline(t time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.joined != nil {
		return s.joined.SetWriteDeadline(t)
	}
	s.deadline.write = t
	return nil
}

// wrap makes err what net would have made of it.
func (s *socket) wrap(op, call string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	if errno, ok := err.(syscall.Errno); ok {
		err = os.NewSyscallError(call, errno)
	}
	return &net.OpError{Op: op, Net: "tcp", Source: s.LocalAddr(), Addr: s.peer, Err: err}
}
