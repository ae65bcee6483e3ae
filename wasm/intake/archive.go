//go:build js

package intake

import (
	"strings"
	"syscall/js"

	"vitrine/wasm/promise"
	"vitrine/wasm/zipfs"
)

// A zip archive that is dropped alone is a folder. Beside other files it is a
// file.

const archiveEnding = ".zip"

func isArchive(name string) bool {
	return len(name) > len(archiveEnding) && strings.EqualFold(name[len(name)-len(archiveEnding):], archiveEnding)
}

// archiveName is the name of the site of an archive.
func archiveName(name string) string { return name[:len(name)-len(archiveEnding)] }

// archiveOf is the content of the archive behind a handle.
func archiveOf(handle js.Value) *zipfs.FS {
	return zipfs.New(func() (js.Value, error) { return promise.Call(handle, "getFile") })
}

// archiveSource is an archive in a browser without handles.
func archiveSource(file js.Value) Source {
	fsys := zipfs.New(func() (js.Value, error) { return file, nil })
	return Source{
		Name:   archiveName(file.Get("name").String()),
		FS:     fsys,
		Read:   func(r *Reader) { walkFS(r.walk, fsys) },
		NoCopy: true,
	}
}
