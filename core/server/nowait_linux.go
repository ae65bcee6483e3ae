//go:build linux && !race

package server

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// These calls never wait, so the scheduler is not told of them: it would prepare
// for a wait, and look after a call that the kernel interrupts. No piece of
// memory may be empty, but the first of sendBothNow.

func receiveNow(fd uintptr, p []byte) (int, syscall.Errno) {
	n, _, errno := syscall.RawSyscall6(unix.SYS_RECVFROM, fd, uintptr(unsafe.Pointer(&p[0])), uintptr(len(p)), unix.MSG_DONTWAIT, 0, 0)
	if errno != 0 {
		return 0, errno
	}
	return int(n), 0
}

// sendNow sends as much as the socket takes. more says that more follows at
// once, which the end of p may wait for.
func sendNow(fd uintptr, p []byte, more bool) (int, syscall.Errno) {
	n, _, errno := syscall.RawSyscall6(unix.SYS_SENDTO, fd, uintptr(unsafe.Pointer(&p[0])), uintptr(len(p)), flagsOf(more), 0, 0)
	if errno != 0 {
		return 0, errno
	}
	return int(n), 0
}

// sendBothNow is sendNow for two pieces.
func sendBothNow(fd uintptr, p, q []byte, more bool) (int, syscall.Errno) {
	pieces := [2]unix.Iovec{{Base: unsafe.SliceData(p)}, {Base: &q[0]}}
	pieces[0].SetLen(len(p))
	pieces[1].SetLen(len(q))
	message := unix.Msghdr{Iov: &pieces[0]}
	message.SetIovlen(len(pieces))
	n, _, errno := syscall.RawSyscall(unix.SYS_SENDMSG, fd, uintptr(unsafe.Pointer(&message)), flagsOf(more))
	if errno != 0 {
		return 0, errno
	}
	return int(n), 0
}

func flagsOf(more bool) uintptr {
	if more {
		return unix.MSG_DONTWAIT | unix.MSG_NOSIGNAL | unix.MSG_MORE
	}
	return unix.MSG_DONTWAIT | unix.MSG_NOSIGNAL
}

// closeNow closes a socket without SO_LINGER, for which close would wait.
func closeNow(fd int) { syscall.RawSyscall(unix.SYS_CLOSE, uintptr(fd), 0, 0) }
