//go:build js

package intake

import (
	"io/fs"
	"path"
	"syscall/js"

	"vitrine/wasm/browserfs"
	"vitrine/wasm/promise"
	"vitrine/wasm/sites"
)

// MaxSizes is how many files behind handles are asked for their size: each
// costs as much as finding it, and takes the browser's time from the preview.
const MaxSizes = 5000

// sizeBatch is how many files are asked for their size at once.
const sizeBatch = 64

// Count counts what is in a folder, until the walk is stopped.
func (f *Folder) Count(w *sites.Walk) {
	if f.Roots == nil || f.isArchive() {
		walkFS(w, f.FS)
		return
	}
	c := counter{walk: w}
	for i := range f.Roots {
		r := &f.Roots[i]
		if !r.isDirectory() {
			w.Entry(".", false, 0)
			c.size(r.Handle)
		} else if r.At == "." || w.Entry(".", true, 0) {
			c.handles(r.At, r.Handle)
		}
	}
	c.askSizes()
}

// counter counts what is behind handles.
type counter struct {
	walk  *sites.Walk
	sizes []js.Value // handles of files whose sizes are still to be asked for
	sized int        // files that were or are to be asked
}

// handles walks a directory handle.
func (c *counter) handles(dir string, handle js.Value) {
	var below []Root
	browserfs.EachHandle(handle, func(name string, h js.Value, isDir bool) bool {
		if isDir {
			below = append(below, Root{At: path.Join(dir, name), Handle: h})
		} else {
			c.size(h)
		}
		return c.walk.Entry(dir, isDir, 0)
	})
	for _, b := range below {
		if c.walk.Stopped() {
			return
		}
		c.handles(b.At, b.Handle)
	}
}

// size adds the size of a file, in its time, if it is among the first.
func (c *counter) size(handle js.Value) {
	if c.sized == MaxSizes {
		c.walk.SizeUnknown()
		return
	}
	c.sized++
	if c.sizes = append(c.sizes, handle); len(c.sizes) == sizeBatch {
		c.askSizes()
	}
}

func (c *counter) askSizes() {
	asked := make([]any, 0, len(c.sizes))
	for _, handle := range c.sizes {
		asked = append(asked, handle.Call("getFile"))
	}
	c.sizes = c.sizes[:0]
	settled, err := promise.Call(js.Global().Get("Promise"), "allSettled", asked)
	if err != nil {
		return
	}
	var sum int64
	for i := range settled.Length() {
		if file := settled.Index(i).Get("value"); file.Truthy() {
			sum += int64(file.Get("size").Float())
		}
	}
	c.walk.Size(sum)
	c.walk.Pause()
}

// walkFS counts any other folder.
func walkFS(w *sites.Walk, fsys fs.FS) {
	if list, ok := fsys.(*browserfs.List); ok {
		dirs := make(map[string]bool)
		list.Each(func(name string, file js.Value) bool {
			dir := path.Dir(name)
			for d := dir; d != "." && !dirs[d]; d = path.Dir(d) {
				dirs[d] = true
				w.Entry(dir, true, 0)
			}
			return w.Entry(dir, false, int64(file.Get("size").Float()))
		})
		return
	}
	fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return nil
		}
		var size int64
		if info, err := d.Info(); err == nil && !d.IsDir() {
			size = info.Size()
		}
		if !w.Entry(path.Dir(name), d.IsDir(), size) {
			return fs.SkipAll
		}
		return nil
	})
}
