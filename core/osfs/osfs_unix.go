//go:build unix

package osfs

import (
	"io/fs"
	"os"
	"slices"
	"syscall"

	"golang.org/x/sys/unix"
)

// opener holds the folder's handle: a descriptor to follow links from, or a
// root that links cannot leave.
type opener struct {
	dir    string // absolute
	fd     int
	local  bool     // the file system is this computer's own: see isLocal
	root   *os.Root // nil for Follow
	hidden hiddenFiles
	ids    []fileID // of hidden
	kept   *keeper  // nil keeps none
}

// fileID is what os.SameFile compares.
type fileID struct{ dev, ino uint64 }

func (o *opener) hide(info fs.FileInfo) {
	o.hidden = append(o.hidden, info)
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		o.ids = append(o.ids, fileID{uint64(st.Dev), uint64(st.Ino)})
	}
}

// hides reports whether st describes a hidden file.
func (o *opener) hides(st *unix.Stat_t) bool {
	return len(o.ids) > 0 && slices.Contains(o.ids, fileID{uint64(st.Dev), uint64(st.Ino)})
}

// openFlags keep an open from waiting for the other end of a FIFO and from
// making a terminal ours.
const openFlags = unix.O_RDONLY | unix.O_NONBLOCK | unix.O_NOCTTY | unix.O_CLOEXEC

func (o *opener) open(dir string, links Links) (err error) {
	if links == Inside {
		o.fd = -1
		o.root, err = os.OpenRoot(dir)
		return err
	}
	o.fd, err = retry(func() (int, error) {
		return unix.Open(dir, folderFlags|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	})
	if err == nil {
		// A folder that may not be searched opens all the same.
		if _, err = o.stat("."); err != nil {
			unix.Close(o.fd)
		}
	}
	if err != nil {
		return &fs.PathError{Op: "open", Path: dir, Err: err}
	}
	o.local = isLocal(o.fd)
	return nil
}

// Close closes the folder. Files that are open stay open. Closing it again fails
// with fs.ErrClosed: its descriptor may be another's by then.
func (o *opener) Close() error {
	if o.root != nil {
		return o.root.Close()
	}
	fd := o.fd
	if fd < 0 {
		return fs.ErrClosed
	}
	o.fd = -1
	o.kept.close()
	return unix.Close(fd)
}

func (o *opener) openFile(name string) (fs.File, error) {
	if o.root != nil {
		return openInside(o.root, name, o.hidden)
	}
	if f := o.kept.open(o, name); f != nil {
		return f, nil
	}
	fd, errno, now := o.openNow(name)
	switch {
	case now && errno != 0:
		return nil, errno
	case now:
		return newFile(o, fd, name, true)
	}
	fd, err := retry(func() (int, error) { return unix.Openat(o.fd, name, openFlags, 0) })
	if err != nil {
		// A socket cannot be opened at all.
		if err == unix.ENXIO || err == unix.EOPNOTSUPP {
			return nil, ErrNotServable
		}
		return nil, err
	}
	return newFile(o, fd, name, false)
}

func (o *opener) stat(name string) (fs.FileInfo, error) {
	if o.root != nil {
		return statInside(o.root, name, o.hidden)
	}
	var st unix.Stat_t
	_, err := retry(func() (int, error) { return 0, unix.Fstatat(o.fd, name, &st, 0) })
	if err != nil {
		return nil, err
	}
	if o.hides(&st) {
		return nil, ErrHidden
	}
	i := new(info)
	i.fill(name, &st)
	return i, nil
}

// retry repeats a call that a signal interrupted.
func retry(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != unix.EINTR {
			return n, err
		}
	}
}
