//go:build unix && !linux

package osfs

import "golang.org/x/sys/unix"

// keptFile is no file here: none is kept.
type keptFile struct{}

func (*keptFile) release() {}

func (*keeper) open(*opener, string) *File             { return nil }
func (*keeper) consider(*opener, string, *unix.Stat_t) {}
func (*keeper) close()                                 {}
