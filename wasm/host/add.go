//go:build js

package host

import (
	"strconv"
	"syscall/js"
	"time"

	"vitrine/wasm/browserfs"
	"vitrine/wasm/intake"
	"vitrine/wasm/sites"
	"vitrine/wasm/words"
)

// AddDrop takes what was dropped. Call it inside the drop event. A folder
// becomes a site, several folders one each; as soon as there are loose files,
// all becomes one site.
func (h *Host) AddDrop(dataTransfer js.Value) error {
	dropped, err := intake.TakeDrop(dataTransfer)
	if err != nil {
		return err
	}
	go func() { h.addAll(dropped.Sources(h.origins.Mode == sites.OneOrigin), "") }()
	return nil
}

// AddPicker lets the person choose a folder. Call it inside a click. again is
// the site whose folder is asked for, "" if it is a new one.
func (h *Host) AddPicker(again string) error {
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
		h.addAll(chosen, again)
	}()
	return nil
}

// AddFileList takes the files of an <input webkitdirectory>; again is as for
// AddPicker.
func (h *Host) AddFileList(fileList js.Value, again string) error {
	source, err := intake.TakeFileList(fileList)
	if err != nil {
		return err
	}
	source.Name = nameOf(&source)
	go h.read(source, again)
	return nil
}

// nameOf names a site: for the folder or the file, or for the first of several.
func nameOf(s *intake.Source) string {
	if s.More == 0 {
		return s.Name
	}
	return words.Say("site.and-more", s.Name, strconv.Itoa(s.More))
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
func (h *Host) addAll(sources []intake.Source, again string) {
	for _, s := range sources {
		s.Name = nameOf(&s)
		if s.Roots == nil {
			go h.read(s, again)
			continue
		}
		h.addRoots(s, again)
	}
}

// addRoots makes a site of handles. A folder that is a site already is not
// opened twice: the new handle may be read, the old one perhaps not.
func (h *Host) addRoots(source intake.Source, again string) {
	f, err := intake.OpenRoots(source.Roots)
	if err != nil {
		h.notice(sites.Notice{Message: sites.NewMessage("notice.not-opened", source.Name, err.Error()), Bad: true})
		return
	}
	id := h.place(source, sites.Handle, sites.Given, f, again)
	if id == "" {
		if id = h.add(source.Name, sites.Handle, sites.Ready, f); id == "" {
			return
		}
		h.sites.Update(id, func(s *sites.Site) { s.Whole = source.Whole })
	}
	h.save(id)
	h.count(id)
}

// same finds the site of the same folder, the one of that name which waits for
// its folder, or the one whose files came from a folder of that name: without
// handles a browser tells no more of a folder than that.
func (h *Host) same(source intake.Source) (found sites.Site, ok bool) {
	for _, s := range h.sites.All() {
		named := s.Name == source.Name
		if named && s.State == sites.NeedsFolder {
			return s, true
		}
		if named && source.Whole && s.Whole && (s.Kind == sites.Files || s.Kind == sites.Copy) {
			return s, true
		}
		if f := h.folders[s.ID]; f.Same(source.Roots) {
			return s, true
		}
	}
	return found, false
}

// place gives a folder to the site that it belongs to, and tells the person if
// only its name says so. It returns "" if there is no such site.
func (h *Host) place(source intake.Source, kind sites.Kind, event sites.Event, f intake.Folder, again string) (id string) {
	s, ok := h.same(source)
	if !ok {
		if asked, there := h.sites.Site(again); there {
			h.notice(sites.Notice{Message: sites.NewMessage("notice.other-folder", source.Name, asked.Name)})
		}
		return ""
	}
	byName := s.State == sites.Ready && (s.Kind == sites.Files || s.Kind == sites.Copy)
	h.give(s.ID, kind, event, f)
	h.sites.Update(s.ID, func(s *sites.Site) {
		s.Whole = source.Whole
		if byName {
			s.Renewed++
		}
	})
	if byName && s.ID != again {
		h.notice(sites.Notice{Message: sites.NewMessage("notice.opened-again", s.Name), Site: s.ID})
	}
	return s.ID
}

// give gives a site its folder again. One that was held back is loaded.
func (h *Host) give(id string, kind sites.Kind, event sites.Event, f intake.Folder) {
	h.folders[id] = f
	h.sites.Update(id, func(s *sites.Site) {
		s.Kind, s.Archive, s.NoCopy = kind, false, sites.NotMade
		s.CopiedAt, s.ListedAt = time.Time{}, time.Time{}
	})
	if from, moved := h.sites.Move(id, event, nil); moved && from == sites.Held {
		h.unhold(id)
	}
	h.bridges.Renew(id) // what its worker was given is not of these files
}

// read makes a site of files that are handed over one by one. It is served
// when all are read or reading was cancelled, unless the source can be served
// at once.
func (h *Host) read(source intake.Source, again string) {
	list := new(browserfs.List)
	state, event, f := sites.Ready, sites.Given, intake.Folder{FS: source.FS, List: list}
	if f.FS == nil {
		state, event, f.FS = sites.Reading, sites.GivenFiles, list
	}
	id := h.place(source, sites.Files, event, f, again)
	if id == "" {
		if id = h.add(source.Name, sites.Files, state, f); id == "" {
			return
		}
	}
	h.sites.Update(id, func(s *sites.Site) {
		s.Whole, s.Archive = source.Whole, source.Archive.Truthy()
		if source.Frozen {
			s.ListedAt = time.Now()
		}
	})
	walk := h.sites.Begin(id)
	if walk == nil {
		return // it was closed
	}
	index := source.FS != nil && f.HasIndex()
	h.sites.Update(id, func(s *sites.Site) { s.Index = index })
	source.Read(intake.NewReader(walk, list))
	if !walk.End() {
		return // it was closed, or its folder was opened again
	}
	index = f.HasIndex()
	h.sites.Update(id, func(s *sites.Site) { s.Index = index })
	h.sites.Move(id, sites.Listed, nil)
	<-h.decided
	if s, ok := h.sites.Site(id); ok && h.store != nil {
		h.keep(s, source, list)
	}
}
