//go:build js

package main

import (
	"syscall/js"

	"honnef.co/go/js/dom/v2"
)

// byID returns an element of index.html; a missing one is a fault of ours.
func byID(id string) dom.HTMLElement { return doc.GetElementByID(id).(dom.HTMLElement) }

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
func setHTML(e dom.Element, html []byte) { e.Underlying().Set("innerHTML", trusted(html)) }

// appendHTML adds to the end of e, in one write.
func appendHTML(e dom.Element, html []byte) {
	e.Underlying().Call("insertAdjacentHTML", "beforeend", trusted(html))
}

// region is an element whose whole content is drawn by one owner.
type region struct {
	dom.HTMLElement
	shown string
}

func newRegion(id string) region { return region{HTMLElement: byID(id)} }

// show draws html if it is not what is there. Focus stays on the element of
// the same id.
func (r *region) show(html []byte) {
	if string(html) == r.shown {
		return
	}
	r.shown = string(html)
	focused := ""
	if e := doc.Underlying().Get("activeElement"); e.Truthy() && r.Underlying().Call("contains", e).Bool() {
		focused = e.Get("id").String()
	}
	setHTML(r, html)
	if focused != "" {
		if e := doc.GetElementByID(focused); e != nil {
			e.Underlying().Call("focus")
		}
	}
}

// setText writes text if it differs: assistive technology speaks each write.
func setText(e dom.Element, text string) {
	if e.TextContent() != text {
		e.SetTextContent(text)
	}
}

// setHidden writes the attribute only when it changes.
func setHidden(e dom.Element, hidden bool) {
	if v := e.Underlying(); v.Get("hidden").Bool() != hidden {
		v.Set("hidden", hidden)
	}
}

// closest is the nearest element, from the target of an event upwards, that
// fits a selector; nil if there is none.
func closest(e dom.Event, selector string) dom.Element {
	t := e.Underlying().Get("target")
	if !t.Truthy() || t.Get("closest").Type() != js.TypeFunction {
		return nil
	}
	found := t.Call("closest", selector)
	if !found.Truthy() {
		return nil
	}
	return dom.WrapElement(found)
}

// listeners are callbacks with one owner, who releases them together.
type listeners []func()

func (l *listeners) on(t dom.EventTarget, event string, f func(dom.Event)) {
	fn := t.AddEventListener(event, false, f)
	*l = append(*l, func() {
		t.RemoveEventListener(event, false, fn)
		fn.Release()
	})
}

func (l *listeners) release() {
	for _, f := range *l {
		f()
	}
	*l = nil
}

// keyName is the key of a keyboard event, with its modifiers before it.
func keyName(e dom.Event) string {
	v := e.Underlying()
	name := v.Get("key").String()
	for _, m := range []struct{ is, name string }{{"metaKey", "Meta+"}, {"altKey", "Alt+"}, {"ctrlKey", "Ctrl+"}} {
		if v.Get(m.is).Bool() {
			name = m.name + name
		}
	}
	return name
}
