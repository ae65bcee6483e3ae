//go:build js

package intake

import (
	"io/fs"
	"time"

	"vitrine/web"
)

// Sample is the built-in site. It is in memory already, as part of this
// program: hackpadfs/mem would hold a second copy and link package fmt, which
// together cost the page 107 kB after brotli.
func Sample() (Folder, error) {
	built, err := fs.Sub(web.Sample, "sample")
	return Folder{FS: dated{built}}, err
}

// sampleTime is the last change of every file of the sample site: embedded
// files have none, and without one there is no Last-Modified to teach with.
var sampleTime = time.Date(2026, time.November, 1, 12, 0, 0, 0, time.UTC)

// dated gives files a time.
type dated struct{ fs.FS }

func (d dated) Open(name string) (fs.File, error) {
	f, err := d.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if dir, ok := f.(fs.ReadDirFile); ok {
		return dir, nil
	}
	return datedFile{f}, nil
}

type datedFile struct{ fs.File }

func (f datedFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	return datedInfo{info}, err
}

type datedInfo struct{ fs.FileInfo }

func (datedInfo) ModTime() time.Time { return sampleTime }
