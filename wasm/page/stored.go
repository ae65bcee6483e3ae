//go:build js

package main

import (
	"syscall/js"

	"vitrine/wasm/promise"
)

// What the page remembers of its own looks: theme, dividers, the site in
// front. Without storage it forgets, and that is all.

func stored(key string) string {
	v, err := promise.Try(func() js.Value {
		return window.Get("localStorage").Call("getItem", "vitrine."+key)
	})
	if err != nil || v.Type() != js.TypeString {
		return ""
	}
	return v.String()
}

func store(key, value string) {
	promise.Try(func() js.Value {
		return window.Get("localStorage").Call("setItem", "vitrine."+key, value)
	})
}
