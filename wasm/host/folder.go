//go:build js

package host

import (
	"io/fs"
	"syscall/js"
	"time"

	"github.com/hack-pad/hackpadfs/mount"

	"vitrine/wasm/browserfs"
)

// folder is what a site serves.
type folder struct {
	fsys    fs.FS
	handles []root          // as handles; nil if there are none
	list    *browserfs.List // as File objects, for a copy; nil if there are handles
	copied  time.Time       // when the copy was made; zero if there is none
	sample  bool            // built in
}

// root is one handle and where in the site it lies: "." for the whole.
type root struct {
	at     string
	handle js.Value
	entry  js.Value // the same from a drop, as an entry; undefined otherwise
}

// fs is the directory behind a handle.
func (r *root) fs() fs.FS {
	h := browserfs.NewHandles(r.handle)
	if r.entry.Truthy() {
		h.Rest = browserfs.NewEntries(r.entry)
	}
	return h
}

func (f *folder) kind() Kind {
	switch {
	case f.sample:
		return Sample
	case f.handles != nil:
		return Handle
	case !f.copied.IsZero():
		return Copy
	}
	return Files
}

func isDirectory(handle js.Value) bool { return handle.Get("kind").String() == "directory" }

// handleFolder lays handles together as one folder: one directory as it is,
// or files and directories side by side, each directory mounted under its
// name.
func handleFolder(roots []root) (folder, error) {
	f := folder{handles: roots}
	if len(roots) == 1 && roots[0].at == "." {
		f.fsys = roots[0].fs()
		return f, nil
	}
	top := new(browserfs.List)
	fsys, err := mount.NewFS(top)
	if err != nil {
		return f, err
	}
	for _, r := range roots {
		if !isDirectory(r.handle) {
			err = top.Add(r.at, r.handle)
		} else if err = top.AddDir(r.at); err == nil {
			err = fsys.AddMount(r.at, r.fs())
		}
		if err != nil {
			return f, err
		}
	}
	f.fsys = fsys
	return f, nil
}

func listFolder(l *browserfs.List) folder { return folder{fsys: l, list: l} }
