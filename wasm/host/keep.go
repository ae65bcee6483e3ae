//go:build js

package host

import (
	"errors"
	"time"

	"vitrine/wasm/browserfs"
	"vitrine/wasm/idb"
	"vitrine/wasm/intake"
	"vitrine/wasm/sites"
)

// keep copies the files of a site for the next visit, or writes down why there
// is no copy. One site is copied at a time. list is the one that was read from
// source: a site whose folder was opened again has another.
func (h *Host) keep(s sites.Site, source intake.Source, list *browserfs.List) {
	h.keeping.Lock()
	defer h.keeping.Unlock()
	current := func() bool { return h.folders[s.ID].List == list }
	if !current() {
		return
	}
	files, n, size := list, s.Files, s.Bytes
	if source.Archive.Truthy() {
		files, n, size = new(browserfs.List), 1, int64(source.Archive.Get("size").Float())
		files.Add(source.Archive.Get("name").String(), source.Archive)
	}
	large := n > idb.MaxCopyFiles || size > idb.MaxCopyBytes
	copies := !large && !s.Cut // who cancels reading does not want all of it
	// While a copy is made, or where none will be, what is written down has none.
	h.sites.Update(s.ID, func(s *sites.Site) {
		if large {
			s.NoCopy = sites.TooLarge
		}
	})
	err := h.saveNow(s.ID)
	if err == nil && copies {
		err = h.store.Copy(s.ID, files)
	}
	if !current() || !copies || err != nil {
		h.store.RemoveCopy(s.ID)
	}
	if !current() || !copies && err == nil {
		return
	}
	h.sites.Update(s.ID, func(s *sites.Site) {
		switch {
		case err == nil:
			s.CopiedAt = time.Now()
		case !errors.Is(err, browserfs.ErrChanged):
			s.NoCopy = sites.Refused
		}
	})
	if e := h.saveNow(s.ID); err == nil {
		err = e
	}
	if err != nil {
		h.notice(sites.Notice{Message: sites.NewMessage("notice.not-copied", s.Name, err.Error()), Site: s.ID, Bad: true})
	}
}

// saveNow writes a site down. One that was closed is not there any more.
func (h *Host) saveNow(id string) error {
	s, ok := h.savedSite(id)
	if !ok {
		return nil
	}
	return h.store.Save(s)
}
