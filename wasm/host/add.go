//go:build js

package host

import (
	"syscall/js"
	"time"

	"vitrine/wasm/browserfs"
	"vitrine/wasm/idb"
	"vitrine/wasm/intake"
	"vitrine/wasm/sites"
)

// AddDrop takes what was dropped. Call it inside the drop event. A folder
// becomes a site, several folders one each; as soon as there are loose files,
// all becomes one site.
func (h *Host) AddDrop(dataTransfer js.Value) error {
	dropped, err := intake.TakeDrop(dataTransfer)
	if err != nil {
		return err
	}
	go func() { h.addAll(dropped.Sources(h.origins.Mode == sites.OneOrigin)) }()
	return nil
}

// AddPicker lets the person choose a folder. Call it inside a click.
func (h *Host) AddPicker() error {
	wait, err := intake.Pick()
	if err != nil {
		return err
	}
	go func() {
		chosen, err := wait()
		if err != nil {
			h.notice(sites.Notice{Message: sites.NewMessage("notice.picker-failed", err.Error()), Bad: true})
			return
		}
		h.addAll(chosen)
	}()
	return nil
}

// AddFileList takes the files of an <input webkitdirectory>.
func (h *Host) AddFileList(fileList js.Value) error {
	source, err := intake.TakeFileList(fileList)
	if err != nil {
		return err
	}
	go h.read(source)
	return nil
}

// AddSample opens the built-in site, or leaves it open.
func (h *Host) AddSample() error {
	for _, s := range h.sites.All() {
		if s.Kind == sites.Sample {
			return nil
		}
	}
	f, err := intake.Sample()
	if err != nil {
		return err
	}
	go func() {
		if id := h.add("sample", sites.Sample, sites.Ready, f); id != "" {
			h.count(id)
		}
	}()
	return nil
}

// addAll makes sites: of handles one after the other, of files, which have to
// be read, side by side.
func (h *Host) addAll(sources []intake.Source) {
	for _, s := range sources {
		if s.Roots == nil {
			go h.read(s)
			continue
		}
		h.addRoots(s)
	}
}

// addRoots makes a site of handles. A folder that is a site already is not
// opened twice: the new handle may be read, the old one perhaps not.
func (h *Host) addRoots(source intake.Source) {
	f, err := intake.OpenRoots(source.Roots)
	if err != nil {
		h.notice(sites.Notice{Message: sites.NewMessage("notice.not-opened", source.Name, err.Error()), Bad: true})
		return
	}
	id := h.same(source)
	if id == "" {
		if id = h.add(source.Name, sites.Handle, sites.Ready, f); id != "" {
			h.count(id)
		}
		return
	}
	h.give(id, sites.Handle, sites.Given, f)
	h.save(id)
	h.count(id)
}

// same finds the site of the same folder, or the one of that name which waits
// for its folder.
func (h *Host) same(source intake.Source) (id string) {
	for _, s := range h.sites.All() {
		if s.State == sites.NeedsFolder && s.Name == source.Name {
			return s.ID
		}
		if f := h.folders[s.ID]; f.Same(source.Roots) {
			return s.ID
		}
	}
	return ""
}

// give gives a site its folder again. One that was held back is loaded.
func (h *Host) give(id string, kind sites.Kind, event sites.Event, f intake.Folder) {
	h.folders[id] = f
	h.sites.Update(id, func(s *sites.Site) { s.Kind, s.CopiedAt = kind, time.Time{} })
	if from, moved := h.sites.Move(id, event, nil); moved && from == sites.Held {
		h.unhold(id)
	}
}

// read makes a site of files that are handed over one by one. It is served
// when all are read or reading was cancelled, unless the source can be served
// at once.
func (h *Host) read(source intake.Source) {
	list := new(browserfs.List)
	state, event, f := sites.Ready, sites.Given, intake.Folder{FS: source.FS, List: list}
	if f.FS == nil {
		state, event, f.FS = sites.Reading, sites.GivenFiles, list
	}
	id := h.same(source)
	if id != "" {
		h.give(id, sites.Files, event, f)
	} else if id = h.add(source.Name, sites.Files, state, f); id == "" {
		return
	}
	walk := h.sites.Begin(id)
	if walk == nil {
		return // it was closed
	}
	index := source.FS != nil && f.HasIndex()
	h.sites.Update(id, func(s *sites.Site) { s.Index = index })
	source.Read(intake.NewReader(walk, list))
	walk.End()
	index = f.HasIndex()
	h.sites.Update(id, func(s *sites.Site) { s.Index = index })
	h.sites.Move(id, sites.Listed, nil)
	s, ok := h.sites.Site(id)
	if ok && !source.NoCopy && s.Files <= idb.MaxCopyFiles && s.Bytes <= idb.MaxCopyBytes && !s.Cut && h.store != nil {
		h.copyFiles(s, list)
	}
}

// copyFiles copies the files of a site for the next visit.
func (h *Host) copyFiles(s sites.Site, list *browserfs.List) {
	err := h.store.Copy(s.ID, list)
	if err == nil {
		h.sites.Update(s.ID, func(s *sites.Site) { s.CopiedAt = time.Now() })
		saved, ok := h.savedSite(s.ID)
		if !ok { // closed in the meantime
			h.store.Remove(s.ID)
			return
		}
		err = h.store.Save(saved)
	}
	if err != nil {
		h.store.RemoveCopy(s.ID)
		h.notice(sites.Notice{Message: sites.NewMessage("notice.not-copied", s.Name, err.Error()), Site: s.ID, Bad: true})
	}
}
