//go:build js

package browserfs

import (
	"io/fs"
	"path"
	"syscall/js"

	"vitrine/wasm/promise"
)

var (
	_ fs.ReadDirFS = (*Entries)(nil)
	_ fs.StatFS    = (*Entries)(nil)
)

// Entries is the folder behind a FileSystemDirectoryEntry, as a drop gives it
// beside a handle or instead of one. Every call sees the disk as it is, every
// name is let through, but it ends with the page.
type Entries struct{ root js.Value }

// NewEntries returns the folder behind a directory entry.
func NewEntries(root js.Value) *Entries { return &Entries{root} }

// Root returns the entry of the folder itself.
func (e *Entries) Root() js.Value { return e.root }

// Open opens a file, by reference, or a directory.
func (e *Entries) Open(name string) (fs.File, error) {
	found, err := e.find(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if found.Get("isDirectory").Bool() {
		return NewDirectory(name, func() ([]fs.DirEntry, error) { return e.list(name, found) }), nil
	}
	blob, err := promise.Callback(found, "file")
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: Reason(err)}
	}
	return openBlob(name, blob), nil
}

// Stat describes a file or directory.
func (e *Entries) Stat(name string) (fs.FileInfo, error) {
	f, err := e.Open(name)
	if err != nil {
		return nil, err
	}
	return f.Stat()
}

// ReadDir lists a directory in the order of its names' bytes.
func (e *Entries) ReadDir(name string) ([]fs.DirEntry, error) {
	dir, err := e.find(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if !dir.Get("isDirectory").Bool() {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: ErrNotDir}
	}
	entries, err := e.list(name, dir)
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	return entries, nil
}

func (e *Entries) find(name string) (js.Value, error) {
	if !fs.ValidPath(name) {
		return js.Undefined(), ErrInvalid
	}
	if name == "." {
		return e.root, nil
	}
	none := map[string]any{}
	found, err := promise.Callback(e.root, "getFile", name, none)
	if promise.Is(err, "TypeMismatchError") {
		found, err = promise.Callback(e.root, "getDirectory", name, none)
	}
	if promise.Is(err, "TypeMismatchError") {
		return found, fs.ErrNotExist // a file on the way
	}
	if err != nil {
		return found, Reason(err)
	}
	return found, nil
}

func (e *Entries) list(name string, dir js.Value) ([]fs.DirEntry, error) {
	var entries []fs.DirEntry
	err := EachEntry(dir, func(batch []js.Value) bool {
		for _, child := range batch {
			last := child.Get("name").String()
			if child.Get("isDirectory").Bool() {
				entries = append(entries, DirEntry(last))
				continue
			}
			entries = append(entries, FileEntry(last, func() (fs.FileInfo, error) { return e.Stat(path.Join(name, last)) }))
		}
		return true
	})
	if err != nil {
		return nil, Reason(err)
	}
	SortEntries(entries)
	return entries, nil
}

// EachEntry calls f with the entries of a directory entry, as many at a time
// as the browser reads at once, until f returns false.
func EachEntry(dir js.Value, f func(batch []js.Value) bool) error {
	reader, err := promise.Try(func() js.Value { return dir.Call("createReader") })
	if err != nil {
		return err
	}
	for {
		list, err := promise.Callback(reader, "readEntries")
		if err != nil {
			return err
		}
		batch := make([]js.Value, list.Length())
		for i := range batch {
			batch[i] = list.Index(i)
		}
		if len(batch) == 0 || !f(batch) { // an empty batch is the end
			return nil
		}
	}
}
