//go:build unix

package osfs

import (
	"io"
	"io/fs"
	"os"
	"path"
	"time"

	"golang.org/x/sys/unix"
)

// File is an open regular file or directory. It is what the file was when it
// was opened: Stat does not ask again. Unlike an [os.File] it takes no part in
// the runtime's polling, which spares two system calls for each file, and it
// is not closed when it is forgotten. It has one owner.
type File struct {
	fd    int // -1 once closed
	at    int64
	info  *info
	from  *opener
	kept  *keptFile // whose descriptor fd is; nil if it is our own
	dir   *os.File  // takes fd over at the first ReadDir
	omits bool      // ReadDir has left out an entry
	near  bool      // on the folder's own file system, which is local
}

var (
	_ fs.ReadDirFile = (*File)(nil)
	_ io.ReaderAt    = (*File)(nil)
	_ io.Seeker      = (*File)(nil)
)

// newFile takes fd over.
func newFile(from *opener, fd int, name string, near bool) (*File, error) {
	var st unix.Stat_t
	var err error
	if !near {
		_, err = retry(func() (int, error) { return 0, unix.Fstat(fd, &st) })
	} else if errno := fstat(fd, &st); errno != 0 {
		err = errno
	}
	if err != nil {
		unix.Close(fd)
		return nil, err
	}
	if kind := st.Mode & unix.S_IFMT; kind != unix.S_IFREG && kind != unix.S_IFDIR {
		unix.Close(fd)
		return nil, ErrNotServable
	}
	if from.hides(&st) {
		unix.Close(fd)
		return nil, ErrHidden
	}
	f := &struct {
		File
		own info
	}{File: File{fd: fd, from: from, near: near}}
	f.info = &f.own
	f.own.fill(name, &st)
	from.kept.consider(from, name, &st)
	return &f.File, nil
}

// Stat describes the file as it was when it was opened.
func (f *File) Stat() (fs.FileInfo, error) {
	if f.fd < 0 {
		return nil, f.fail("stat", fs.ErrClosed)
	}
	return f.info, nil
}

// Fd returns the descriptor, for sendfile. It is the file's own: valid until
// Close.
func (f *File) Fd() uintptr { return uintptr(f.fd) }

// Read reads from where the last Read ended.
func (f *File) Read(p []byte) (int, error) {
	n, err := f.ReadAt(p, f.at)
	f.at += int64(n)
	if n > 0 {
		err = nil
	}
	return n, err
}

// ReadAt implements io.ReaderAt. The end of the file is where it is now.
func (f *File) ReadAt(p []byte, off int64) (n int, err error) {
	if f.fd < 0 {
		return 0, f.fail("read", fs.ErrClosed)
	}
	if off < 0 {
		return 0, f.fail("read", fs.ErrInvalid)
	}
	if f.near {
		n = readNow(f.fd, p, off)
	}
	for n < len(p) {
		m, err := unix.Pread(f.fd, p[n:min(len(p), n+maxRead)], off+int64(n))
		switch {
		case err == unix.EINTR:
		case err != nil:
			return n, f.fail("read", err)
		case m == 0:
			return n, io.EOF
		default:
			n += m
		}
	}
	return n, nil
}

// maxRead is what one read may ask for: some systems refuse more.
const maxRead = 1 << 30

// Seek implements io.Seeker. The end of the file is its size when it was
// opened.
func (f *File) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.at
	case io.SeekEnd:
		offset += f.info.size
	}
	if f.fd < 0 || offset < 0 {
		return 0, f.fail("seek", fs.ErrInvalid)
	}
	f.at = offset
	return offset, nil
}

// ReadDir reads the directory as [fs.ReadDirFile] says.
func (f *File) ReadDir(n int) ([]fs.DirEntry, error) {
	if f.fd < 0 {
		return nil, f.fail("readdir", fs.ErrClosed)
	}
	if !f.info.IsDir() {
		return nil, f.fail("readdir", unix.ENOTDIR)
	}
	if f.dir == nil {
		f.dir = os.NewFile(uintptr(f.fd), f.from.dir+"/"+f.info.name)
	}
	entries, err := readVisible(f.dir, n, f.hides)
	if err != nil && err != io.EOF {
		err = pathError("readdir", f.info.name, err)
	}
	return entries, err
}

// hides reports whether an entry of the directory is, or leads to, a hidden
// file.
func (f *File) hides(entry string) bool {
	if len(f.from.ids) == 0 {
		return false
	}
	var st unix.Stat_t
	_, err := retry(func() (int, error) { return 0, unix.Fstatat(f.fd, entry, &st, 0) })
	hidden := err == nil && f.from.hides(&st)
	f.omits = f.omits || hidden
	return hidden
}

// Close closes the file. Closing it again fails with fs.ErrClosed.
func (f *File) Close() error {
	if f.fd < 0 {
		return f.fail("close", fs.ErrClosed)
	}
	fd := f.fd
	f.fd = -1
	if f.kept != nil {
		f.kept.release()
		f.kept = nil
		return nil
	}
	if f.dir != nil {
		return f.dir.Close()
	}
	if f.near && f.info.size <= maxCloseNow {
		return closeNow(fd)
	}
	return unix.Close(fd)
}

// maxCloseNow is the size of the largest file that is closed at once, in bytes.
const maxCloseNow = 1 << 20

func (f *File) fail(op string, err error) error {
	return &fs.PathError{Op: op, Path: f.info.name, Err: err}
}

// info is what fstat tells of a file, as an fs.FileInfo.
type info struct {
	name    string // below the folder
	size    int64
	mode    fs.FileMode
	modTime time.Time
}

func (i *info) Name() string       { return path.Base(i.name) }
func (i *info) Size() int64        { return i.size }
func (i *info) Mode() fs.FileMode  { return i.mode }
func (i *info) ModTime() time.Time { return i.modTime }
func (i *info) IsDir() bool        { return i.mode.IsDir() }
func (i *info) Sys() any           { return nil }

func (i *info) fill(name string, st *unix.Stat_t) {
	mode := fs.FileMode(st.Mode & 0o777)
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFREG:
	case unix.S_IFDIR:
		mode |= fs.ModeDir
	case unix.S_IFLNK:
		mode |= fs.ModeSymlink
	default:
		mode |= fs.ModeIrregular
	}
	*i = info{name, st.Size, mode, time.Unix(st.Mtim.Unix())}
}
