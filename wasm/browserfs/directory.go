//go:build js

package browserfs

import (
	"errors"
	"io"
	"io/fs"
)

var _ fs.ReadDirFile = (*directory)(nil)

// directory is an open directory. Its entries are read when they are asked
// for first.
type directory struct {
	info
	path    string
	list    func() ([]fs.DirEntry, error)
	entries []fs.DirEntry
	read    bool
	closed  bool
}

// NewDirectory opens a directory of which only a way to list it is known.
func NewDirectory(name string, list func() ([]fs.DirEntry, error)) fs.ReadDirFile {
	return &directory{info: *dirInfo(name), path: name, list: list}
}

func (d *directory) Stat() (fs.FileInfo, error) {
	if d.closed {
		return nil, d.error("stat", fs.ErrClosed)
	}
	return &d.info, nil
}

func (d *directory) Close() error {
	if d.closed {
		return d.error("close", fs.ErrClosed)
	}
	d.closed = true
	return nil
}

func (d *directory) Read([]byte) (int, error) {
	return 0, d.error("read", errors.New("is a directory"))
}

func (d *directory) ReadDir(n int) ([]fs.DirEntry, error) {
	if d.closed {
		return nil, d.error("readdir", fs.ErrClosed)
	}
	if !d.read {
		entries, err := d.list()
		if err != nil {
			return nil, d.error("readdir", err)
		}
		d.entries, d.read = entries, true
	}
	if n > 0 && len(d.entries) == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > len(d.entries) {
		n = len(d.entries)
	}
	entries := d.entries[:n:n]
	d.entries = d.entries[n:]
	return entries, nil
}

func (d *directory) error(op string, err error) error {
	return &fs.PathError{Op: op, Path: d.path, Err: err}
}
