//go:build js

package filefs

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"syscall/js"

	"vitrine/wasm/message"
)

// maxRead bounds a file that has to be read into memory because its file
// system knows no Blobs.
const maxRead = 64 << 20

// Lookup answers a question of a [Remote] from any file system. For a
// directory it answers the next questions too: which index page there is, or
// which entries.
func Lookup(fsys fs.FS, look message.Look) *message.Node {
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
	n := &message.Node{Dir: true}
	for _, name := range look.Index {
		page := Lookup(fsys, message.Look{Name: path.Join(look.Name, name)})
		if page.Code != message.NotExist {
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
	n.Listed, n.Entries = true, make([]message.Entry, len(entries))
	for i, e := range entries {
		n.Entries[i] = message.Entry{Name: e.Name(), Dir: e.IsDir()}
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
func fileNode(f fs.File, stat fs.FileInfo) *message.Node {
	n := &message.Node{Size: stat.Size(), Time: stat.ModTime().UnixMilli()}
	if stat.ModTime().IsZero() {
		n.Time = 0
	}
	if b, ok := f.(Blob); ok {
		n.Blob = b.Blob()
		return n
	}
	if n.Size > maxRead {
		return &message.Node{Code: message.Failed, Reason: "too large to be read into memory"}
	}
	p, err := io.ReadAll(io.LimitReader(f, maxRead))
	if err != nil {
		return failed(err)
	}
	bytes := js.Global().Get("Uint8Array").New(len(p))
	js.CopyBytesToJS(bytes, p)
	n.Size, n.Blob = int64(len(p)), js.Global().Get("Blob").New([]any{bytes})
	return n
}

func failed(err error) *message.Node {
	n := &message.Node{Code: message.Failed, Reason: err.Error()}
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid):
		n.Code = message.NotExist
	case errors.Is(err, fs.ErrPermission):
		n.Code = message.Permission
	}
	return n
}
