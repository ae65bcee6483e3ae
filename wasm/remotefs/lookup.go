//go:build js

package remotefs

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"syscall/js"

	"vitrine/wasm/browserfs"
)

// maxRead bounds a file that has to be read into memory because its file
// system knows no Blobs.
const maxRead = 64 << 20

// Lookup responds to a question of a [Remote] from any file system. For a
// directory it responds to the next questions too: which index page there is, or
// which entries.
func Lookup(fsys fs.FS, look Look) *Node {
	f, err := fsys.Open(look.Name)
	if err != nil {
		return failed(err)
	}
	defer f.Close()
	stat, err := f.Stat()
	if err != nil {
		return failed(err)
	}
	if !stat.IsDir() {
		return fileNode(f, stat)
	}
	n := &Node{Dir: true}
	for _, name := range look.Index {
		page := Lookup(fsys, Look{Name: path.Join(look.Name, name)})
		if page.Code != NotExist {
			n.Index, n.IndexNode = name, page
			return n
		}
	}
	if !look.List {
		return n
	}
	entries, err := readDir(fsys, f, look.Name)
	if err != nil {
		return failed(err)
	}
	n.Listed, n.Entries = true, make([]Entry, len(entries))
	for i, e := range entries {
		n.Entries[i] = Entry{Name: e.Name(), Dir: e.IsDir()}
	}
	return n
}

// readDir lists an open directory, the way its file system can.
func readDir(fsys fs.FS, f fs.File, name string) ([]fs.DirEntry, error) {
	if dir, ok := f.(fs.ReadDirFile); ok {
		return dir.ReadDir(-1)
	}
	return fs.ReadDir(fsys, name)
}

// fileNode describes an open file. Content that is no Blob yet becomes one.
func fileNode(f fs.File, stat fs.FileInfo) *Node {
	n := &Node{Size: stat.Size(), Time: stat.ModTime().UnixMilli()}
	if stat.ModTime().IsZero() {
		n.Time = 0
	}
	if b, ok := f.(browserfs.Blob); ok {
		n.Blob, n.Provable = b.Blob(), b.Provable()
		return n
	}
	if n.Size > maxRead {
		return &Node{Code: Failed, Reason: "too large to be read into memory"}
	}
	p, err := io.ReadAll(io.LimitReader(f, maxRead))
	if err != nil {
		return failed(err)
	}
	bytes := bytesClass.New(len(p))
	js.CopyBytesToJS(bytes, p)
	n.Size, n.Blob = int64(len(p)), blobClass.New([]any{bytes})
	return n
}

func failed(err error) *Node {
	n := &Node{Code: Failed, Reason: err.Error()}
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid):
		n.Code = NotExist
	case errors.Is(err, fs.ErrPermission):
		n.Code = Permission
	case errors.Is(err, browserfs.ErrChanged):
		n.Code = Changed
	}
	return n
}
