//go:build js

package main

import "syscall/js"

// policy is what lets this program write HTML under the page's Content
// Security Policy. All of it comes from wasm/page/markup.
var policy = func() js.Value {
	if tt := window.Get("trustedTypes"); tt.Truthy() {
		return tt.Call("createPolicy", "vitrine", map[string]any{"createHTML": window.Get("String")})
	}
	return js.Undefined()
}()

func trusted(html []byte) any {
	if policy.IsUndefined() {
		return string(html)
	}
	return policy.Call("createHTML", string(html))
}

// setHTML replaces what is in e.
func setHTML(e element, html []byte) { e.Set("innerHTML", trusted(html)) }

// appendHTML adds to the end of e, in one write.
func appendHTML(e element, html []byte) {
	e.Call("insertAdjacentHTML", "beforeend", trusted(html))
}

// region is an element whose whole content is drawn by one owner.
type region struct {
	element
	shown string
}

func newRegion(id string) region { return region{element: byID(id)} }

// show draws html if it is not what is there. Focus stays on the element of
// the same id.
func (r *region) show(html []byte) {
	if string(html) == r.shown {
		return
	}
	r.shown = string(html)
	focused := ""
	if e := document.Get("activeElement"); e.Truthy() && r.Call("contains", e).Bool() {
		focused = e.Get("id").String()
	}
	setHTML(r.element, html)
	if focused != "" {
		if e := find(focused); e != nil {
			e.Focus()
		}
	}
}
