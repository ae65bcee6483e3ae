//go:build js

package idb

import (
	"syscall/js"

	"vitrine/wasm/contract"
	"vitrine/wasm/promise"
)

// Store is the database: "sites" by their ID, handles included, and "files" by
// [ID, path], the copies.
type Store struct{ db js.Value }

// Open opens the database. A browser that keeps nothing here, as in some
// private windows, gives an error.
func Open() (*Store, error) {
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
	return &Store{db}, err
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
	transaction, err := promise.Try(func() js.Value { return s.db.Call("transaction", name, "readwrite") })
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
