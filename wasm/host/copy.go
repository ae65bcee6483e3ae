//go:build js

package host

import (
	"syscall/js"
	"time"

	"vitrine/wasm/browserfs"
	"vitrine/wasm/promise"
)

// A folder that came without a handle is gone with the page. One that is no
// larger than this is copied, so that it is still there after a reload.
const (
	MaxCopyFiles = 2000
	MaxCopyBytes = 64 << 20
)

// copyBatch is how many files are written in one transaction.
const copyBatch = 50

// copyFiles copies the files of a site into IndexedDB.
func (h *Host) copyFiles(s *site) {
	type item struct {
		name string
		file js.Value
	}
	var items []item
	s.folder.list.Each(func(name string, file js.Value) bool {
		items = append(items, item{name, file})
		return true
	})
	var err error
	for start := 0; start < len(items) && err == nil; start += copyBatch {
		batch := items[start:min(start+copyBatch, len(items))]
		for i := range batch {
			if batch[i].file, err = inMemory(batch[i].file); err != nil {
				break
			}
		}
		if err == nil {
			err = h.store.update("files", func(files js.Value) {
				for _, it := range batch {
					files.Call("put", it.file, []any{s.ID, it.name})
				}
			})
		}
	}
	if err == nil {
		h.mu.Lock()
		gone := h.find(s.ID) == nil
		s.folder.copied = time.Now()
		h.mu.Unlock()
		if gone { // closed in the meantime
			h.store.remove(s.ID)
			return
		}
		err = h.store.save(s)
	}
	if err != nil {
		h.store.removeCopy(s.ID)
		h.notice(Notice{ID: "storage-full", Site: s.ID, Text: s.Name + " could not be copied for the next visit (" + err.Error() + "). It is served until this page is closed; drop it again after that.", Bad: true})
	}
}

// inMemory reads a File into memory. Some Files would be stored as a mere
// reference to the disk (seen in Chromium with those of a dropped entry), and
// a copy that changes or goes away with the original is none.
func inMemory(file js.Value) (js.Value, error) {
	content, err := promise.Call(file, "arrayBuffer")
	if err != nil {
		return file, err
	}
	return js.Global().Get("File").New([]any{content}, file.Get("name"), map[string]any{
		"lastModified": file.Get("lastModified"),
	}), nil
}

// loadCopy reads the copy of a site. The files stay on the disk: what is read
// are references.
func (s *store) loadCopy(id string) (*browserfs.List, error) {
	files := s.db.Call("transaction", "files").Call("objectStore", "files")
	all := filesOf(id)
	keys, values := files.Call("getAllKeys", all), files.Call("getAll", all)
	list, err := request(values)
	if err != nil {
		return nil, err
	}
	names := keys.Get("result") // requests of one transaction are done in order
	l := new(browserfs.List)
	for i := range list.Length() {
		if err := l.Add(names.Index(i).Index(1).String(), list.Index(i)); err != nil {
			return nil, err
		}
	}
	return l, nil
}
