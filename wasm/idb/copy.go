//go:build js

package idb

import (
	"syscall/js"

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

// Copy copies the files of a site. After an error some may be there; see
// RemoveCopy.
func (s *Store) Copy(id string, list *browserfs.List) error {
	type item struct {
		name string
		file js.Value
	}
	var items []item
	list.Each(func(name string, file js.Value) bool {
		items = append(items, item{name, file})
		return true
	})
	for len(items) > 0 {
		batch := items[:min(copyBatch, len(items))]
		items = items[len(batch):]
		for i := range batch {
			file, err := inMemory(batch[i].file)
			if err != nil {
				return err
			}
			batch[i].file = file
		}
		err := s.update("files", func(files js.Value) {
			for _, it := range batch {
				files.Call("put", it.file, []any{id, it.name})
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// inMemory reads a File into memory. Some Files would be stored as a mere
// reference to the disk (seen in Chromium with those of a dropped entry), and
// a copy must not change or go away with the original.
func inMemory(file js.Value) (js.Value, error) {
	content, err := promise.Call(file, "arrayBuffer")
	if err != nil {
		return file, err
	}
	return js.Global().Get("File").New([]any{content}, file.Get("name"), map[string]any{
		"lastModified": file.Get("lastModified"),
	}), nil
}

// Files returns the copy of a site. The files stay on the disk: what is read
// are references.
func (s *Store) Files(id string) (*browserfs.List, error) {
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

// RemoveCopy deletes the copy of a site.
func (s *Store) RemoveCopy(id string) error {
	return s.update("files", func(files js.Value) { files.Call("delete", filesOf(id)) })
}

// filesOf is the range of all keys in "files" that belong to a site: an array
// sorts after every text.
func filesOf(id string) js.Value {
	return js.Global().Get("IDBKeyRange").Call("bound", []any{id}, []any{id, []any{}})
}
