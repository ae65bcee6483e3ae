//go:build linux && !amd64 && !arm64

package osfs

import "golang.org/x/sys/unix"

// Here every call may wait.

func (o *opener) openNow(string) (int, unix.Errno, bool) { return -1, 0, false }

func fstat(fd int, st *unix.Stat_t) unix.Errno { return errnoOf(unix.Fstat(fd, st)) }

// fstatat looks at a name, which ends in NUL.
func fstatat(dir int, name []byte, st *unix.Stat_t) unix.Errno {
	return errnoOf(unix.Fstatat(dir, string(name[:len(name)-1]), st, 0))
}

func readNow(int, []byte, int64) int { return 0 }

func closeNow(fd int) error { return unix.Close(fd) }

func errnoOf(err error) unix.Errno {
	if err == nil {
		return 0
	}
	if errno, ok := err.(unix.Errno); ok {
		return errno
	}
	return unix.EIO
}
