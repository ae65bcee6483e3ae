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

// Copy makes the copy of a site again. After an error some of it may be there;
// see RemoveCopy.
func (s *Store) Copy(id string, list *browserfs.List) error {
	if err := s.RemoveCopy(id); err != nil {
		return err
	}
	var items []item
	list.Each(func(name string, file js.Value) bool {
		items = append(items, item{name: name, file: file})
		return true
	})
	form := item.newFile
	for len(items) > 0 {
		batch := items[:min(copyBatch, len(items))]
		items = items[len(batch):]
		for i := range batch {
			if err := batch[i].read(); err != nil {
				return err
			}
		}
		err := s.put(id, batch, form)
		if err != nil { // private windows of WebKit store no File
			form = item.bytes
			err = s.put(id, batch, form)
		}
		if err != nil {
			return err
		}
		clear(batch) // and with it the content
	}
	return nil
}

// put stores files, each in a form.
func (s *Store) put(id string, batch []item, form func(item) js.Value) error {
	return s.update("files", func(files js.Value) {
		for _, it := range batch {
			files.Call("put", form(it), []any{id, it.name})
		}
	})
}

// item is one file to be copied.
type item struct {
	name          string
	file, content js.Value
}

// read reads the file into memory. Some Files would be stored as a mere
// reference to the disk (seen in Chromium with those of a dropped entry), and
// a copy must not change or go away with the original.
func (it *item) read() error {
	content, err := promise.Call(it.file, "arrayBuffer")
	if err != nil {
		return browserfs.Reason(err)
	}
	if content.Get("byteLength").Float() != it.file.Get("size").Float() {
		return browserfs.ErrChanged
	}
	it.content = content
	return nil
}

// bytes is the content with the name and the time of the file.
func (it item) bytes() js.Value {
	o := js.Global().Get("Object").New()
	o.Set("content", it.content)
	o.Set("name", it.file.Get("name"))
	o.Set("lastModified", it.file.Get("lastModified"))
	return o
}

// newFile is a File that is in memory.
func (it item) newFile() js.Value { return fileOf(it.bytes()) }

// fileOf makes a File of what bytes returned.
func fileOf(o js.Value) js.Value {
	return js.Global().Get("File").New([]any{o.Get("content")}, o.Get("name"), o)
}

// Files returns the copy of a site. The files stay on the disk: what is read
// are references, but for those that had to be stored as bytes.
func (s *Store) Files(id string) (*browserfs.List, error) {
	transaction, err := s.transaction("files", "readonly")
	if err != nil {
		return nil, err
	}
	files := transaction.Call("objectStore", "files")
	all := filesOf(id)
	keys, values := files.Call("getAllKeys", all), files.Call("getAll", all)
	list, err := request(values)
	if err != nil {
		return nil, err
	}
	names := keys.Get("result") // requests of one transaction are done in order
	l := new(browserfs.List)
	for i := range list.Length() {
		file := list.Index(i)
		if file.Get("content").Truthy() {
			file = fileOf(file)
		}
		if err := l.Add(names.Index(i).Index(1).String(), file); err != nil {
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
