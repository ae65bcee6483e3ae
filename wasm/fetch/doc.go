//go:build js

// Package fetch treats a fetch of the browser as a connection: the Request
// object is written out as the bytes HTTP/1.1 would have for it, the session
// of the core serves them, and the bytes of its response become a Response
// object. Nothing of HTTP is decided here.
//
// The one rule: content of a file never passes through this program. Where
// the core sends a section of a file, the Response gets a slice of the file's
// Blob.
//
// What the browser does not show is not invented: the record says that the
// request was rebuilt, and what is missing.
package fetch
