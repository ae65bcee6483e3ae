//go:build linux && (amd64 || arm64)

package osfs

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// fstatat looks at a name, which ends in NUL, without telling the scheduler: it
// is for file systems that do not keep a call waiting (see isLocal).
func fstatat(dir int, name []byte, st *unix.Stat_t) unix.Errno {
	_, _, errno := unix.RawSyscall6(sysFstatat, uintptr(dir), uintptr(unsafe.Pointer(&name[0])), uintptr(unsafe.Pointer(st)), 0, 0, 0)
	return errno
}
