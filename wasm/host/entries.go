//go:build js

package host

import (
	"path"
	"syscall/js"

	"vitrine/wasm/browserfs"
	"vitrine/wasm/promise"
)

// addEntries makes sites of what was dropped in a browser without handles,
// as File and Directory Entries, or of the plain files where there are not
// even those. A folder is served from its entry at once; that it is read all
// the same is for the count and the copy.
func (h *Host) addEntries(all []dropped) {
	for _, d := range all {
		if !d.entry.Truthy() || d.entry.Get("isFile").Bool() || len(all) > 1 && h.place.mode == OneOrigin {
			h.addTogether(all)
			return
		}
	}
	for _, d := range all {
		go h.read(d.entry.Get("name").String(), browserfs.NewEntries(d.entry), func(r *reader) { r.entries(".", d.entry) })
	}
}

// addTogether makes one site of loose files and folders.
func (h *Host) addTogether(all []dropped) {
	h.read(together, nil, func(r *reader) {
		for _, d := range all {
			switch {
			case d.entry.Truthy() && d.entry.Get("isDirectory").Bool():
				r.entries(d.entry.Get("name").String(), d.entry)
			case d.file.Truthy():
				r.add(d.file.Get("name").String(), d.file)
			}
		}
	})
}

// entries reads a directory entry with all below it.
func (r *reader) entries(dir string, entry js.Value) bool {
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
		answers, err := promise.Call(js.Global().Get("Promise"), "allSettled", files)
		if err != nil {
			return false
		}
		for i, name := range names {
			if file := answers.Index(i).Get("value"); file.Truthy() && !r.add(path.Join(dir, name), file) {
				return false
			}
		}
		return !r.stopped.Load()
	})
	for _, e := range below {
		if r.stopped.Load() || !r.entries(path.Join(dir, e.Get("name").String()), e) {
			return false
		}
	}
	return !r.stopped.Load()
}
