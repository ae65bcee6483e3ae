//go:build js

package intake

import (
	"strings"
	"syscall/js"

	"vitrine/wasm/browserfs"
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
	fsys := archiveFile(file)
	return Source{
		Name:    archiveName(file.Get("name").String()),
		Whole:   true,
		Frozen:  true,
		FS:      fsys,
		Read:    func(r *Reader) { walkFS(r.walk, fsys) },
		Archive: file,
	}
}

// archiveFile is the content of an archive of which there is a File.
func archiveFile(file js.Value) *zipfs.FS {
	return zipfs.New(func() (js.Value, error) { return file, browserfs.Unchanged(file) })
}

// OpenArchive is the folder in the archive that a list has as its only file.
func OpenArchive(l *browserfs.List) (f Folder) {
	l.Each(func(_ string, file js.Value) bool {
		f.FS = archiveFile(file)
		return false
	})
	return f
}
