//go:build js

package zipfs

import (
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"syscall/js"
	"time"

	"vitrine/wasm/browserfs"
)

var (
	_ fs.ReadDirFS = (*FS)(nil)
	_ fs.StatFS    = (*FS)(nil)
)

// FS is the content of an archive. The time of each file is that of the
// archive: archives that are built the same way twice have the same times
// inside, and different content under one time would pass for unchanged.
type FS struct {
	file func() (js.Value, error)

	mu      sync.Mutex
	archive *archive
}

// New returns the content of the archive that file returns, a File as it is
// now.
func New(file func() (js.Value, error)) *FS { return &FS{file: file} }

// archive is one state of the archive.
type archive struct {
	blob     js.Value
	size     int64
	modified time.Time
	files    map[string]*packed
	children map[string][]fs.DirEntry // of each directory
	inflated cache
}

// now returns the archive as it is now.
func (f *FS) now() (*archive, error) {
	blob, err := f.file()
	if err != nil {
		return nil, browserfs.Reason(err)
	}
	size, modified := int64(blob.Get("size").Float()), time.UnixMilli(int64(blob.Get("lastModified").Float()))
	f.mu.Lock()
	defer f.mu.Unlock()
	if a := f.archive; a != nil && a.size == size && a.modified.Equal(modified) {
		a.blob = blob
		return a, nil
	}
	a, err := read(blob, size, modified)
	if err != nil {
		return nil, err
	}
	f.archive = a
	return a, nil
}

// readerOf reads an archive.
func readerOf(blob js.Value, size int64) io.ReaderAt {
	return browserfs.NewFile("archive", blob, size, time.Time{}).(io.ReaderAt)
}

// read reads the directory of an archive.
func read(blob js.Value, size int64, modified time.Time) (*archive, error) {
	list, err := readCentral(readerOf(blob, size), size)
	if err != nil {
		return nil, err
	}
	a := &archive{
		blob: blob, size: size, modified: modified,
		files: make(map[string]*packed), children: map[string][]fs.DirEntry{".": nil},
	}
	top := topFolder(list)
	for i := range list {
		name, dir := strings.CutSuffix(list[i].name, "/")
		if name, ok := strings.CutPrefix(name, top); ok && name != "" && fs.ValidPath(name) {
			a.add(name, dir, &list[i])
		}
	}
	for _, entries := range a.children {
		browserfs.SortEntries(entries)
	}
	return a, nil
}

// topFolder is the one folder that an archive has at its top, with a slash
// behind it, "" if there is more: whoever packs a folder means what is in it.
func topFolder(list []packed) string {
	top := ""
	for i := range list {
		first, _, below := strings.Cut(list[i].name, "/")
		switch {
		case first == "__MACOSX": // what macOS adds
		case !below || top != "" && first != top:
			return ""
		default:
			top = first
		}
	}
	if top == "" {
		return ""
	}
	return top + "/"
}

// add adds an entry, and the directories on the way. Of two with one name the
// first counts.
func (a *archive) add(name string, dir bool, z *packed) {
	if a.files[name] != nil || a.isDir(name) {
		return
	}
	parent := path.Dir(name)
	if a.files[parent] != nil {
		return // below a file
	}
	if !a.isDir(parent) {
		a.add(parent, true, nil)
	}
	if !a.isDir(parent) {
		return
	}
	if dir {
		a.children[name] = nil
		a.children[parent] = append(a.children[parent], browserfs.DirEntry(path.Base(name)))
		return
	}
	a.files[name] = z
	a.children[parent] = append(a.children[parent], browserfs.FileEntry(path.Base(name), func() (fs.FileInfo, error) { return a.stat(name) }))
}

func (a *archive) isDir(name string) bool {
	_, ok := a.children[name]
	return ok
}

// Open opens a file, by reference, or a directory.
func (f *FS) Open(name string) (fs.File, error) {
	file, err := f.open(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return file, nil
}

func (f *FS) open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, browserfs.ErrInvalid
	}
	a, err := f.now()
	if err != nil {
		return nil, err
	}
	if a.isDir(name) {
		return browserfs.NewDirectory(name, func() ([]fs.DirEntry, error) { return slices.Clone(a.children[name]), nil }), nil
	}
	z := a.files[name]
	if z == nil {
		return nil, fs.ErrNotExist
	}
	blob, err := a.content(z)
	if err != nil {
		return nil, err
	}
	return browserfs.NewFile(name, blob, int64(z.unpacked), a.modified), nil
}

// Stat describes a file or directory. What a file holds is not looked at.
func (f *FS) Stat(name string) (fs.FileInfo, error) {
	fail := func(err error) error { return &fs.PathError{Op: "stat", Path: name, Err: err} }
	if !fs.ValidPath(name) {
		return nil, fail(browserfs.ErrInvalid)
	}
	a, err := f.now()
	switch {
	case err != nil:
		return nil, fail(err)
	case a.isDir(name):
		return browserfs.NewDirectory(name, nil).Stat()
	case a.files[name] == nil:
		return nil, fail(fs.ErrNotExist)
	}
	return a.stat(name)
}

// ReadDir lists a directory.
func (f *FS) ReadDir(name string) ([]fs.DirEntry, error) {
	fail := func(err error) error { return &fs.PathError{Op: "readdir", Path: name, Err: err} }
	if !fs.ValidPath(name) {
		return nil, fail(browserfs.ErrInvalid)
	}
	a, err := f.now()
	switch {
	case err != nil:
		return nil, fail(err)
	case a.files[name] != nil:
		return nil, fail(browserfs.ErrNotDir)
	case !a.isDir(name):
		return nil, fail(fs.ErrNotExist)
	}
	return slices.Clone(a.children[name]), nil
}

// stat describes a file that is there. What it holds is not looked at.
func (a *archive) stat(name string) (fs.FileInfo, error) {
	return browserfs.NewFile(name, js.Undefined(), int64(a.files[name].unpacked), a.modified).Stat()
}
