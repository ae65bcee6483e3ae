//go:build js

package main

import (
	"syscall/js"

	"vitrine/wasm/intake"
	"vitrine/wasm/sites"
)

// What browsers do not tell and this page has to know all the same. Each is
// found out by something that only the one in question has.

// allowed is what a previewed page may do as if it were no frame. Firefox
// complains of each name that it does not know, in its console.
var allowed = func() string {
	if window.Get("mozInnerScreenX").Type() == js.TypeNumber {
		return "fullscreen"
	}
	return "fullscreen; autoplay"
}()

// openTitle is what a button that opens a folder says beside its name, where
// the browser speaks of an upload; "" elsewhere.
var openTitle = func() string {
	if intake.HasPicker() {
		return ""
	}
	return first(body, ".upload").TextContent()
}()

// isWebKit tells WebKit from Chromium, which came from it.
var isWebKit = !window.Get("chrome").Truthy() && window.Get("webkitConvertPointFromNodeToPage").Type() == js.TypeFunction

// tabsApart reports whether a site in a tab of its own is not served although
// this page is open: WebKit keeps workers and storage of a frame of another
// origin than its page's apart from those of a tab.
func (a *app) tabsApart() bool { return isWebKit && a.host.Mode() != sites.OneOrigin }
