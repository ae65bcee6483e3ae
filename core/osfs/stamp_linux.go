package osfs

import (
	"time"

	"golang.org/x/sys/unix"
)

// stamp is which file a name leads to and what state it is in. Reading the file
// needs its permissions, which are mode, owner and, for what else there is, the
// time of the last change to the inode.
type stamp struct {
	dev, ino       uint64
	mode, uid, gid uint32
	size           int64
	mtime, ctime   unix.Timespec
}

func stampOf(st *unix.Stat_t) stamp {
	return stamp{uint64(st.Dev), uint64(st.Ino), st.Mode, st.Uid, st.Gid, st.Size, st.Mtim, st.Ctim}
}

// settled reports whether the file had been left alone for keepSettled at that
// time. A stamp in the future says that the clock was set, and nothing else.
func (s *stamp) settled(now time.Time) bool {
	before := now.Add(-keepSettled)
	return time.Unix(s.mtime.Unix()).Before(before) && time.Unix(s.ctime.Unix()).Before(before)
}
