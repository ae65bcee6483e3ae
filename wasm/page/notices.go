//go:build js

package main

import (
	"slices"

	"vitrine/wasm/decimal"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/sites"
	"vitrine/wasm/words"
)

// maxNotices is how many notices are shown; the oldest gives way.
const maxNotices = 5

// notices is what the person should know that belongs to no request.
type notices struct {
	region
	list []sites.Notice
	undo map[*sites.Message]string // what a notice can undo, by its message
}

func newNotices() *notices {
	return &notices{region: newRegion("notices"), undo: map[*sites.Message]string{}}
}

// add shows a notice; the same notice of the same site is replaced.
func (n *notices) add(notice sites.Notice) {
	n.list = slices.DeleteFunc(n.list, func(old sites.Notice) bool {
		return old.Code == notice.Code && old.Site == notice.Site
	})
	n.list = append(n.list, notice)
	if len(n.list) > maxNotices {
		n.list = n.list[1:]
	}
}

// readAgain drops what was said of single files of a site: they were handed
// over again.
func (n *notices) readAgain(site string) {
	n.list = slices.DeleteFunc(n.list, func(old sites.Notice) bool {
		switch old.Code {
		case "notice.file-changed", "notice.file-changed-loose", "notice.file-failed":
			return old.Site == site
		}
		return false
	})
}

// folderBack drops what was said of the folder of a site: it can be read.
func (n *notices) folderBack(site string) {
	n.list = slices.DeleteFunc(n.list, func(old sites.Notice) bool {
		return old.Site == site && (old.Code == "notice.folder-gone" || old.Code == "notice.folder-unreadable")
	})
}

// dismiss closes the notice at a place.
func (n *notices) dismiss(at string) {
	if i, ok := decimal.Parse(at); ok && i < int64(len(n.list)) {
		n.list = slices.Delete(n.list, int(i), int(i)+1)
	}
}

func (n *notices) draw() {
	var l fragment.List
	for i, notice := range n.list {
		undo := n.undo[notice.Message]
		switch {
		case undo != "":
			l.Open("notice-undo")
			l.Slot("undo")
			l.Attr("data-at", undo)
		case notice.Bad:
			l.Open("notice-bad")
		default:
			l.Open("notice")
		}
		l.Fill("text", sentence(notice.Message))
		l.Slot("dismiss")
		l.Attr("data-at", fragment.Number(int64(i)))
		l.Close()
	}
	n.show(&l)
}

// sentence is a message as it is read; empty without one.
func sentence(m *sites.Message) string {
	if m == nil {
		return ""
	}
	return words.Say(m.Code, m.Args...)
}

// drop takes a notice away.
func (n *notices) drop(m *sites.Message) {
	n.list = slices.DeleteFunc(n.list, func(old sites.Notice) bool { return old.Message == m })
}
