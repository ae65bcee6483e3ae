//go:build js

package main

import (
	"strconv"

	"vitrine/wasm/page/markup"
	"vitrine/wasm/page/words"
	"vitrine/wasm/sites"
)

// maxNotices is how many notices are shown; the oldest gives way.
const maxNotices = 5

// notices is what the person should know that belongs to no request.
type notices struct {
	region
	list []sites.Notice
}

func newNotices() *notices { return &notices{region: newRegion("notices")} }

// add shows n; the same notice of the same site is replaced.
func (n *notices) add(notice sites.Notice) {
	n.remove(notice.ID, notice.Site)
	n.list = append(n.list, notice)
	if len(n.list) > maxNotices {
		n.list = n.list[1:]
	}
}

func (n *notices) remove(id, site string) {
	for i := range n.list {
		if n.list[i].ID == id && n.list[i].Site == site {
			n.list = append(n.list[:i:i], n.list[i+1:]...)
			return
		}
	}
}

// dismiss closes the notice at a place.
func (n *notices) dismiss(at string) {
	if i, err := strconv.Atoi(at); err == nil && i < len(n.list) {
		n.remove(n.list[i].ID, n.list[i].Site)
	}
}

func (n *notices) draw() {
	var b []byte
	for i, notice := range n.list {
		class, icon, role := "notice", "i-info", "status"
		if notice.Bad {
			class, icon, role = "notice bad", "i-bad", "alert"
		}
		b = append(b, `<div class="`+class+`" role="`+role+`"><svg class="i" aria-hidden="true"><use href="#`+icon+`"/></svg><p>`...)
		b = markup.Text(b, notice.Text)
		b = append(b, `</p><button type="button" class="icon" data-act="dismiss" data-at="`...)
		b = strconv.AppendInt(b, int64(i), 10)
		b = append(b, `" aria-label="`+words.Dismiss+`" title="`+words.Dismiss+`"><svg class="i" aria-hidden="true"><use href="#i-close"/></svg></button></div>`...)
	}
	n.show(b)
}
