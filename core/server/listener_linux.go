package server

import (
	"encoding/binary"
	"net"
	"net/netip"
	"os"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// listener is a listening TCP socket of ours, which accepts a socket.
type listener struct {
	addr net.Addr
	file *os.File
	raw  syscall.RawConn
}

// ownListener returns a listener on the socket of l, which is closed; l itself
// if it is another kind. What accepted sockets have in common is set here, and
// they have it from this one.
func ownListener(l net.Listener) (net.Listener, error) {
	t, ok := l.(*net.TCPListener)
	if !ok {
		return l, nil
	}
	file, err := t.File()
	if err != nil {
		return l, nil
	}
	raw, err := file.SyscallConn()
	if err == nil {
		raw.Control(func(fd uintptr) { err = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_NODELAY, 1) })
	}
	if err != nil {
		file.Close()
		return l, nil
	}
	return &listener{l.Addr(), file, raw}, l.Close()
}

// silence is how long the kernel keeps a connection to itself on which nothing
// was sent, in seconds. Then it gives it to who accepts, as always.
const silence = 1

// deferAccept has connections accepted when their first bytes are there: their
// goroutine need not wait for them, which in a connection for one request is a
// quarter of the processor's time. A silent connection does not count as one for
// its first second, takes no descriptor then, and is reset if the listener is
// closed meanwhile.
func (l *listener) deferAccept() {
	l.raw.Control(func(fd uintptr) { unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_DEFER_ACCEPT, silence) })
}

func (l *listener) Addr() net.Addr { return l.addr }

func (l *listener) Close() error { return l.file.Close() }

// Accept waits for a connection.
func (l *listener) Accept() (net.Conn, error) {
	var from unix.RawSockaddrInet6 // has room for IPv4
	var fd uintptr
	var errno syscall.Errno
	err := l.raw.Read(func(on uintptr) bool {
		for {
			size := uint32(unsafe.Sizeof(from))
			fd, _, errno = syscall.RawSyscall6(unix.SYS_ACCEPT4, on, uintptr(unsafe.Pointer(&from)), uintptr(unsafe.Pointer(&size)), unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0, 0)
			switch errno {
			case unix.EINTR, unix.ECONNABORTED: // gone before it was accepted
				continue
			case unix.EAGAIN:
				return false
			}
			return true
		}
	})
	switch {
	case err != nil:
		return nil, net.ErrClosed
	case errno != 0:
		return nil, &net.OpError{Op: "accept", Net: "tcp", Addr: l.addr, Err: os.NewSyscallError("accept4", errno)}
	}
	return &socket{fd: int(fd), peer: peerOf(&from)}, nil
}

// peerOf reads an address as the system writes it.
func peerOf(a *unix.RawSockaddrInet6) *net.TCPAddr {
	port := binary.BigEndian.Uint16((*[2]byte)(unsafe.Pointer(&a.Port))[:])
	if a.Family == unix.AF_INET {
		four := (*unix.RawSockaddrInet4)(unsafe.Pointer(a))
		return net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.AddrFrom4(four.Addr), port))
	}
	t := net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.AddrFrom16(a.Addr), port))
	if a.Scope_id != 0 {
		if i, err := net.InterfaceByIndex(int(a.Scope_id)); err == nil {
			t.Zone = i.Name
		}
	}
	return t
}
