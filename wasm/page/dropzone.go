//go:build js

package main

import (
	"strconv"
	"syscall/js"

	"vitrine/wasm/words"
)

// dropzone is the whole window. While something is dragged over it a sheet
// covers the page, so that no frame gets what is meant for us.
//
// A drag can enter the window right over the preview, whose frame would keep
// it. It comes from another window, so while ours is not in front a shield
// lies over the frames; the mouse itself takes it away.
type dropzone struct {
	app      *app
	sheet    element
	text     element
	shield   element
	hovering bool    // the mouse moves over us although we are not in front
	last     float64 // time of the last dragover, in ms
}

const (
	// stale is how long after the last dragover the sheet goes away, in ms: a
	// drag that ended elsewhere sends no event.
	stale = 1500
	// look is how often that and the shield are looked after, in ms. Which
	// window is in front cannot be known from events while a frame has the focus.
	look = 500
)

func newDropzone(a *app) *dropzone {
	z := &dropzone{app: a, sheet: byID("over"), text: byID("over-words"), shield: byID("shield")}
	w := window
	on(w, "dragenter", z.over)
	on(w, "dragover", z.over)
	on(w, "dragleave", func(e event) {
		if !e.Get("relatedTarget").Truthy() {
			z.hide()
		}
	})
	on(w, "drop", func(e event) {
		e.PreventDefault()
		z.hide()
		dropped := e.Get("dataTransfer")
		if files(dropped) > 0 {
			a.adding = true
			a.failed(a.host.AddDrop(dropped))
			a.change()
		}
	})
	on(z.shield.Value, "mousemove", func(event) {
		z.hovering = true
		setHidden(z.shield, true)
	})
	on(root.Value, "mouseleave", func(event) { z.hovering = false })
	window.Call("setInterval", js.FuncOf(func(js.Value, []js.Value) any {
		z.look()
		return nil
	}), look)
	return z
}

func (z *dropzone) look() {
	if z.last > 0 && now()-z.last > stale {
		z.hide()
	}
	front := document.Call("hasFocus").Bool()
	if front {
		z.hovering = false
	}
	setHidden(z.shield, front || z.hovering)
}

func now() float64 { return window.Get("performance").Call("now").Float() }

// over shows the sheet and says whether a drop will be taken. What is dragged
// has no name yet: the browser tells only how many things there are.
func (z *dropzone) over(e event) {
	e.PreventDefault()
	data := e.Get("dataTransfer")
	if !data.Truthy() {
		return
	}
	z.last = now()
	text, effect, no := words.Say("drop.not"), "none", true
	switch n := files(data); {
	case n == 1:
		text, effect, no = words.Say("drop.one"), "copy", false
	case n > 1:
		text, effect, no = words.Say("drop.many", strconv.Itoa(n)), "copy", false
	}
	data.Set("dropEffect", effect)
	setText(z.text, text)
	setClass(z.sheet, "no", no)
	setHidden(z.sheet, false)
	setClass(body, "dragging", true)
}

func (z *dropzone) hide() {
	z.last = 0
	setHidden(z.sheet, true)
	setClass(body, "dragging", false)
}

// files is how many of the dragged things are files or folders.
func files(data js.Value) int {
	n := 0
	items := data.Get("items")
	for i := range items.Length() {
		if items.Index(i).Get("kind").String() == "file" {
			n++
		}
	}
	if n == 0 && data.Get("types").Call("includes", "Files").Bool() {
		n = 1 // some browsers hide the list while dragging
	}
	return n
}
