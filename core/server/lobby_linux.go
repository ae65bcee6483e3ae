package server

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// parkAfter is how long a connection waits for a request with a goroutine and
// buffers of its own.
const parkAfter = time.Second

// lobby is where connections wait for a request that have waited for a while:
// as descriptors in an epoll set, which waits in the runtime's poller. They have
// no goroutine; one goroutine, which runs as long as any is there, starts theirs
// when the first byte comes, the end of the stream, or the end of IdleTimeout.
// Who closes such a connection from outside shuts it down, which is the end of
// the stream.
type lobby struct {
	server *Server

	mu     sync.Mutex
	file   *os.File // the epoll set; nil while there is no goroutine
	raw    syscall.RawConn
	parked map[int32]*conn // by descriptor
	// The same, in the order in which their time is over.
	first, last *conn
	freed       int // how many were parked since memory was given back
}

// When so many connections were parked, what their goroutines and buffers were is
// given back to the system, a while later so that others of the same rush are
// among them. It would be collected after two minutes, and kept.
const (
	freeConns = 256
	freeAfter = 2 * time.Second
)

// parkPlace is where a connection stands in the lobby.
type parkPlace struct{ prev, next *conn }

// park makes c wait in the lobby, where it belongs to the lobby. false says that
// it has to wait by itself.
func (l *lobby) park(c *conn) bool {
	s, ok := c.tcp.(*socket)
	if !ok {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil && !l.open() {
		return false
	}
	fd, ok := s.leave()
	if ok {
		// A byte that has come in the meantime is told at once.
		event := unix.EpollEvent{Events: unix.EPOLLIN | unix.EPOLLRDHUP, Fd: int32(fd)}
		ok = l.control(unix.EPOLL_CTL_ADD, fd, &event) == nil
	}
	if !ok {
		l.closeIfEmpty()
		return false
	}
	c.readUntil, c.sendUntil, c.resumed = time.Time{}, time.Time{}, true
	l.parked[int32(fd)] = c
	c.parkPlace = parkPlace{prev: l.last}
	if l.last != nil {
		l.last.next = c
	} else {
		l.first = c
		l.file.SetReadDeadline(c.idleUntil)
	}
	l.last = c
	if l.freed++; l.freed == freeConns {
		time.AfterFunc(freeAfter, l.free)
	}
	return true
}

// free gives back what connections that are parked do not need.
func (l *lobby) free() {
	l.mu.Lock()
	l.freed = 0
	l.mu.Unlock()
	runtime.GC() // what is in pools outlives one collection
	debug.FreeOSMemory()
}

// open makes the epoll set and starts the goroutine. l.mu is held.
func (l *lobby) open() bool {
	fd, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return false
	}
	unix.SetNonblock(fd, true) // for os.NewFile
	file := os.NewFile(uintptr(fd), "epoll")
	raw, err := file.SyscallConn()
	if err == nil {
		err = file.SetReadDeadline(time.Time{}) // fails where the poller does not take it
	}
	if err != nil {
		file.Close()
		return false
	}
	l.file, l.raw, l.parked = file, raw, map[int32]*conn{}
	go l.run(raw)
	return true
}

// control is epoll_ctl.
func (l *lobby) control(op, fd int, event *unix.EpollEvent) (err error) {
	if cerr := l.raw.Control(func(set uintptr) { err = unix.EpollCtl(int(set), op, fd, event) }); cerr != nil {
		return cerr
	}
	return err
}

// closeIfEmpty ends the goroutine when there is nothing to wait for. l.mu is
// held.
func (l *lobby) closeIfEmpty() bool {
	if len(l.parked) > 0 {
		return false
	}
	l.file.Close()
	l.file, l.raw, l.parked = nil, nil, nil
	return true
}

// maxEvents is how many connections are started at once.
const maxEvents = 128

func (l *lobby) run(raw syscall.RawConn) {
	var events [maxEvents]unix.EpollEvent
	ready := make([]*conn, 0, maxEvents)
	for {
		n := 0
		err := raw.Read(func(set uintptr) bool {
			n, _ = unix.EpollWait(int(set), events[:], 0)
			return n > 0
		})
		if err != nil && !isTimeout(err) {
			return // closed by park
		}
		l.mu.Lock()
		for i := range max(n, 0) {
			if c := l.parked[events[i].Fd]; c != nil {
				ready = append(ready, l.take(c, events[i].Fd))
			}
		}
		if err != nil {
			ready = l.overdue(ready, time.Now())
		}
		over := l.closeIfEmpty()
		l.mu.Unlock()
		for i, c := range ready {
			l.server.start(c)
			ready[i] = nil
		}
		ready = ready[:0]
		if over {
			return
		}
	}
}

// take takes c out of the lobby. l.mu is held.
func (l *lobby) take(c *conn, fd int32) *conn {
	l.control(unix.EPOLL_CTL_DEL, int(fd), nil)
	delete(l.parked, fd)
	if c.prev != nil {
		c.prev.next = c.next
	} else {
		l.first = c.next
	}
	if c.next != nil {
		c.next.prev = c.prev
	} else {
		l.last = c.prev
	}
	c.parkPlace = parkPlace{}
	return c
}

// overdue takes out the connections whose time is over, and sees to it that the
// goroutine hears when that of the next one is. l.mu is held.
func (l *lobby) overdue(ready []*conn, now time.Time) []*conn {
	for c := l.first; c != nil; c = l.first {
		if c.idleUntil.IsZero() || c.idleUntil.After(now) {
			l.file.SetReadDeadline(c.idleUntil)
			return ready
		}
		ready = append(ready, l.take(c, int32(c.tcp.(*socket).fd)))
	}
	return ready
}
