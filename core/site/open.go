package site

import (
	"errors"
	"io/fs"

	"vitrine/core/handler"
	"vitrine/core/trace"
)

// NonblockingFS is a file system whose Open returns at once and without effect
// whatever has the name. A file system that has FIFOs or devices and does not
// say so is asked with Stat first, because opening a FIFO waits for a writer
// (F-3): the price is a second look at each file, and a moment in which one
// could become the other.
type NonblockingFS interface {
	fs.FS
	// NonblockingOpen only marks the type.
	NonblockingOpen()
}

// errNotRegular is why a FIFO, a socket or a device is not served.
var errNotRegular = errors.New("neither a regular file nor a directory")

// open opens a regular file or a directory and looks at what was opened, so
// that size and time belong to the bytes that follow.
//
// Differs from http.server, which opens devices and FIFOs, too (F-3, X-8).
func (s *Site) open(name string) (fs.File, fs.FileInfo, error) {
	if _, ok := s.FS.(NonblockingFS); !ok {
		info, err := fs.Stat(s.FS, name)
		if err != nil {
			return nil, nil, err
		}
		if !isServed(info) {
			return nil, nil, errNotRegular
		}
	}
	file, err := s.FS.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err == nil && !isServed(info) {
		err = errNotRegular
	}
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

func isServed(info fs.FileInfo) bool {
	mode := info.Mode()
	return mode.IsRegular() || mode.IsDir()
}

// join is the name of what is in a directory.
func join(dir, name string) string {
	if dir == "." {
		return name
	}
	return dir + "/" + name
}

// noteNotOpened tells what the file system said. The client never sees it.
func noteNotOpened(x *handler.Exchange, name string, err error) {
	if x.Tracing() {
		x.Step(trace.FileNotOpened, name, err.Error())
	}
}
