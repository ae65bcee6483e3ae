//go:build js

package main

import (
	"syscall/js"

	"vitrine/wasm/page/fragment"
)

var fill = js.Global().Get("fill") // web/fill.js

// appendTo adds what l describes to the end of e.
func appendTo(e element, l *fragment.List) { fill.Invoke(e.Value, l.String(), true) }

// putAfter adds what l describes behind e, as its next siblings.
func putAfter(e element, l *fragment.List) { fill.Invoke(e.Value, l.String(), "after") }

// replaceIn puts what l describes in place of what is in e.
func replaceIn(e element, l *fragment.List) { fill.Invoke(e.Value, l.String(), false) }

// region is an element whose whole content is drawn by one owner.
type region struct {
	element
	shown string
}

func newRegion(id string) region { return region{element: byID(id)} }

// show draws l if it is not what is there. Focus stays on the element of the
// same id.
func (r *region) show(l *fragment.List) {
	if list := l.String(); list != r.shown {
		r.shown = list
	} else {
		return
	}
	focused := ""
	if e := document.Get("activeElement"); e.Truthy() && r.Call("contains", e).Bool() {
		focused = e.Get("id").String()
	}
	replaceIn(r.element, l)
	if focused != "" {
		if e := find(focused); e != nil {
			e.Focus()
		}
	}
}
