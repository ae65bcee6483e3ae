//go:build linux && !amd64 && !arm64

package osfs

import "golang.org/x/sys/unix"

// fstatat looks at a name, which ends in NUL.
func fstatat(dir int, name []byte, st *unix.Stat_t) unix.Errno {
	err := unix.Fstatat(dir, string(name[:len(name)-1]), st, 0)
	if err == nil {
		return 0
	}
	if errno, ok := err.(unix.Errno); ok {
		return errno
	}
	return unix.EIO
}
