//go:build js

package main

import (
	"syscall/js"

	"honnef.co/go/js/dom/v2"
)

// voice is the polite status region: what assistive technology says without
// being asked, one message in two seconds at most, and the newest one.
type voice struct {
	region  dom.HTMLElement
	waiting string
	quiet   bool // within the pause after a message
	onTimer js.Func
}

func newVoice() *voice {
	v := &voice{region: byID("polite")}
	v.onTimer = js.FuncOf(func(js.Value, []js.Value) any {
		v.quiet = false
		if v.waiting != "" {
			v.say(v.waiting)
		}
		return nil
	})
	return v
}

func (v *voice) say(text string) {
	if v.quiet {
		v.waiting = text
		return
	}
	v.waiting, v.quiet = "", true
	v.region.SetTextContent(text)
	window.Call("setTimeout", v.onTimer, 2000)
}
