//go:build js

package host

import (
	"path"
	"syscall/js"

	"vitrine/wasm/promise"
)

// addEntries makes sites of what was dropped in a browser without handles,
// as File and Directory Entries, or of the plain files where there are not
// even those.
func (h *Host) addEntries(all []dropped) {
	loose := false
	for _, d := range all {
		loose = loose || !d.entry.Truthy() || d.entry.Get("isFile").Bool()
	}
	if !loose {
		for _, d := range all {
			go h.read(d.entry.Get("name").String(), func(r *reader) { r.entries(".", d.entry) })
		}
		return
	}
	h.read(together, func(r *reader) {
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
	batches := entry.Call("createReader")
	var below []js.Value
	for {
		batch, err := callback(batches, "readEntries")
		if err != nil || batch.Length() == 0 { // an empty batch is the end
			break
		}
		n := batch.Length()
		files := make([]any, 0, n)
		names := make([]string, 0, n)
		for i := range n {
			e := batch.Index(i)
			if e.Get("isDirectory").Bool() {
				below = append(below, e)
				continue
			}
			names = append(names, e.Get("name").String())
			files = append(files, promise.New(func() (js.Value, error) { return callback(e, "file") }))
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
	}
	for _, e := range below {
		if !r.entries(path.Join(dir, e.Get("name").String()), e) {
			return false
		}
	}
	return !r.stopped.Load()
}

// callback calls a method that takes one function for success and one for
// failure.
func callback(object js.Value, method string) (js.Value, error) {
	type result struct {
		value js.Value
		err   error
	}
	done := make(chan result, 1)
	ok := js.FuncOf(func(_ js.Value, args []js.Value) any { done <- result{value: args[0]}; return nil })
	failed := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- result{err: promise.FromValue(args[0])}
		return nil
	})
	defer ok.Release()
	defer failed.Release()
	object.Call(method, ok, failed)
	r := <-done
	return r.value, r.err
}
