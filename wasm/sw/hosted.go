//go:build js

package main

import (
	"io/fs"

	"vitrine/core/handler"
	"vitrine/core/middleware/fallback"
	"vitrine/core/site"
)

// hosted is a site for one request, with the options of the page: how it will
// be hosted. A worker that was just started does not know them before the page
// has said something, so they are taken at its first response. What is decided
// before that, no option changes.
type hosted struct {
	site     *site.Site
	fallback fallback.Fallback

	learned bool
	changes int // as source.options has it
}

func newHosted(fsys fs.FS) *hosted {
	s := site.New(fsys)
	s.IndexPages = indexPages
	s.PageStyle = site.QuietStyle
	return &hosted{site: s, fallback: fallback.Fallback{Site: s}}
}

func (h *hosted) handler() handler.Handler { return handler.Wrap(h.site, h.fallback.Wrap) }

// learn takes the options behind a response of src.
func (h *hosted) learn(src source) {
	if h.learned {
		return
	}
	h.learned = true
	options, changes := src.options()
	h.changes = changes
	h.site.ExtraFields = options.Fields
	h.fallback.CleanURLs, h.fallback.File = options.CleanURLs, options.Unknown.File()
}

// current reports whether the options are still those of the page: a response
// that was made by others is not given again.
func (h *hosted) current(src source) bool {
	_, changes := src.options()
	return h.learned && h.changes == changes
}
