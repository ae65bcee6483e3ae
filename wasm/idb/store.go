//go:build js

package idb

import (
	"syscall/js"

	"vitrine/wasm/contract"
	"vitrine/wasm/promise"
)

// Store is the database: "sites" by their ID, handles included, and "files" by
// [ID, path], the copies.
//
// The browser may delete it while it is open. That shows at the next use: it is
// opened again, empty, and Lost is called in a goroutine, if it is not nil.
type Store struct {
	Lost func()

	db js.Value
}

// Open opens the database. A browser that keeps nothing here, as in some
// private windows, gives an error.
func Open() (*Store, error) {
	s := new(Store)
	return s, s.open()
}

func (s *Store) open() error {
	open, err := promise.Try(func() js.Value { return js.Global().Get("indexedDB").Call("open", contract.Database, 1) })
	if err != nil {
		return err
	}
	upgrade := js.FuncOf(func(js.Value, []js.Value) any {
		db := open.Get("result")
		db.Call("createObjectStore", "sites", map[string]any{"keyPath": "id"})
		db.Call("createObjectStore", "files")
		return nil
	})
	defer upgrade.Release()
	open.Set("onupgradeneeded", upgrade)
	s.db, err = request(open)
	return err
}

// Check finds out whether the browser deleted the database.
func (s *Store) Check() { s.transaction("sites", "readonly") }

func (s *Store) transaction(name, mode string) (js.Value, error) {
	begin := func() (js.Value, error) {
		return promise.Try(func() js.Value { return s.db.Call("transaction", name, mode) })
	}
	transaction, err := begin()
	if err == nil || s.open() != nil {
		return transaction, err
	}
	if s.Lost != nil {
		go s.Lost()
	}
	return begin()
}

// Delete deletes the database, if there is one. It does not wait.
func Delete() {
	promise.Try(func() js.Value { return js.Global().Get("indexedDB").Call("deleteDatabase", contract.Database) })
}

// request waits for an IDBRequest.
func request(r js.Value) (js.Value, error) {
	_, err := promise.Settle(func(ok, failed js.Func) error {
		r.Set("onsuccess", ok)
		r.Set("onerror", failed)
		return nil
	})
	if err != nil {
		return js.Undefined(), promise.FromValue(r.Get("error"))
	}
	return r.Get("result"), nil
}

// update runs f in one transaction and waits until it is on the disk.
func (s *Store) update(name string, f func(objects js.Value)) error {
	transaction, err := s.transaction(name, "readwrite")
	if err != nil {
		return err
	}
	var thrown error // by f
	_, err = promise.Settle(func(ok, failed js.Func) error {
		transaction.Set("oncomplete", ok)
		transaction.Set("onabort", failed)
		_, thrown = promise.Try(func() js.Value {
			f(transaction.Call("objectStore", name))
			return js.Undefined()
		})
		if thrown != nil {
			promise.Try(func() js.Value { return transaction.Call("abort") })
		}
		return nil
	})
	switch {
	case thrown != nil:
		return thrown
	case err != nil:
		return promise.FromValue(transaction.Get("error"))
	}
	return nil
}
