//go:build js

// The page of Vitrine: where a folder is dropped, where its preview and its
// log are seen. It runs in the browser's window and draws; files, workers and
// ports are wasm/host's.
//
// The one rule: callbacks of the browser and of the host note what changed
// and return. Drawing happens once per frame, each region by its own file.
package main

func main() {
	a := newApp()
	a.start()
	select {} // the page lives as long as its window
}
