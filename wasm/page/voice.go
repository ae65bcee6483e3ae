//go:build js

package main

// voice is the polite status region: what assistive technology says without
// being asked, one message in two seconds at most, and the newest one.
type voice struct {
	region  element
	waiting string
	quiet   bool // within the pause after a message
}

func newVoice() *voice { return &voice{region: byID("polite")} }

func (v *voice) say(text string) {
	if v.quiet {
		v.waiting = text
		return
	}
	v.waiting, v.quiet = "", true
	v.region.SetTextContent(text)
	later(2000, func() {
		v.quiet = false
		if v.waiting != "" {
			v.say(v.waiting)
		}
	})
}
