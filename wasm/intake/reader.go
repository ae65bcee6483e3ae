//go:build js

package intake

import (
	"path"
	"strings"
	"syscall/js"

	"vitrine/wasm/browserfs"
	"vitrine/wasm/promise"
	"vitrine/wasm/sites"
)

// Reader fills a list with files, as a walk that can be watched and stopped.
type Reader struct {
	walk *sites.Walk
	list *browserfs.List
	dirs map[string]bool
}

// NewReader returns a Reader that counts what it puts into a list.
func NewReader(walk *sites.Walk, list *browserfs.List) *Reader {
	return &Reader{walk, list, make(map[string]bool)}
}

// add takes one file and reports whether to go on.
func (r *Reader) add(name string, file js.Value) bool {
	if err := r.list.Add(name, file); err != nil {
		return true // a name that no path can have
	}
	dir, ok := ".", true
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		dir = name[:i]
		for end := len(dir); end > 0 && !r.dirs[dir[:end]]; end = max(0, strings.LastIndexByte(dir[:end], '/')) {
			r.dirs[dir[:end]] = true
			ok = r.walk.Entry(dir, true, 0)
		}
	}
	return ok && r.walk.Entry(dir, false, int64(file.Get("size").Float()))
}

// entries reads a directory entry with all below it.
func (r *Reader) entries(dir string, entry js.Value) bool {
	var below []js.Value
	browserfs.EachEntry(entry, func(batch []js.Value) bool {
		var names []string
		var files []any
		for _, e := range batch {
			if e.Get("isDirectory").Bool() {
				below = append(below, e)
				continue
			}
			names = append(names, e.Get("name").String())
			files = append(files, promise.New(func() (js.Value, error) { return promise.Callback(e, "file") }))
		}
		settled, err := promise.Call(js.Global().Get("Promise"), "allSettled", files)
		if err != nil {
			return false
		}
		for i, name := range names {
			if file := settled.Index(i).Get("value"); file.Truthy() && !r.add(path.Join(dir, name), file) {
				return false
			}
		}
		return !r.walk.Stopped()
	})
	for _, e := range below {
		if r.walk.Stopped() || !r.entries(path.Join(dir, e.Get("name").String()), e) {
			return false
		}
	}
	return !r.walk.Stopped()
}
