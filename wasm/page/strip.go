//go:build js

package main

import (
	"vitrine/wasm/page/markup"
	"vitrine/wasm/page/view"
	"vitrine/wasm/page/words"
	"vitrine/wasm/sites"
)

// strip says what the site in front is made of, and how far reading it is.
type strip struct{ region }

func (s *strip) draw(site *sites.Site) {
	if site == nil {
		s.show(nil)
		return
	}
	b := append([]byte(nil), `<b>`...)
	b = markup.Text(b, site.Name)
	b = append(b, `</b><span class="grow quiet">`...)
	if site.State == sites.Ready {
		b = counts(b, site)
		for _, fact := range facts(site) {
			b = append(b, `<span>`...)
			b = markup.Text(b, fact)
			b = append(b, `</span>`...)
		}
	}
	if site.SharesOrigin {
		b = append(b, `<button type="button" class="warn" data-act="origin" id="strip-origin"><svg class="i" aria-hidden="true"><use href="#i-warn"/></svg>`+words.SharesOrigin+`</button>`...)
	}
	b = append(b, `</span>`...)
	switch {
	case site.State == sites.Ready && !site.Counted:
		b = button(b, "cancel", "strip-cancel", words.Cancel)
	case site.State == sites.Ready && site.Kind != sites.Sample && site.Kind != sites.Copy:
		b = button(b, "rescan", "strip-rescan", words.Rescan)
	}
	if site.State == sites.Ready {
		b = button(b, "remove", "strip-remove", words.Remove)
	}
	s.show(b)
}

// counts appends what was found so far. Nobody knows the total, so there is
// no percentage.
func counts(b []byte, site *sites.Site) []byte {
	b = append(b, `<span>`...)
	b = append(b, view.Plural(int64(site.Files), words.File, words.Files)...)
	if site.Dirs > 0 {
		b = append(b, " in "...)
		b = append(b, view.Plural(int64(site.Dirs), words.Dir, words.Dirs)...)
	}
	b = append(b, ", "...)
	if site.MoreBytes {
		b = append(b, words.MoreThan...)
	}
	b = append(b, view.Size(site.Bytes)...)
	b = append(b, `</span>`...)
	if !site.Counted {
		b = append(b, `<span><progress aria-label="`+words.Reading+`"></progress></span>`...)
		b = append(b, `<span class="folder"><span class="mid"><span>`...)
		head, tail := view.SplitTail(site.Folder)
		b = markup.Bytes(b, head, markup.UTF8)
		b = append(b, `</span><span>`...)
		b = markup.Bytes(b, tail, markup.UTF8)
		b = append(b, `</span></span></span>`...)
	}
	return b
}

// facts are the things worth knowing of a site that is served.
func facts(site *sites.Site) (list []string) {
	if site.Cut {
		list = append(list, words.CountCut)
	}
	switch site.Kind {
	case sites.Copy:
		list = append(list, words.CopiedAt+site.CopiedAt.Local().Format("2 Jan 15:04"))
	case sites.Sample:
		list = append(list, words.SampleKind)
	}
	if site.Index {
		list = append(list, words.IndexFound)
	} else if site.Counted {
		list = append(list, words.IndexNone)
	}
	return list
}

func button(b []byte, act, id, label string) []byte {
	return append(b, `<button type="button" data-act="`+act+`" id="`+id+`">`+label+`</button>`...)
}
