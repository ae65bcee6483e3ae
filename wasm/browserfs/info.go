//go:build js

package browserfs

import (
	"io/fs"
	"path"
	"time"
)

const (
	fileMode = fs.FileMode(0o444)
	dirMode  = fs.ModeDir | 0o555
)

// info describes a file or directory.
type info struct {
	name string // last element
	size int64
	time time.Time // zero for directories
	mode fs.FileMode
}

func (i *info) Name() string       { return i.name }
func (i *info) Size() int64        { return i.size }
func (i *info) Mode() fs.FileMode  { return i.mode }
func (i *info) ModTime() time.Time { return i.time }
func (i *info) IsDir() bool        { return i.mode.IsDir() }
func (i *info) Sys() any           { return nil }

func dirInfo(name string) *info { return &info{name: path.Base(name), mode: dirMode} }

// FileEntry is the name of a file in a directory. What it leads to is asked
// for when it is wanted.
func FileEntry(name string, info func() (fs.FileInfo, error)) fs.DirEntry {
	return &entry{name, fileMode, info}
}

// DirEntry is the name of a directory in another.
func DirEntry(name string) fs.DirEntry {
	return &entry{name, dirMode, func() (fs.FileInfo, error) { return dirInfo(name), nil }}
}

// entry is one name in a directory.
type entry struct {
	name string
	mode fs.FileMode
	info func() (fs.FileInfo, error)
}

func (e *entry) Name() string               { return e.name }
func (e *entry) IsDir() bool                { return e.mode.IsDir() }
func (e *entry) Type() fs.FileMode          { return e.mode.Type() }
func (e *entry) Info() (fs.FileInfo, error) { return e.info() }

func (e *entry) String() string { return fs.FormatDirEntry(e) }
