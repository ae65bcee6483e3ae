//go:build js

package browserfs

import (
	"io/fs"
	"path"
	"strings"
	"sync"
	"syscall/js"

	"vitrine/wasm/promise"
)

var (
	_ fs.ReadDirFS = (*List)(nil)
	_ fs.StatFS    = (*List)(nil)
)

// List is a folder made of File objects, each under its path. The zero value
// is an empty folder. It may grow while it is served.
type List struct {
	mu   sync.RWMutex
	root node
}

// node is a directory if children is not nil, else a file.
type node struct {
	children map[string]*node
	file     js.Value // a File, or a FileSystemFileHandle
}

// Add puts a File, or a handle of one, at name. The directories on the way
// are made. It fails with fs.ErrInvalid if name is no path, with fs.ErrExist
// if something else is in the way.
func (l *List) Add(name string, file js.Value) error {
	return l.add(name, &node{file: file})
}

// AddDir makes a directory, and those on the way. One that is there stays.
func (l *List) AddDir(name string) error {
	return l.add(name, &node{children: make(map[string]*node)})
}

func (l *List) add(name string, n *node) error {
	fail := func(err error) error { return &fs.PathError{Op: "add", Path: name, Err: err} }
	if !fs.ValidPath(name) || name == "." {
		return fail(ErrInvalid)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	dir := &l.root
	for rest := name; ; {
		if dir.children == nil {
			if dir != &l.root {
				return fail(fs.ErrExist) // a file on the way
			}
			dir.children = make(map[string]*node)
		}
		first, more, deeper := strings.Cut(rest, "/")
		next := dir.children[first]
		if !deeper {
			if next == nil || next.children == nil && n.children == nil {
				dir.children[first] = n
			} else if next.children == nil || n.children == nil {
				return fail(fs.ErrExist)
			}
			return nil
		}
		if next == nil {
			next = &node{children: make(map[string]*node)}
			dir.children[first] = next
		}
		dir, rest = next, more
	}
}

func (l *List) find(name string) (*node, error) {
	if !fs.ValidPath(name) {
		return nil, ErrInvalid
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	n := &l.root
	if name == "." {
		return n, nil
	}
	for rest, more := name, true; more; {
		var first string
		first, rest, more = strings.Cut(rest, "/")
		if n = n.children[first]; n == nil {
			return nil, fs.ErrNotExist
		}
	}
	return n, nil
}

func (l *List) isDir(n *node) bool { return n == &l.root || n.children != nil }

// Open opens a file, by reference, or a directory. It fails with ErrChanged
// if the browser would not read the file any more: better now than after the
// head of a response.
func (l *List) Open(name string) (fs.File, error) {
	n, err := l.find(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if l.isDir(n) {
		return NewDirectory(name, func() ([]fs.DirEntry, error) { return l.list(n), nil }), nil
	}
	blob, err := n.blob()
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: Reason(err)}
	}
	f := openBlob(name, blob)
	// Another list may take the place of this one, so that a File which is what
	// it was proves nothing of what its name leads to.
	f.ofDisk = n.isHandle()
	return f, nil
}

func (n *node) isHandle() bool { return n.file.Get("getFile").Type() == js.TypeFunction }

// blob returns the file as it is now.
func (n *node) blob() (js.Value, error) {
	if n.isHandle() {
		return promise.Call(n.file, "getFile")
	}
	return n.file, Unchanged(n.file)
}

// Stat describes a file or directory.
func (l *List) Stat(name string) (fs.FileInfo, error) {
	f, err := l.Open(name)
	if err != nil {
		return nil, err
	}
	return f.Stat()
}

// ReadDir lists a directory in the order of its names' bytes.
func (l *List) ReadDir(name string) ([]fs.DirEntry, error) {
	n, err := l.find(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if !l.isDir(n) {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: ErrNotDir}
	}
	return l.list(n), nil
}

func (l *List) list(dir *node) []fs.DirEntry {
	l.mu.RLock()
	defer l.mu.RUnlock()
	entries := make([]fs.DirEntry, 0, len(dir.children))
	for name, n := range dir.children {
		if n.children != nil {
			entries = append(entries, DirEntry(name))
			continue
		}
		entries = append(entries, FileEntry(name, func() (fs.FileInfo, error) {
			blob, err := n.blob()
			if err != nil {
				return nil, Reason(err)
			}
			return &openBlob(name, blob).info, nil
		}))
	}
	SortEntries(entries)
	return entries
}

// Each calls f with every file below the root, in no order, until f returns
// false.
func (l *List) Each(f func(name string, file js.Value) bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var walk func(dir string, n *node) bool
	walk = func(dir string, n *node) bool {
		for name, child := range n.children {
			name = path.Join(dir, name)
			if child.children != nil && !walk(name, child) || child.children == nil && !f(name, child.file) {
				return false
			}
		}
		return true
	}
	walk("", &l.root)
}
