// Package site serves the files of an [io/fs.FS] as Python's
// SimpleHTTPRequestHandler does: targets become files, directories become
// redirects, index pages or listings.
//
// The one rule: a target is decoded once, to one name, and everything else
// looks at that name. [TranslatePath] makes it; it never leaves the root,
// because the name it makes has no part that could.
//
// Names are bytes in Go strings, separated by slashes, relative to the root,
// which is ".". They need not be UTF-8: a file system that keeps to
// [io/fs.ValidPath] returns [io/fs.ErrInvalid] for such a name,
// and the client sees 404.
//
// A [Site] is the class: its fields are what a Python program would override.
// What it decides it decides in pure functions that can be called alone:
// [TranslatePath], [Location], and those of packages conditional and listing.
//
// Beyond http.server, where its clients cannot notice a loss: entity tags,
// If-None-Match, If-Match, If-Unmodified-Since, If-Range and byte ranges
// (RFC 9110 §13, §14).
package site
