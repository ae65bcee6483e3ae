//go:build linux && (amd64 || arm64)

package osfs

import (
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/unix"
)

// These calls do not wait, so the scheduler is not told of them: it would prepare
// for a wait, and look after a call that the kernel interrupts. What cannot be
// had at once is left to the calls that may wait.

// maxNow is how long a name may be to be opened at once, with its NUL.
const maxNow = 512

// resolveCached has openat2 fail where a lookup would have to wait (Linux 5.12).
const resolveCached = 0x20

// openNow opens what the kernel finds in its caches on the folder's own file
// system. ok says that fd and errno are what open would say.
func (o *opener) openNow(name string) (fd int, errno unix.Errno, ok bool) {
	if !o.local || len(name) >= maxNow {
		return -1, 0, false
	}
	var path [maxNow]byte
	copy(path[:], name)
	how := unix.OpenHow{Flags: openFlags, Resolve: resolveCached | unix.RESOLVE_NO_XDEV}
	r, _, errno := unix.RawSyscall6(unix.SYS_OPENAT2, uintptr(o.fd), uintptr(unsafe.Pointer(&path[0])), uintptr(unsafe.Pointer(&how)), unsafe.Sizeof(how), 0, 0)
	return int(r), errno, errno == 0 || errno == unix.ENOENT
}

// fstat looks at an open file. On the folder's own file system that is at once.
func fstat(fd int, st *unix.Stat_t) unix.Errno {
	_, _, errno := unix.RawSyscall(unix.SYS_FSTAT, uintptr(fd), uintptr(unsafe.Pointer(st)), 0)
	return errno
}

// fstatat looks at a name, which ends in NUL. That is at once if it leads to a
// file that is open, on the folder's own file system.
func fstatat(dir int, name []byte, st *unix.Stat_t) unix.Errno {
	_, _, errno := unix.RawSyscall6(sysFstatat, uintptr(dir), uintptr(unsafe.Pointer(&name[0])), uintptr(unsafe.Pointer(st)), 0, 0, 0)
	return errno
}

// noReadNow says that the kernel or a file system cannot read at once.
var noReadNow atomic.Bool

// readNow reads what is in memory of a file, perhaps less than p has room for,
// and 0 bytes where there is nothing or an error.
func readNow(fd int, p []byte, off int64) (n int) {
	if noReadNow.Load() || len(p) == 0 {
		return 0
	}
	into := unix.Iovec{Base: &p[0], Len: uint64(len(p))}
	r, _, errno := unix.RawSyscall6(unix.SYS_PREADV2, uintptr(fd), uintptr(unsafe.Pointer(&into)), 1, uintptr(off), 0, unix.RWF_NOWAIT)
	switch errno {
	case 0:
		return int(r)
	case unix.EOPNOTSUPP, unix.ENOSYS:
		noReadNow.Store(true)
	}
	return 0
}

// closeNow closes a file on the folder's own file system. Who closes a deleted
// file last may have to free its blocks: it must be small.
func closeNow(fd int) error {
	if _, _, errno := unix.RawSyscall(unix.SYS_CLOSE, uintptr(fd), 0, 0); errno != 0 {
		return errno
	}
	return nil
}
