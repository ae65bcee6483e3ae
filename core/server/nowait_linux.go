//go:build linux && !race

package server

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// receiveNow, sendNow and closeNow never wait, so the scheduler is not told of
// them: it would prepare for a wait, and look after a call that the kernel
// interrupts. Neither p may be empty.

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
	flags := uintptr(unix.MSG_DONTWAIT | unix.MSG_NOSIGNAL)
	if more {
		flags |= unix.MSG_MORE
	}
	n, _, errno := syscall.RawSyscall6(unix.SYS_SENDTO, fd, uintptr(unsafe.Pointer(&p[0])), uintptr(len(p)), flags, 0, 0)
	if errno != 0 {
		return 0, errno
	}
	return int(n), 0
}

// closeNow closes a socket without SO_LINGER, for which close would wait.
func closeNow(fd int) { syscall.RawSyscall(unix.SYS_CLOSE, uintptr(fd), 0, 0) }
