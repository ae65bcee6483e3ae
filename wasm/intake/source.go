//go:build js

package intake

import (
	"errors"
	"io/fs"
	"strings"
	"syscall/js"

	"vitrine/wasm/browserfs"
	"vitrine/wasm/promise"
)

// ErrNoPicker says that the browser cannot open a folder by itself: offer
// <input webkitdirectory> and TakeFileList.
var ErrNoPicker = errors.New("this browser has no folder picker")

// ErrNothing says that what was dropped holds neither files nor folders.
var ErrNothing = errors.New("there was no file and no folder in what was dropped; text and links cannot be served")

// Source is what becomes one site: handles, or files that are still to be
// read.
type Source struct {
	Name string
	// More is how many things it is made of beside the one of that name.
	More int
	// Whole says that it is one folder, or one archive, of that name: what a
	// browser without handles tells of it when it is opened again.
	Whole bool
	// Frozen says that the files are served as they were when they were handed
	// over, whatever becomes of the disk.
	Frozen bool
	Roots  []Root // nil if there are files to read

	// FS serves the files while they are read; nil if they are served after
	// that. Read reads them.
	FS   fs.FS
	Read func(*Reader)
	// Archive is the File that FS is the content of, if it is an archive: it is
	// copied as it is. Read only counts then.
	Archive js.Value
}

// Dropped is what was dropped.
type Dropped []dropped

// dropped is one thing that was dropped, in every form the browser has.
type dropped struct{ handle, entry, file js.Value }

// TakeDrop takes what was dropped. Call it within the drop event.
func TakeDrop(dataTransfer js.Value) (Dropped, error) {
	items := dataTransfer.Get("items")
	var all Dropped
	for i := range items.Length() {
		item := items.Index(i)
		if item.Get("kind").String() != "file" {
			continue
		}
		var d dropped
		if item.Get("getAsFileSystemHandle").Type() == js.TypeFunction {
			d.handle = item.Call("getAsFileSystemHandle") // a promise
		}
		if item.Get("webkitGetAsEntry").Type() == js.TypeFunction {
			d.entry = item.Call("webkitGetAsEntry")
		}
		d.file = item.Call("getAsFile")
		all = append(all, d)
	}
	if len(all) == 0 {
		return nil, ErrNothing
	}
	return all, nil
}

// Sources waits for what was dropped. A folder becomes a site, several folders
// one each; as soon as there are loose files, or only one site may be open, all
// becomes one.
func (all Dropped) Sources(one bool) []Source {
	roots := make([]Root, 0, len(all))
	for _, d := range all {
		if !d.handle.Truthy() {
			break
		}
		handle, err := promise.Await(d.handle)
		if err != nil || !handle.Truthy() {
			break
		}
		roots = append(roots, Root{handle.Get("name").String(), handle, d.entry})
	}
	if len(roots) == len(all) {
		return handleSources(roots, one)
	}
	return all.entrySources(one)
}

func handleSources(roots []Root, one bool) []Source {
	if len(roots) == 1 && !roots[0].isDirectory() && isArchive(roots[0].At) {
		r := roots[0]
		return []Source{{Name: archiveName(r.At), Whole: true, Roots: []Root{{".", r.Handle, r.Entry}}}}
	}
	for i := range roots {
		if !roots[i].isDirectory() || len(roots) > 1 && one {
			return []Source{{Name: roots[0].At, More: len(roots) - 1, Roots: roots}}
		}
	}
	sources := make([]Source, len(roots))
	for i, r := range roots {
		sources[i] = Source{Name: r.At, Whole: true, Roots: []Root{{".", r.Handle, r.Entry}}}
	}
	return sources
}

// entrySources makes sources in a browser without handles, of File and
// Directory Entries, or of the plain files where there are not even those. A
// folder is served from its entry at once; that it is read all the same is for
// the count and the copy.
func (all Dropped) entrySources(one bool) []Source {
	if len(all) == 1 && all[0].file.Truthy() && isArchive(all[0].file.Get("name").String()) {
		return []Source{archiveSource(all[0].file)}
	}
	for _, d := range all {
		if !d.entry.Truthy() || d.entry.Get("isFile").Bool() || len(all) > 1 && one {
			return []Source{{Name: all[0].name(), More: len(all) - 1, Frozen: true, Read: all.read}}
		}
	}
	sources := make([]Source, len(all))
	for i, d := range all {
		sources[i] = Source{
			Name:  d.entry.Get("name").String(),
			Whole: true,
			FS:    browserfs.NewEntries(d.entry),
			Read:  func(r *Reader) { r.entries(".", d.entry) },
		}
	}
	return sources
}

func (d *dropped) name() string {
	if d.entry.Truthy() {
		return d.entry.Get("name").String()
	}
	return d.file.Get("name").String()
}

// read reads loose files and folders into one site.
func (all Dropped) read(r *Reader) {
	for _, d := range all {
		switch {
		case d.entry.Truthy() && d.entry.Get("isDirectory").Bool():
			r.entries(d.entry.Get("name").String(), d.entry)
		case d.file.Truthy():
			r.add(d.file.Get("name").String(), d.file)
		}
	}
}

// HasPicker reports whether the browser can open a folder by itself.
func HasPicker() bool { return js.Global().Get("showDirectoryPicker").Type() == js.TypeFunction }

// Pick lets the person choose a folder. Call it within a click; wait returns
// no sources if they changed their mind.
func Pick() (wait func() ([]Source, error), err error) {
	if !HasPicker() {
		return nil, ErrNoPicker
	}
	chosen, err := promise.Try(func() js.Value {
		return js.Global().Call("showDirectoryPicker", map[string]any{"id": "vitrine", "mode": "read"})
	})
	if err != nil {
		return nil, err
	}
	return func() ([]Source, error) {
		handle, err := promise.Await(chosen)
		if promise.Is(err, "AbortError") {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		return handleSources([]Root{{At: handle.Get("name").String(), Handle: handle}}, false), nil
	}, nil
}

// TakeFileList takes the files of an <input webkitdirectory>, which may be
// emptied as soon as it returns.
func TakeFileList(fileList js.Value) (Source, error) {
	n := fileList.Length()
	if n == 0 {
		return Source{}, ErrNothing
	}
	files := js.Global().Get("Array").Call("from", fileList)
	more := 0
	name, _, whole := strings.Cut(files.Index(0).Get("webkitRelativePath").String(), "/")
	if !whole {
		name, more = files.Index(0).Get("name").String(), n-1
	}
	return Source{Name: name, More: more, Whole: whole, Frozen: true, Read: func(r *Reader) {
		for i := range n {
			file := files.Index(i)
			at := file.Get("webkitRelativePath").String()
			if _, below, ok := strings.Cut(at, "/"); ok {
				at = below
			}
			if at == "" {
				at = file.Get("name").String()
			}
			if !r.add(at, file) {
				return
			}
		}
	}}, nil
}
