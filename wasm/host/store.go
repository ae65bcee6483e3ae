//go:build js

package host

import (
	"syscall/js"
	"time"

	"vitrine/wasm/contract"
	"vitrine/wasm/promise"
)

// store keeps sites in IndexedDB: "sites" by their ID, handles included, and
// "files" by [ID, path], the copies of small folders.
type store struct{ db js.Value }

// openStore opens the database. A browser that keeps nothing here, as in some
// private windows, gives an error.
func openStore() (*store, error) {
	open, err := promise.Try(func() js.Value { return js.Global().Get("indexedDB").Call("open", contract.Database, 1) })
	if err != nil {
		return nil, err
	}
	upgrade := js.FuncOf(func(js.Value, []js.Value) any {
		db := open.Get("result")
		db.Call("createObjectStore", "sites", map[string]any{"keyPath": "id"})
		db.Call("createObjectStore", "files")
		return nil
	})
	defer upgrade.Release()
	open.Set("onupgradeneeded", upgrade)
	db, err := request(open)
	return &store{db}, err
}

// request waits for an IDBRequest.
func request(r js.Value) (js.Value, error) {
	done := make(chan error, 1)
	ok := js.FuncOf(func(js.Value, []js.Value) any { done <- nil; return nil })
	failed := js.FuncOf(func(js.Value, []js.Value) any { done <- promise.FromValue(r.Get("error")); return nil })
	defer ok.Release()
	defer failed.Release()
	r.Set("onsuccess", ok)
	r.Set("onerror", failed)
	if err := <-done; err != nil {
		return js.Undefined(), err
	}
	return r.Get("result"), nil
}

// update runs f in one transaction and waits until it is on the disk.
func (s *store) update(name string, f func(objects js.Value)) error {
	transaction, err := promise.Try(func() js.Value { return s.db.Call("transaction", name, "readwrite") })
	if err != nil {
		return err
	}
	done := make(chan error, 1)
	ok := js.FuncOf(func(js.Value, []js.Value) any { done <- nil; return nil })
	failed := js.FuncOf(func(js.Value, []js.Value) any { done <- promise.FromValue(transaction.Get("error")); return nil })
	defer ok.Release()
	defer failed.Release()
	transaction.Set("oncomplete", ok)
	transaction.Set("onabort", failed)
	_, err = promise.Try(func() js.Value {
		f(transaction.Call("objectStore", name))
		return js.Undefined()
	})
	if err != nil {
		promise.Try(func() js.Value { return transaction.Call("abort") })
		<-done
		return err
	}
	return <-done
}

// save writes down what of a site has to outlive the page.
func (s *store) save(site *site) error {
	o := js.Global().Get("Object").New()
	o.Set("id", site.ID)
	o.Set("name", site.Name)
	o.Set("kind", int(site.Kind))
	o.Set("created", site.created.UnixMilli())
	if !site.folder.copied.IsZero() {
		o.Set("copied", site.folder.copied.UnixMilli())
	}
	roots := js.Global().Get("Array").New()
	for _, r := range site.folder.handles {
		root := js.Global().Get("Object").New()
		root.Set("at", r.at)
		root.Set("handle", r.handle)
		roots.Call("push", root)
	}
	o.Set("roots", roots)
	return s.update("sites", func(sites js.Value) { sites.Call("put", o) })
}

// kept is a site as it was saved.
type kept struct {
	id, name string
	kind     Kind
	created  time.Time
	copied   time.Time // zero if there is no copy
	roots    []root
}

// sites returns what was saved.
func (s *store) sites() ([]kept, error) {
	list, err := request(s.db.Call("transaction", "sites").Call("objectStore", "sites").Call("getAll"))
	if err != nil {
		return nil, err
	}
	all := make([]kept, list.Length())
	for i := range all {
		o := list.Index(i)
		k := kept{
			id: o.Get("id").String(), name: o.Get("name").String(), kind: Kind(o.Get("kind").Int()),
			created: time.UnixMilli(int64(o.Get("created").Float())),
		}
		if t := o.Get("copied"); t.Type() == js.TypeNumber {
			k.copied = time.UnixMilli(int64(t.Float()))
		}
		roots := o.Get("roots")
		for j := range roots.Length() {
			k.roots = append(k.roots, root{at: roots.Index(j).Get("at").String(), handle: roots.Index(j).Get("handle")})
		}
		all[i] = k
	}
	return all, nil
}

// filesOf is the range of all keys in "files" that belong to a site: an array
// sorts after every text.
func filesOf(id string) js.Value {
	return js.Global().Get("IDBKeyRange").Call("bound", []any{id}, []any{id, []any{}})
}

// remove forgets a site and its copy.
func (s *store) remove(id string) error {
	err := s.update("sites", func(sites js.Value) { sites.Call("delete", id) })
	if e := s.removeCopy(id); err == nil {
		err = e
	}
	return err
}

func (s *store) removeCopy(id string) error {
	return s.update("files", func(files js.Value) { files.Call("delete", filesOf(id)) })
}
