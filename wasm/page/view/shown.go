package view

import (
	"slices"
	"strings"

	"vitrine/core/trace"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// maxNames bounds the names of field lines of which Shown knows: a page may
// have its loads carry any.
const maxNames = 40

// Shown is what a browser showed service workers of its requests, found out
// from the requests themselves. The zero value has seen none.
type Shown struct {
	page, part seen // of pages, and of what pages load
	beside     []string
}

// seen is what was shown of one kind of request.
type seen struct {
	requests int64
	names    []string // of field lines, in order
}

// Add takes an exchange into account. What a script fetches is left out: it
// may have fields of the script's.
func (s *Shown) Add(r *trace.Record) {
	if r.Source != trace.Rebuilt || r.Browser.Destination == "" {
		return
	}
	if r.Browser.Mode == "navigate" {
		s.page.add(r)
	} else {
		s.part.add(r)
	}
	for _, f := range [...][2]string{
		{"mode", r.Browser.Mode}, {"destination", r.Browser.Destination}, {"cache", r.Browser.Cache},
		{"redirect", r.Browser.Redirect}, {"referrer", r.Browser.Referrer},
	} {
		if f[1] != "" && !slices.Contains(s.beside, f[0]) {
			s.beside = append(s.beside, f[0])
		}
	}
}

func (k *seen) add(r *trace.Record) {
	k.requests++
	for _, f := range r.Request.Fields {
		// Two are written by the worker's program, from the URL and the content.
		name := f.Name.Text
		if name == "Host" || name == "Content-Length" || len(k.names) >= maxNames {
			continue
		}
		if at, found := slices.BinarySearch(k.names, name); !found {
			k.names = slices.Insert(k.names, at, name)
		}
	}
}

// Append appends what was found out, an item each.
func (s *Shown) Append(l *fragment.List) {
	if s.page.requests+s.part.requests == 0 {
		l.Put("shows-item", words.Say("shows.nothing"))
		return
	}
	if s.page.requests > 0 {
		l.Put("shows-item", words.Say("shows.page", words.Plural("requests", s.page.requests), s.page.text()))
	}
	if s.part.requests > 0 {
		l.Put("shows-item", words.Say("shows.part", words.Plural("requests", s.part.requests), s.part.text()))
	}
	l.Put("shows-item", words.Say("shows.beside", strings.Join(s.beside, ", ")))
}

func (k *seen) text() string {
	if len(k.names) == 0 {
		return words.Say("shows.none")
	}
	return Clip(strings.Join(k.names, ", "), maxLine)
}
