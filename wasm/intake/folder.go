//go:build js

package intake

import (
	"io/fs"
	"strings"
	"syscall/js"

	"github.com/hack-pad/hackpadfs/mount"

	"vitrine/wasm/browserfs"
	"vitrine/wasm/promise"
)

// Folder is what a site serves.
type Folder struct {
	FS    fs.FS           // nil if there is nothing to serve
	Roots []Root          // as handles; nil if there are none
	List  *browserfs.List // as File objects, for a copy; nil if there are handles
}

// Root is one handle and where in the site it lies: "." for the whole.
type Root struct {
	At     string
	Handle js.Value
	Entry  js.Value // the same from a drop, as an entry; undefined otherwise
}

// fs is the directory behind a handle, or what is in an archive.
func (r *Root) fs() fs.FS {
	if !r.isDirectory() {
		return archiveOf(r.Handle)
	}
	h := browserfs.NewHandles(r.Handle)
	if r.Entry.Truthy() {
		h.Rest = browserfs.NewEntries(r.Entry)
	}
	return h
}

func (r *Root) isDirectory() bool { return r.Handle.Get("kind").String() == "directory" }

// OpenRoots lays handles together as one folder: one directory or archive as it is, or
// files and directories side by side, each directory mounted under its name.
func OpenRoots(roots []Root) (Folder, error) {
	f := Folder{Roots: roots}
	if len(roots) == 1 && roots[0].At == "." {
		f.FS = roots[0].fs()
		return f, nil
	}
	top := new(browserfs.List)
	fsys, err := mount.NewFS(top)
	if err != nil {
		return f, err
	}
	for i := range roots {
		r := &roots[i]
		if !r.isDirectory() {
			err = top.Add(r.At, r.Handle)
		} else if err = top.AddDir(r.At); err == nil {
			err = fsys.AddMount(r.At, r.fs())
		}
		if err != nil {
			return f, err
		}
	}
	f.FS = fsys
	return f, nil
}

// isArchive reports whether a folder is what is in an archive.
func (f *Folder) isArchive() bool {
	return len(f.Roots) == 1 && f.Roots[0].At == "." && !f.Roots[0].isDirectory()
}

// Directory is the handle of a folder that is one directory; undefined for any
// other.
func (f *Folder) Directory() js.Value {
	if len(f.Roots) != 1 || f.Roots[0].At != "." || !f.Roots[0].isDirectory() {
		return js.Undefined()
	}
	return f.Roots[0].Handle
}

// LonePage is the name of the HTML page that is all of the folder; "" if it is
// anything else. It was handed over as a file, without the folder it lies in, if
// the folder is not whole.
func (f *Folder) LonePage() (name string) {
	switch {
	case len(f.Roots) == 1 && !f.Roots[0].isDirectory():
		name = f.Roots[0].At
	case f.List != nil:
		n := 0
		f.List.Each(func(at string, _ js.Value) bool {
			n++
			name = at
			return n == 1
		})
		if n > 1 {
			return ""
		}
	}
	if lower := strings.ToLower(name); strings.HasSuffix(lower, ".html") || strings.HasSuffix(lower, ".htm") {
		return name
	}
	return ""
}

// OpenList is the folder of a list of files.
func OpenList(l *browserfs.List) Folder { return Folder{FS: l, List: l} }

// Same reports whether a folder is the one behind a single handle.
func (f *Folder) Same(roots []Root) bool {
	if len(roots) != 1 || len(f.Roots) != 1 || f.Roots[0].At != roots[0].At {
		return false
	}
	same, err := promise.Call(f.Roots[0].Handle, "isSameEntry", roots[0].Handle)
	return err == nil && same.Bool()
}

// HasIndex reports whether a folder has an index page at its root.
func (f *Folder) HasIndex() bool {
	for _, name := range [...]string{"index.html", "index.htm"} {
		if info, err := fs.Stat(f.FS, name); err == nil && !info.IsDir() {
			return true
		}
	}
	return false
}

var readOnly = map[string]any{"mode": "read"}

// MayRead asks whether the handles of a folder may be read now. The person
// does not notice.
func (f *Folder) MayRead() bool {
	for _, r := range f.Roots {
		state, err := promise.Call(r.Handle, "queryPermission", readOnly)
		if err == nil && state.String() != "granted" {
			return false
		}
	}
	return true
}

// RequestRead has the browser ask the person for permission to read the
// handles of a folder. It is called within a click, which counts only for a
// moment, so all of them are asked for at once; wait says whether all may be
// read.
func (f *Folder) RequestRead() (wait func() bool) {
	var asked []js.Value
	for _, r := range f.Roots {
		p, err := promise.Try(func() js.Value { return r.Handle.Call("requestPermission", readOnly) })
		if err == nil {
			asked = append(asked, p)
		}
	}
	return func() bool {
		for _, p := range asked {
			state, err := promise.Await(p)
			if err != nil || state.String() != "granted" {
				return false
			}
		}
		return true
	}
}
