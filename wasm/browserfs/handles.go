//go:build js

package browserfs

import (
	"errors"
	"io/fs"
	"path"
	"strings"
	"sync"
	"syscall/js"

	"vitrine/wasm/promise"
)

// maxRemembered is how many handles a Handles remembers.
const maxRemembered = 8192

var (
	_ fs.ReadDirFS = (*Handles)(nil)
	_ fs.StatFS    = (*Handles)(nil)
)

// Handles is the folder behind a FileSystemDirectoryHandle. Every call sees
// the disk as it is: a handle is a path, not what lies there. So handles are
// remembered, each saves a round trip to the browser's main process, and one
// that leads nowhere any more is looked for again from the root.
//
// Browsers hide some names behind handles, such as those that no Windows file
// can have. Rest, if set, is the same folder by another way, for these.
type Handles struct {
	Rest fs.FS

	root js.Value

	mu         sync.Mutex
	remembered map[string]known
}

// known is a remembered handle.
type known struct {
	handle js.Value
	dir    bool
}

// NewHandles returns the folder behind a directory handle that may be read.
func NewHandles(root js.Value) *Handles {
	return &Handles{root: root, remembered: make(map[string]known)}
}

// Root returns the handle of the folder itself.
func (h *Handles) Root() js.Value { return h.root }

// Open opens a file, by reference, or a directory.
func (h *Handles) Open(name string) (fs.File, error) {
	if k, ok := h.recall(name); ok && !k.dir {
		if blob, err := promise.Call(k.handle, "getFile"); err == nil {
			return openBlob(name, blob), nil
		}
		h.forget(name)
	}
	handle, dir, err := h.find(name)
	if errors.Is(err, errName) && h.Rest != nil {
		return h.Rest.Open(name)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if dir {
		return NewDirectory(name, func() ([]fs.DirEntry, error) { return h.list(name, handle) }), nil
	}
	blob, err := promise.Call(handle, "getFile")
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: Reason(err)}
	}
	h.remember(name, handle, false)
	return openBlob(name, blob), nil
}

// Stat describes a file or directory.
func (h *Handles) Stat(name string) (fs.FileInfo, error) {
	f, err := h.Open(name)
	if err != nil {
		return nil, err
	}
	return f.Stat()
}

// ReadDir lists a directory in the order of its names' bytes.
func (h *Handles) ReadDir(name string) ([]fs.DirEntry, error) {
	handle, dir, err := h.find(name)
	if errors.Is(err, errName) && h.Rest != nil {
		return fs.ReadDir(h.Rest, name)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if !dir {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: ErrNotDir}
	}
	entries, err := h.list(name, handle)
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	return entries, nil
}

// find returns the handle that name leads to.
func (h *Handles) find(name string) (handle js.Value, dir bool, err error) {
	if !fs.ValidPath(name) {
		return js.Undefined(), false, ErrInvalid
	}
	if name == "." {
		return h.root, true, nil
	}
	parent, last := path.Split(name)
	parent = strings.TrimSuffix(parent, "/")
	for remembered := true; ; remembered = false {
		var way js.Value
		var short bool
		if way, short, err = h.directory(parent, remembered); err == nil {
			handle, dir, err = h.child(way, name, last)
		}
		// A remembered way may lead to where a directory was: try the long one.
		if err == nil || !short || !errors.Is(err, fs.ErrNotExist) {
			return handle, dir, err
		}
		h.forget(parent)
	}
}

// directory returns the handle of a directory. short reports that part of the
// way was remembered.
func (h *Handles) directory(name string, remembered bool) (handle js.Value, short bool, err error) {
	if name == "" || name == "." {
		return h.root, false, nil
	}
	if remembered {
		if k, ok := h.recall(name); ok && k.dir {
			return k.handle, true, nil
		}
	}
	parent, last := path.Split(name)
	handle, short, err = h.directory(strings.TrimSuffix(parent, "/"), remembered)
	if err != nil {
		return handle, short, err
	}
	handle, err = getHandle(handle, "getDirectoryHandle", last)
	if errors.Is(err, errKind) {
		err = fs.ErrNotExist // a file on the way
	}
	if err != nil {
		return handle, short, err
	}
	h.remember(name, handle, true)
	return handle, short, nil
}

// child returns what a directory holds under the name last.
func (h *Handles) child(parent js.Value, name, last string) (handle js.Value, dir bool, err error) {
	if k, ok := h.recall(name); ok && k.dir { // a directory when we saw it last
		if handle, err = getHandle(parent, "getDirectoryHandle", last); err == nil {
			return handle, true, nil
		}
		h.forget(name)
	}
	handle, err = getHandle(parent, "getFileHandle", last)
	if !errors.Is(err, errKind) {
		return handle, false, err
	}
	if handle, err = getHandle(parent, "getDirectoryHandle", last); err == nil {
		h.remember(name, handle, true)
		return handle, true, nil
	}
	if errors.Is(err, errKind) {
		err = fs.ErrNotExist // it changed its kind between two questions
	}
	return handle, false, err
}

// errName is a name that the browser does not let through handles. Who looks
// for it finds nothing.
var errName = hiddenName{}

type hiddenName struct{}

func (hiddenName) Error() string {
	return "the browser does not open files of this name through a handle"
}
func (hiddenName) Is(err error) bool { return err == fs.ErrNotExist }

var errKind = errors.New("a file where a directory was expected, or the reverse")

func getHandle(parent js.Value, method, name string) (js.Value, error) {
	handle, err := promise.Call(parent, method, name)
	switch {
	case err == nil:
		return handle, nil
	case promise.Is(err, "TypeMismatchError"):
		return handle, errKind
	case promise.Is(err, "TypeError"):
		return handle, errName
	}
	return handle, Reason(err)
}

// list reads the entries of a directory.
func (h *Handles) list(name string, handle js.Value) ([]fs.DirEntry, error) {
	if h.Rest != nil {
		if entries, err := fs.ReadDir(h.Rest, name); err == nil {
			return entries, nil
		}
	}
	var entries []fs.DirEntry
	err := EachHandle(handle, func(child string, childHandle js.Value, dir bool) bool {
		if dir {
			entries = append(entries, DirEntry(child))
		} else {
			entries = append(entries, FileEntry(child, func() (fs.FileInfo, error) { return h.Stat(path.Join(name, child)) }))
		}
		return true
	})
	if err != nil {
		return nil, Reason(err)
	}
	SortEntries(entries)
	return entries, nil
}

// handleBatch is how many entries of a directory are asked for at once: to
// wait for each by itself costs more than to read it.
const handleBatch = 64

// EachHandle calls f with each entry of a directory handle until f returns
// false.
func EachHandle(dir js.Value, f func(name string, handle js.Value, dir bool) bool) error {
	iterator, err := promise.Try(func() js.Value { return dir.Call("values") })
	if err != nil {
		return err
	}
	// Few entries first: most directories are small.
	for n := 8; ; n = handleBatch {
		asked := make([]any, n)
		for i := range asked {
			if asked[i], err = promise.Try(func() js.Value { return iterator.Call("next") }); err != nil {
				return err
			}
		}
		steps, err := promise.Call(js.Global().Get("Promise"), "all", asked)
		if err != nil {
			return err
		}
		for i := range n {
			step := steps.Index(i)
			if step.Get("done").Bool() {
				return nil
			}
			handle := step.Get("value")
			if !f(handle.Get("name").String(), handle, handle.Get("kind").String() == "directory") {
				return nil
			}
		}
	}
}

func (h *Handles) recall(name string) (known, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	k, ok := h.remembered[name]
	return k, ok
}

func (h *Handles) remember(name string, handle js.Value, dir bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.remembered) >= maxRemembered {
		clear(h.remembered)
	}
	h.remembered[name] = known{handle, dir}
}

// forget drops the handle of name, all that lie on the way to it and all that
// lie below.
func (h *Handles) forget(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	top, _, _ := strings.Cut(name, "/")
	for n := range h.remembered {
		if n == top || strings.HasPrefix(n, top+"/") {
			delete(h.remembered, n)
		}
	}
}
