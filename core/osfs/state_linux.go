package osfs

import (
	"encoding/binary"
	"time"

	"golang.org/x/sys/unix"
)

// State returns a text for what a directory is and the state it is in now: while
// it is the same, the directory has the same entries. It is "" unless the folder
// keeps files (see [Folder.Keep]), the directory is on a local file system, and it
// had been left alone for two seconds; and once ReadDir has left out an entry that
// is hidden.
//
// What is behind a symbolic link is no part of it. Entries that were read are
// those of a state that is the same before and after.
func (f *File) State() string {
	if f.fd < 0 || f.from.kept == nil || f.omits || !isLocal(f.fd) {
		return ""
	}
	now := time.Now()
	var st unix.Stat_t
	if _, err := retry(func() (int, error) { return 0, unix.Fstat(f.fd, &st) }); err != nil || st.Mode&unix.S_IFMT != unix.S_IFDIR {
		return ""
	}
	s := stampOf(&st)
	if !s.settled(now) {
		return ""
	}
	b := make([]byte, 0, 8*8)
	for _, v := range [...]uint64{
		s.dev, s.ino, uint64(s.mode), uint64(s.uid), uint64(s.gid), uint64(s.size),
		uint64(unix.TimespecToNsec(s.mtime)), uint64(unix.TimespecToNsec(s.ctime)),
	} {
		b = binary.NativeEndian.AppendUint64(b, v)
	}
	return string(b)
}
