//go:build js

package main

import (
	"strconv"
	"strings"

	"vitrine/wasm/hosting"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/view"
	"vitrine/wasm/sites"
	"vitrine/wasm/words"
)

// siteBar says what the site in front is made of, and how far reading it is.
// Its buttons are drawn apart: while a site is counted the facts are drawn
// several times a second, and a button that is replaced while it is pressed is
// not clicked.
type siteBar struct{ facts, acts region }

func (b *siteBar) draw(site *sites.Site) {
	var facts, acts fragment.List
	if site != nil {
		describe(&facts, site)
		buttons(&acts, site)
	}
	button := byID("bar-hosting")
	setHidden(button, site == nil || site.State != sites.Ready)
	if site != nil {
		setText(button, words.Say("hosting.unknown", unknownPath(&site.Hosting)))
	}
	b.facts.show(&facts)
	b.acts.show(&acts)
}

func describe(l *fragment.List, site *sites.Site) {
	l.Put("bar-name", site.Name)
	l.Open("bar-facts")
	if site.State == sites.Ready {
		counts(l, site)
		for _, fact := range facts(site) {
			l.Put("bar-fact", fact)
		}
	}
	if site.Worker.State == sites.WorkerElsewhere {
		l.Put("bar-elsewhere", "")
	}
	if site.SharesOrigin {
		l.Put("bar-origin", "")
	}
	l.Close()
}

func buttons(l *fragment.List, site *sites.Site) {
	ready := site.State == sites.Ready
	if site.Worker.State == sites.WorkerElsewhere {
		l.Put("bar-here", "")
	}
	switch {
	case ready && !site.Counted:
		l.Put("bar-cancel", "")
	case ready && site.CanReadAgain():
		l.Open("bar-rescan")
		if site.Frozen() {
			l.Attr("title", openTitle)
		}
		l.Close()
	}
}

// counts appends what was found so far. The total is not known, so there is
// no percentage.
func counts(l *fragment.List, site *sites.Site) {
	files, size := words.Plural("files", int64(site.Files)), view.Size(site.Bytes)
	if site.MoreBytes {
		size = words.Say("site.more-than", size)
	}
	if site.Dirs > 0 {
		l.Put("bar-fact", words.Say("site.count-folders", files, words.Plural("folders", int64(site.Dirs)), size))
	} else {
		l.Put("bar-fact", words.Say("site.count", files, size))
	}
	if !site.Counted {
		head, tail := view.SplitTail(site.Folder)
		l.Open("bar-reading")
		l.Slot("head")
		l.Bytes(head, fragment.UTF8)
		l.Slot("tail")
		l.Bytes(tail, fragment.UTF8)
		l.Close()
	}
}

// facts are the things worth knowing of a site that is served.
func facts(site *sites.Site) (list []string) {
	if site.Cut {
		list = append(list, words.Say("site.cut"))
	}
	switch {
	case site.Kind == sites.Copy:
		at := site.CopiedAt.Local()
		_, month, day := at.Date()
		list = append(list, words.Say("site.copied", strconv.Itoa(day), strconv.Itoa(int(month)), view.Clock(at)[:len("15:04")]))
	case site.Kind == sites.Sample:
		list = append(list, words.Say("site.sample"))
	case site.Frozen():
		list = append(list, words.Say("site.listed", view.Clock(site.ListedAt.Local())[:len("15:04")]))
	}
	if site.Index {
		list = append(list, words.Say("site.index"))
	} else if site.Counted {
		list = append(list, words.Say("site.no-index"))
	}
	if !site.Hosting.IsZero() {
		list = append(list, words.Say("hosting.as", hosted(&site.Hosting)))
	}
	return list
}

// unknownPath says in a word what responds to a path that names no file.
func unknownPath(o *hosting.Options) string {
	if name := o.Unknown.File(); name != "" {
		return name
	}
	return "404"
}

// hosted says in a few words how a site will be hosted.
func hosted(o *hosting.Options) string {
	var list []string
	if o.CleanURLs {
		list = append(list, words.Say("hosting.clean"))
	}
	if name := o.Unknown.File(); name != "" {
		list = append(list, name)
	}
	if n := len(o.Fields); n > 0 {
		list = append(list, words.Plural("fields", int64(n)))
	}
	return strings.Join(list, ", ")
}
