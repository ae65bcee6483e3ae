//go:build js

package host

import (
	"slices"
	"syscall/js"
	"time"

	"vitrine/wasm/idb"
	"vitrine/wasm/intake"
	"vitrine/wasm/sites"
	"vitrine/wasm/words"
)

// restore brings back the sites of earlier visits. Where sites share the
// tool's origin nothing is kept from one visit to the next, or scripts of a
// site would read the handles of all folders that were opened before it.
func (h *Host) restore() {
	if h.origins.Mode == sites.OneOrigin {
		close(h.decided)
		idb.Delete()
		return
	}
	store, err := idb.Open()
	if err == nil {
		store.Lost = h.saveAgain
		h.store = store
		h.checkStore()
	}
	close(h.decided)
	if err != nil {
		h.notice(sites.Notice{Message: sites.NewMessage("notice.storage-off", err.Error()), Bad: true})
		return
	}
	for _, s := range h.sites.All() { // opened before we got here
		h.save(s.ID)
	}
	h.otherPages()
	all, err := store.Sites()
	if err != nil {
		h.notice(sites.Notice{Message: sites.NewMessage("notice.storage-broken", err.Error()), Bad: true})
		return
	}
	for _, s := range all {
		if _, known := h.sites.Site(s.ID); !known {
			h.reopen(s)
		}
	}
}

// save writes a site down, if the browser keeps anything.
func (h *Host) save(id string) {
	if h.store == nil {
		return
	}
	go func() {
		if err := h.saveNow(id); err != nil {
			s, _ := h.sites.Site(id)
			h.notice(sites.Notice{Message: sites.NewMessage("notice.not-kept", s.Name, err.Error()), Site: id, Bad: true})
		}
	}()
}

// checkStore looks whether the browser deleted what is kept whenever the person
// comes back to this page: perhaps from the browser's settings.
func (h *Host) checkStore() {
	js.Global().Get("document").Call("addEventListener", "visibilitychange", js.FuncOf(func(js.Value, []js.Value) any { // lives as long as the page
		go h.store.Check()
		return nil
	}))
}

// saveAgain writes down the sites that are open, after the browser deleted what
// was kept, and says so. Copies are not made a second time.
func (h *Host) saveAgain() {
	for _, s := range h.sites.All() {
		h.sites.Update(s.ID, func(s *sites.Site) { s.CopiedAt = time.Time{} })
		h.save(s.ID)
	}
	h.notice(sites.Notice{Message: sites.NewMessage("notice.storage-deleted")})
}

// savedSite is what of a site is written down.
func (h *Host) savedSite(id string) (idb.Site, bool) {
	s, ok := h.sites.Site(id)
	k := idb.Site{
		ID: s.ID, Name: s.Name, Kind: s.Kind, Created: s.Created,
		Whole: s.Whole, Archive: s.Archive, Copied: s.CopiedAt, NoCopy: s.NoCopy, Hosting: s.Hosting,
	}
	for _, r := range h.folders[id].Roots {
		k.Roots = append(k.Roots, idb.Root{At: r.At, Handle: r.Handle})
	}
	return k, ok
}

// reopen brings back one site.
func (h *Host) reopen(k idb.Site) {
	s, f := h.openSaved(k)
	if s.State == sites.Ready && h.watch.Holds(s.ID) {
		s.State, s.Problem = sites.Held, sites.NewMessage("problem.held", s.Name)
	}
	h.open(s, f)
	if s.State == sites.Ready {
		h.count(s.ID)
	}
}

// openSaved opens the folder of a site that was written down. The state of the
// site says what came of it.
func (h *Host) openSaved(k idb.Site) (s sites.Site, f intake.Folder) {
	s = sites.Site{
		ID: k.ID, Name: k.Name, Kind: k.Kind, State: sites.Ready, Created: k.Created,
		Whole: k.Whole, Archive: k.Archive, NoCopy: k.NoCopy, Hosting: k.Hosting,
	}
	var err error
	switch k.Kind {
	case sites.Handle:
		roots := make([]intake.Root, len(k.Roots))
		for i, r := range k.Roots {
			roots[i] = intake.Root{At: r.At, Handle: r.Handle}
		}
		if f, err = intake.OpenRoots(roots); err == nil && !f.MayRead() {
			s.State, s.Problem = sites.NeedsGrant, needsGrant(s.Name)
		}
	case sites.Sample:
		f, err = intake.Sample()
	default:
		if k.Copied.IsZero() {
			s.State, s.Problem = sites.NeedsFolder, needsFolder(&s)
			break
		}
		list, e := h.store.Files(k.ID)
		if err = e; err == nil {
			s.Kind, s.CopiedAt = sites.Copy, k.Copied
			if f = intake.OpenList(list); k.Archive {
				f = intake.OpenArchive(list)
			}
		}
	}
	if err != nil {
		s.State, s.Problem = sites.Failed, sites.NewMessage("problem.not-opened", s.Name, err.Error())
	}
	return s, f
}

// retry opens a site again that could not be opened.
func (h *Host) retry(id string) {
	all, err := h.store.Sites() // what failed was written down
	at := slices.IndexFunc(all, func(k idb.Site) bool { return k.ID == id })
	if err != nil || at < 0 {
		if s, ok := h.sites.Site(id); ok {
			h.notice(sites.Notice{Message: s.Problem, Site: id, Bad: true})
		}
		return
	}
	s, f := h.openSaved(all[at])
	if s.State == sites.Failed {
		h.notice(sites.Notice{Message: s.Problem, Site: id, Bad: true})
		return
	}
	h.give(id, s.Kind, sites.Given, f)
	h.sites.Update(id, func(site *sites.Site) {
		site.CopiedAt, site.NoCopy, site.Archive = s.CopiedAt, s.NoCopy, s.Archive
	})
	switch s.State {
	case sites.NeedsGrant:
		h.sites.Move(id, sites.Withdrawn, s.Problem)
	case sites.NeedsFolder:
		h.sites.Move(id, sites.Lost, s.Problem)
	default:
		h.count(id)
	}
}

func needsGrant(name string) *sites.Message { return sites.NewMessage("problem.needs-grant", name) }

// needsFolder says why the files of a site are not there any more.
func needsFolder(s *sites.Site) *sites.Message {
	switch s.NoCopy {
	case sites.TooLarge:
		return sites.NewMessage("problem.needs-folder-large", s.Name, words.Count(idb.MaxCopyFiles), words.Count(idb.MaxCopyBytes>>20))
	case sites.Refused:
		return sites.NewMessage("problem.needs-folder-refused", s.Name)
	}
	return sites.NewMessage("problem.needs-folder", s.Name)
}

// Grant asks the browser for permission to read a folder of an earlier visit.
// Call it inside a click.
func (h *Host) Grant(id string) {
	s, ok := h.sites.Site(id)
	if !ok || s.State != sites.NeedsGrant {
		return
	}
	f := h.folders[id]
	wait := f.RequestRead()
	go func() {
		if !wait() {
			h.sites.Move(id, sites.Withdrawn, sites.NewMessage("problem.not-granted", s.Name))
			return
		}
		if !f.MayRead() {
			h.sites.Move(id, sites.Withdrawn, needsGrant(s.Name))
			return
		}
		if _, moved := h.sites.Move(id, sites.Granted, nil); moved {
			h.count(id)
		}
	}()
}
