//go:build js

package main

// liveRegion is the polite status region: what assistive technology says
// without being asked, one message in two seconds at most, and the newest one.
type liveRegion struct {
	element element
	waiting string
	quiet   bool // within the pause after a message
}

func newLiveRegion() *liveRegion { return &liveRegion{element: byID("polite")} }

func (r *liveRegion) say(text string) {
	if r.quiet {
		r.waiting = text
		return
	}
	r.waiting, r.quiet = "", true
	r.element.SetTextContent(text)
	later(2000, func() {
		r.quiet = false
		if r.waiting != "" {
			r.say(r.waiting)
		}
	})
}
