//go:build js

package main

import (
	"vitrine/wasm/promise"
)

// fetchText gives f a text file that lies beside the page. What does not come
// is left out: it is only for reading.
func fetchText(name string, f func(text string)) {
	go func() {
		response, err := promise.Call(window, "fetch", name)
		if err != nil || !response.Get("ok").Bool() {
			return
		}
		if text, err := promise.Call(response, "text"); err == nil {
			f(text.String())
		}
	}()
}
