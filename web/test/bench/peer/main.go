//go:build js

// A file server as a user of go-wasm-http-server writes it: net/http's
// FileServer behind wasmhttp.Serve. The files stay on the JavaScript side,
// where files.js finds them; content is read from them in large slices, so
// that the program never holds a whole file.
package main

import (
	"net/http"

	wasmhttp "github.com/nlepage/go-wasm-http-server/v2"
)

func main() {
	if _, err := wasmhttp.Serve(http.FileServerFS(blobFS{})); err != nil {
		panic(err)
	}
	select {}
}
