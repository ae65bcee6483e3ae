//go:build js

// Package browserfs is what a browser gives of a folder, as a read-only
// io/fs.FS: [Handles] over a directory handle, [Entries] over a directory
// entry, and [List] over File objects.
//
// The one rule: opening a file never reads its content. What is open is a
// reference; it reads pieces on demand, and whoever can hand the reference on
// asks for it with [Blob.Blob], so that content of a file need not pass
// through this program's memory.
//
// Names are as io/fs has them. Files have the mode 0444 and directories 0555,
// times have milliseconds, and directories none: browsers do not tell. Errors
// are *fs.PathError around fs.ErrNotExist, fs.ErrPermission, fs.ErrInvalid,
// [ErrChanged] or what JavaScript said.
//
// The file systems may be used by several goroutines; an open file by one.
package browserfs

import (
	"errors"
	"io"
	"io/fs"
	"syscall/js"
)

// Blob is an open file whose content is a Blob of JavaScript.
type Blob interface {
	fs.File
	io.ReaderAt
	io.Seeker
	// Blob returns the whole content, by reference.
	Blob() js.Value
	// Provable reports whether reading Blob fails as soon as the file is not
	// what it was when the browser gave it.
	Provable() bool
}

// ErrChanged says that a file is not any more what it was when the browser
// handed it over; the browser then refuses to read it.
var ErrChanged = errors.New("the file was changed, moved or deleted since the browser was given it")
