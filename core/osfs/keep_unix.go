//go:build unix && !linux

package osfs

import "golang.org/x/sys/unix"

// What package osfs has for Linux does nothing here.

// keptFile is no file here: none is kept.
type keptFile struct{}

func (*keptFile) release() {}

func (*keeper) open(*opener, string) *File             { return nil }
func (*keeper) consider(*opener, string, *unix.Stat_t) {}
func (*keeper) close()                                 {}

func isLocal(int) bool { return false }

func (o *opener) openNow(string) (int, unix.Errno, bool) { return -1, 0, false }

func fstat(fd int, st *unix.Stat_t) unix.Errno {
	errno, _ := unix.Fstat(fd, st).(unix.Errno)
	return errno
}

func readNow(int, []byte, int64) int { return 0 }

func closeNow(fd int) error { return unix.Close(fd) }
