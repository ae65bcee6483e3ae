//go:build js

package main

import "syscall/js"

// await waits for a promise; what it is rejected with becomes an error.
func await(promise js.Value) (js.Value, error) {
	type result struct {
		value js.Value
		err   error
	}
	done := make(chan result, 1)
	resolved := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- result{value: args[0]}
		return nil
	})
	defer resolved.Release()
	rejected := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- result{err: js.Error{Value: args[0]}}
		return nil
	})
	defer rejected.Release()
	promise.Call("then", resolved, rejected)
	r := <-done
	return r.value, r.err
}
