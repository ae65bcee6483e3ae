//go:build js

package main

import (
	"strconv"
	"syscall/js"

	"honnef.co/go/js/dom/v2"
)

// The page holds dom's concrete types only. Its interfaces are dearer: one
// type assertion to dom.HTMLElement links every method of all seventy kinds
// of element, some 170 kB of the program after compression.
type (
	element = *dom.BasicHTMLElement
	event   = *dom.BasicEvent
)

var (
	window   = js.Global()
	document = window.Get("document")
	root     = wrap(document.Get("documentElement"))
	body     = wrap(document.Get("body"))
)

func wrap(v js.Value) element {
	return &dom.BasicHTMLElement{BasicElement: &dom.BasicElement{BasicNode: &dom.BasicNode{Value: v}}}
}

// find returns the element of an id, nil if there is none.
func find(id string) element {
	if v := document.Call("getElementById", id); v.Truthy() {
		return wrap(v)
	}
	return nil
}

// byID returns an element of index.html; a missing one is a fault of ours.
func byID(id string) element {
	e := find(id)
	if e == nil {
		panic("index.html has no element " + id)
	}
	return e
}

// input is e with the methods of an input.
func input(e element) *dom.HTMLInputElement { return &dom.HTMLInputElement{BasicHTMLElement: e} }

// first returns the first element below e that fits a selector, which there
// must be.
func first(e element, selector string) element { return wrap(e.Call("querySelector", selector)) }

// all returns every element of the document that fits a selector.
func all(selector string) []element { return within(root, selector) }

// within returns every element below e that fits a selector.
func within(e element, selector string) []element {
	list := e.Call("querySelectorAll", selector)
	found := make([]element, list.Length())
	for i := range found {
		found[i] = wrap(list.Index(i))
	}
	return found
}

// closestTo is the nearest element, from e upwards, that fits a selector; nil
// if no element does.
func closestTo(e element, selector string) element {
	if found := e.Call("closest", selector); found.Truthy() {
		return wrap(found)
	}
	return nil
}

// closest is closestTo from the target of an event upwards.
func closest(e event, selector string) element {
	t := e.Get("target")
	if !t.Truthy() || t.Get("closest").Type() != js.TypeFunction {
		return nil
	}
	return closestTo(wrap(t), selector)
}

// setText writes text if it differs: assistive technology speaks each write.
func setText(e element, text string) {
	if e.TextContent() != text {
		e.SetTextContent(text)
	}
}

// setHidden writes the attribute only when it changes.
func setHidden(e element, hidden bool) {
	if e.Get("hidden").Bool() != hidden {
		e.Set("hidden", hidden)
	}
}

// setClass puts a class on an element or takes it away.
func setClass(e element, class string, on bool) { e.Get("classList").Call("toggle", class, on) }

func boolText(v bool) string {
	if v {
		return "true"
	}
	return "false"
}

// data is the dataset of an element.
func data(e element) js.Value { return e.Get("dataset") }

// on listens for an event of t, an element or the window, for as long as the
// page lives. What is drawn again has no listeners: events are taken where
// they bubble to, so there is nothing to release.
func on(t js.Value, name string, f func(event)) {
	t.Call("addEventListener", name, js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(&dom.BasicEvent{Value: args[0]})
		return nil
	}))
}

// keyName is the key of a keyboard event, with its modifiers before it. Shift
// is part of the key.
func keyName(e event) string {
	name := e.Get("key").String()
	for _, m := range []struct{ is, name string }{{"metaKey", "Meta+"}, {"altKey", "Alt+"}, {"ctrlKey", "Ctrl+"}} {
		if e.Get(m.is).Bool() {
			name = m.name + name
		}
	}
	return name
}

// later calls f once, after so many milliseconds.
func later(ms int, f func()) {
	var fn js.Func
	fn = js.FuncOf(func(js.Value, []js.Value) any {
		fn.Release()
		f()
		return nil
	})
	window.Call("setTimeout", fn, ms)
}

// pixels is a length for CSS.
func pixels(n float64) string { return strconv.Itoa(int(n)) + "px" }
