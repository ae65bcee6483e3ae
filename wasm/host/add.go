//go:build js

package host

import (
	"errors"
	"io/fs"
	"strings"
	"syscall/js"

	"vitrine/wasm/browserfs"
	"vitrine/wasm/promise"
)

// ErrNoPicker says that the browser cannot open a folder by itself: offer
// <input webkitdirectory> and AddFileList.
var ErrNoPicker = errors.New("this browser has no folder picker")

// ErrNothing says that what was dropped holds neither files nor folders.
var ErrNothing = errors.New("there was no file and no folder in what was dropped; text and links cannot be served")

// together is the name of a site made of several things.
const together = "files"

// dropped is one thing that was dropped, in every form the browser has.
type dropped struct{ handle, entry, file js.Value }

// AddDrop takes what was dropped. Call it inside the drop event: what is
// dropped can only be taken then. A folder becomes a site, several folders
// one each; as soon as there are loose files, all becomes one site.
func (h *Host) AddDrop(dataTransfer js.Value) error {
	items := dataTransfer.Get("items")
	var all []dropped
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
		return ErrNothing
	}
	go h.addDropped(all)
	return nil
}

func (h *Host) addDropped(all []dropped) {
	roots := make([]root, 0, len(all))
	for _, d := range all {
		if !d.handle.Truthy() {
			break
		}
		handle, err := promise.Await(d.handle)
		if err != nil || !handle.Truthy() {
			break
		}
		roots = append(roots, root{handle.Get("name").String(), handle, d.entry})
	}
	if len(roots) == len(all) {
		h.addHandles(roots)
		return
	}
	h.addEntries(all)
}

// addHandles makes sites of handles. Where only one site may be open, several
// things are one.
func (h *Host) addHandles(roots []root) {
	for _, r := range roots {
		if !isDirectory(r.handle) || len(roots) > 1 && h.place.mode == OneOrigin {
			h.addRoots(together, roots)
			return
		}
	}
	for _, r := range roots {
		h.addRoots(r.at, []root{{".", r.handle, r.entry}})
	}
}

// addRoots makes a site of handles that are laid together. A folder that is a
// site already is not opened twice: the new handle may be read, the old one
// perhaps not.
func (h *Host) addRoots(name string, roots []root) {
	f, err := handleFolder(roots)
	if err != nil {
		h.notice(Notice{ID: "not-opened", Text: name + " could not be opened (" + err.Error() + ").", Bad: true})
		return
	}
	if s := h.same(name, roots); s != nil {
		h.again(s, f)
		return
	}
	if s := h.add(name, f, Ready); s != nil {
		h.startCount(s)
	}
}

// again gives a site its folder anew.
func (h *Host) again(s *site, f folder) {
	h.mu.Lock()
	s.folder, s.Kind = f, f.kind()
	h.mu.Unlock()
	h.reopened(s, Ready)
	h.save(s)
	h.startCount(s)
}

// reopened moves a site to a state in which it is served; one that was held
// back is loaded again.
func (h *Host) reopened(s *site, state State) {
	held := s.State == Held
	h.set(s, state, "")
	if held {
		h.watch.forget(s.ID)
		h.openBridge(s)
	}
}

// same finds the site of the same folder, or the one of that name which waits
// for its folder.
func (h *Host) same(name string, roots []root) *site {
	for _, s := range h.all() {
		if s.State == NeedsFolder && s.Name == name {
			return s
		}
		if len(roots) != 1 || len(s.folder.handles) != 1 || s.folder.handles[0].at != roots[0].at {
			continue
		}
		same, err := promise.Call(s.folder.handles[0].handle, "isSameEntry", roots[0].handle)
		if err == nil && same.Bool() {
			return s
		}
	}
	return nil
}

// AddPicker lets the person choose a folder. Call it inside a click.
func (h *Host) AddPicker() error {
	if js.Global().Get("showDirectoryPicker").Type() != js.TypeFunction {
		return ErrNoPicker
	}
	chosen, err := promise.Try(func() js.Value {
		return js.Global().Call("showDirectoryPicker", map[string]any{"id": "vitrine", "mode": "read"})
	})
	if err != nil {
		return err
	}
	go func() {
		handle, err := promise.Await(chosen)
		switch {
		case promise.Is(err, "AbortError"): // changed their mind
		case err != nil:
			h.notice(Notice{ID: "picker-failed", Text: "The browser did not open the folder (" + err.Error() + "). Drop it on this page instead.", Bad: true})
		default:
			h.addHandles([]root{{at: handle.Get("name").String(), handle: handle}})
		}
	}()
	return nil
}

// AddFileList takes the files of an <input webkitdirectory>.
func (h *Host) AddFileList(fileList js.Value) error {
	n := fileList.Length()
	if n == 0 {
		return ErrNothing
	}
	// The input may be emptied as soon as we return.
	files := js.Global().Get("Array").Call("from", fileList)
	name := together
	if first, _, ok := strings.Cut(files.Index(0).Get("webkitRelativePath").String(), "/"); ok {
		name = first
	}
	go h.read(name, nil, func(r *reader) {
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
	})
	return nil
}

// AddSample opens the built-in site, or leaves it open.
func (h *Host) AddSample() error {
	for _, s := range h.all() {
		if s.Kind == Sample {
			return nil
		}
	}
	f, err := sampleFolder()
	if err != nil {
		return err
	}
	go func() {
		if s := h.add("sample", f, Ready); s != nil {
			h.startCount(s)
		}
	}()
	return nil
}

// reader fills a list with files, as a walk that can be watched and stopped.
type reader struct {
	*count
	list *browserfs.List
	dirs map[string]bool
}

// add takes one file and reports whether to go on.
func (r *reader) add(name string, file js.Value) bool {
	if err := r.list.Add(name, file); err != nil {
		return true // a name that no path can have
	}
	dir, ok := ".", true
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		dir = name[:i]
		for end := len(dir); end > 0 && !r.dirs[dir[:end]]; end = max(0, strings.LastIndexByte(dir[:end], '/')) {
			r.dirs[dir[:end]] = true
			ok = r.entry(dir, true, 0)
		}
	}
	return ok && r.entry(dir, false, int64(file.Get("size").Float()))
}

// read makes a site of files that f hands over one by one. It is served when
// all are read or reading was cancelled; or at once from fsys, if that is not
// nil.
func (h *Host) read(name string, fsys fs.FS, f func(*reader)) {
	list := new(browserfs.List)
	state, from := Ready, folder{fsys: fsys, list: list}
	if fsys == nil {
		state, from.fsys = Reading, list
	}
	s := h.same(name, nil)
	if s == nil {
		if s = h.add(name, from, state); s == nil {
			return
		}
	} else {
		h.mu.Lock()
		s.folder, s.Kind = from, Files
		h.mu.Unlock()
		h.reopened(s, state)
	}
	r := &reader{count: h.begin(s), list: list, dirs: make(map[string]bool)}
	index := fsys != nil && hasIndex(fsys)
	h.mu.Lock()
	s.Index = index
	h.mu.Unlock()
	f(r)
	r.end()
	index = hasIndex(from.fsys)
	h.mu.Lock()
	s.Index = index
	if s.State == Reading {
		s.setState(Ready, "")
	}
	small := s.Files <= MaxCopyFiles && s.Bytes <= MaxCopyBytes && !s.Cut
	h.mu.Unlock()
	h.changed()
	if small && h.store != nil {
		h.copyFiles(s)
	}
}
