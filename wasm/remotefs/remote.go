//go:build js

package remotefs

import (
	"errors"
	"io/fs"
	"path"
	"sync"
	"syscall/js"
	"time"

	"vitrine/wasm/browserfs"
)

var (
	_ fs.ReadDirFS = (*Remote)(nil)
	_ fs.StatFS    = (*Remote)(nil)
)

// Remote is a file system at the other end of a port, as one request sees it:
// what it was told once it does not ask again. So a Remote is made for each
// request and thrown away with it, and nothing stale is ever served.
type Remote struct {
	// Ask puts a question to the other end and waits for the response.
	Ask func(Look) (*Node, error)
	// Index are the index pages that will be looked for in a directory, and
	// List says that its entries will be wanted if it has none: the response
	// for the directory then brings them along. Both may be left out.
	Index []string
	List  bool

	mu    sync.Mutex
	known map[string]*Node
}

// look returns what name leads to. list says that the entries are wanted now.
func (r *Remote) look(name string, list bool) (*Node, error) {
	if !fs.ValidPath(name) {
		return nil, browserfs.ErrInvalid
	}
	r.mu.Lock()
	n := r.known[name]
	r.mu.Unlock()
	if n == nil || list && n.Dir && !n.Listed {
		question := Look{Name: name, Index: r.Index, List: r.List}
		if list {
			question.Index, question.List = nil, true
		}
		var err error
		if n, err = r.Ask(question); err != nil {
			return nil, err
		}
		r.learn(name, n, question.Index)
	}
	switch n.Code {
	case NotExist:
		return nil, fs.ErrNotExist
	case Permission:
		return nil, fs.ErrPermission
	case Unavailable:
		return nil, &UnavailableError{n.Reason}
	case Changed:
		return nil, browserfs.ErrChanged
	case Failed:
		return nil, errors.New(n.Reason)
	}
	return n, nil
}

// UnavailableError says that a whole site cannot be read now.
type UnavailableError struct{ Reason string }

func (e *UnavailableError) Error() string { return e.Reason }

// learn keeps a response and what follows from it.
func (r *Remote) learn(name string, n *Node, index []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil {
		r.known = make(map[string]*Node)
	}
	r.known[name] = n
	if n.Code != Exists || !n.Dir {
		return
	}
	for _, page := range index {
		if n.IndexNode != nil && page == n.Index {
			r.known[path.Join(name, page)] = n.IndexNode
			return
		}
		r.known[path.Join(name, page)] = &Node{Code: NotExist}
	}
}

// Lasting returns the name of a file, and what it is, if a response that was made
// of it stands until the file changes; else "". The file had its time long enough
// for a second change to move it, and no other name was looked for before the one
// that led to it: that one could exist at any time.
func (r *Remote) Lasting(file js.Value, now time.Time) (name string, n *Node) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for known, node := range r.known {
		switch {
		case node.Code != Exists:
			return "", nil
		case !node.Dir && node.Blob.Equal(file) && node.Size > 0 && node.Time != 0 && now.Sub(time.UnixMilli(node.Time)) > settled:
			name, n = known, node
		}
	}
	return name, n
}

// settled is how long a file must have had its time: two changes in a coarse
// clock's tick would have the same.
const settled = 2 * time.Second

// Open opens a file, by reference, or a directory.
func (r *Remote) Open(name string) (fs.File, error) {
	n, err := r.look(name, false)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if n.Dir {
		return browserfs.NewDirectory(name, func() ([]fs.DirEntry, error) { return r.list(name) }), nil
	}
	var modified time.Time
	if n.Time != 0 {
		modified = time.UnixMilli(n.Time)
	}
	return browserfs.NewFile(name, n.Blob, n.Size, modified), nil
}

// Stat describes a file or directory.
func (r *Remote) Stat(name string) (fs.FileInfo, error) {
	f, err := r.Open(name)
	if err != nil {
		return nil, err
	}
	return f.Stat()
}

// ReadDir lists a directory in the order of its names' bytes.
func (r *Remote) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := r.list(name)
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	return entries, nil
}

func (r *Remote) list(name string) ([]fs.DirEntry, error) {
	n, err := r.look(name, true)
	if err != nil {
		return nil, err
	}
	if !n.Dir {
		return nil, browserfs.ErrNotDir
	}
	entries := make([]fs.DirEntry, len(n.Entries))
	for i, e := range n.Entries {
		child := path.Join(name, e.Name)
		if e.Dir {
			entries[i] = browserfs.DirEntry(e.Name)
		} else {
			entries[i] = browserfs.FileEntry(e.Name, func() (fs.FileInfo, error) { return r.Stat(child) })
		}
	}
	return entries, nil
}
