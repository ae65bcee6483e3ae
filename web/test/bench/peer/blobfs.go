//go:build js

package main

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"syscall/js"
	"time"
)

// readAhead is how much of a file one slice holds. net/http copies in pieces
// of 32 KiB, and each slice is a message to the browser's main process.
const readAhead = 1 << 20

// blobFS finds files through findFile(name) of files.js, which returns a
// promise for a File or undefined. The root is the only directory.
type blobFS struct{}

func (blobFS) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if name == "." {
		return root{}, nil
	}
	file, err := await(js.Global().Call("findFile", name))
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if file.IsUndefined() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &blob{name: path.Base(name), file: file, size: int64(file.Get("size").Float())}, nil
}

// blob is an open File. It seeks, so that net/http answers ranges.
type blob struct {
	name   string
	file   js.Value
	size   int64
	offset int64

	ahead   []byte // what was read last
	aheadAt int64  // its offset in the file
}

func (b *blob) Close() error               { return nil }
func (b *blob) Stat() (fs.FileInfo, error) { return b, nil }
func (b *blob) Name() string               { return b.name }
func (b *blob) Size() int64                { return b.size }
func (b *blob) Mode() fs.FileMode          { return 0o444 }
func (b *blob) IsDir() bool                { return false }
func (b *blob) Sys() any                   { return nil }
func (b *blob) ModTime() time.Time {
	return time.UnixMilli(int64(b.file.Get("lastModified").Float()))
}

func (b *blob) Read(p []byte) (int, error) {
	if b.offset >= b.size {
		return 0, io.EOF
	}
	if at := b.offset - b.aheadAt; at < 0 || at >= int64(len(b.ahead)) {
		end := min(b.offset+readAhead, b.size)
		buffer, err := await(b.file.Call("slice", b.offset, end).Call("arrayBuffer"))
		if err != nil {
			return 0, err
		}
		b.ahead, b.aheadAt = make([]byte, end-b.offset), b.offset
		if n := js.CopyBytesToGo(b.ahead, js.Global().Get("Uint8Array").New(buffer)); n < len(b.ahead) {
			return 0, io.ErrUnexpectedEOF
		}
	}
	n := copy(p, b.ahead[b.offset-b.aheadAt:])
	b.offset += int64(n)
	return n, nil
}

func (b *blob) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += b.offset
	case io.SeekEnd:
		offset += b.size
	}
	if offset < 0 {
		return 0, fs.ErrInvalid
	}
	b.offset = offset
	return offset, nil
}

// root is the directory of all files. net/http looks for its index.html.
type root struct{}

func (root) Close() error               { return nil }
func (root) Read([]byte) (int, error)   { return 0, errors.ErrUnsupported }
func (root) Stat() (fs.FileInfo, error) { return root{}, nil }
func (root) Name() string               { return "." }
func (root) Size() int64                { return 0 }
func (root) Mode() fs.FileMode          { return fs.ModeDir | 0o555 }
func (root) ModTime() time.Time         { return time.Time{} }
func (root) IsDir() bool                { return true }
func (root) Sys() any                   { return nil }
