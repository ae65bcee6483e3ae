//go:build js

package browserfs

import (
	"io"
	"io/fs"
	"path"
	"syscall/js"
	"time"

	"vitrine/wasm/promise"
)

var _ Blob = (*file)(nil)

// file is an open file: a reference and an offset.
type file struct {
	info
	path   string
	blob   js.Value
	at     int64
	closed bool
	ofDisk bool // blob is the File that the name leads to, unless that changed
}

// openBlob opens a Blob. A File knows its time; other Blobs have time zero.
func openBlob(name string, blob js.Value) *file {
	f := &file{path: name, blob: blob, ofDisk: true}
	f.info = info{name: path.Base(name), mode: fileMode, size: int64(blob.Get("size").Float())}
	if t := blob.Get("lastModified"); t.Type() == js.TypeNumber {
		f.time = time.UnixMilli(int64(t.Float()))
	}
	return f
}

// NewFile opens content of which another told the size and the time of
// its last change; zero is an unknown time.
func NewFile(name string, content js.Value, size int64, modified time.Time) Blob {
	return &file{path: name, blob: content, info: info{name: path.Base(name), mode: fileMode, size: size, time: modified}}
}

func (f *file) Blob() js.Value { return f.blob }

func (f *file) Provable() bool { return f.ofDisk && comparesFiles }

// comparesFiles says that this browser compares size and time of a file with
// those it had when a script got it, at each read. Chromium does; Firefox reads
// what is there now in the old length. There is no way to ask, so what tells
// them apart is another thing that only Chromium has, in windows and workers.
var comparesFiles = func() bool {
	navigator := js.Global().Get("navigator")
	return navigator.Type() == js.TypeObject && navigator.Get("userAgentData").Type() == js.TypeObject
}()

func (f *file) Stat() (fs.FileInfo, error) {
	if f.closed {
		return nil, f.error("stat", fs.ErrClosed)
	}
	return &f.info, nil
}

func (f *file) Close() error {
	if f.closed {
		return f.error("close", fs.ErrClosed)
	}
	f.closed = true
	return nil
}

func (f *file) Read(p []byte) (int, error) {
	if f.closed {
		return 0, f.error("read", fs.ErrClosed)
	}
	if len(p) == 0 {
		return 0, nil
	}
	n, err := f.read(p, f.at)
	f.at += int64(n)
	return n, err
}

func (f *file) ReadAt(p []byte, at int64) (n int, err error) {
	if f.closed {
		return 0, f.error("read", fs.ErrClosed)
	}
	if at < 0 {
		return 0, f.error("read", ErrInvalid)
	}
	n, err = f.read(p, at)
	if err == nil && n < len(p) {
		err = io.EOF
	}
	return n, err
}

// read copies what there is from at on, in one piece.
func (f *file) read(p []byte, at int64) (int, error) {
	end := min(at+int64(len(p)), f.size)
	if at >= f.size {
		return 0, io.EOF
	}
	buffer, err := promise.Call(f.blob.Call("slice", at, end), "arrayBuffer")
	if err != nil {
		return 0, f.error("read", Reason(err))
	}
	n := js.CopyBytesToGo(p, js.Global().Get("Uint8Array").New(buffer))
	return n, nil
}

func (f *file) Seek(offset int64, whence int) (int64, error) {
	if f.closed {
		return 0, f.error("seek", fs.ErrClosed)
	}
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += f.at
	case io.SeekEnd:
		offset += f.size
	default:
		return 0, f.error("seek", ErrInvalid)
	}
	if offset < 0 {
		return 0, f.error("seek", ErrInvalid)
	}
	f.at = offset
	return offset, nil
}

func (f *file) error(op string, err error) error {
	return &fs.PathError{Op: op, Path: f.path, Err: err}
}
