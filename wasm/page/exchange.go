//go:build js

package main

import (
	"vitrine/core/trace"
	sentences "vitrine/core/words"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/view"
	"vitrine/wasm/promise"
	"vitrine/wasm/sites"
	"vitrine/wasm/words"
)

// exchange shows one record: both messages, and why.
type exchange struct {
	app   *app
	title region
	body  region
	rec   *trace.Record
	// secret says that rec has credentials.
	secret bool
}

func newExchange(a *app) *exchange {
	x := &exchange{app: a, title: newRegion("exchange-title"), body: newRegion("xbody")}
	on(byID("exchange").Value, "keydown", func(e event) {
		if keyName(e) == "Escape" {
			a.panes.back()
		}
	})
	x.show(nil)
	return x
}

// show draws r; nil says that nothing is chosen. What is shown stays, even
// after the log dropped it.
func (x *exchange) show(r *trace.Record) {
	x.rec = r
	byID("copy").Set("disabled", r == nil)
	x.secret = r != nil && trace.IsRedacted(r)
	setHidden(byID("copy-all"), !x.secret)
	var title, body fragment.List
	if r == nil {
		title.Put("title-none", "")
		body.Put("exchange-none", "")
	} else {
		view.Title(&title, r)
		view.Exchange(&body, r, x.app.siteName(r.Site))
	}
	x.title.show(&title)
	x.body.show(&body)
	x.body.Set("scrollTop", 0)
}

// scrollTo brings a part into sight. scrollIntoView would move the page itself
// too, which has nothing below its end.
func (x *exchange) scrollTo(part string) {
	top := func(e element) float64 { return e.Call("getBoundingClientRect").Get("top").Float() }
	by := top(first(x.body.element, ".side."+part)) - top(x.body.element)
	x.body.Set("scrollTop", x.body.Get("scrollTop").Float()+by)
}

// copy puts the transcript on the clipboard, without credentials unless they
// are asked for: what is copied is often shown to others.
func (x *exchange) copy(credentials bool) {
	if x.rec == nil {
		return
	}
	rec := x.rec
	if !credentials {
		rec = trace.Redact(rec)
	}
	text := string(trace.AppendTranscript(nil, rec, sentences.Line))
	go func() {
		clipboard := window.Get("navigator").Get("clipboard")
		if clipboard.Truthy() {
			if _, err := promise.Call(clipboard, "writeText", text); err == nil {
				if !credentials && x.secret {
					x.app.live.say(words.Say("transcript.copied-without"))
				} else {
					x.app.live.say(words.Say("transcript.copied"))
				}
				x.copied()
				return
			}
		}
		x.app.notice(sites.Notice{Message: sites.NewMessage("notice.clipboard"), Bad: true})
	}()
}

// copied shows for two seconds that the button did its work.
func (x *exchange) copied() {
	button := byID("copy")
	icon := first(button, "use")
	icon.SetAttribute("href", "#i-good")
	later(2000, func() { icon.SetAttribute("href", "#i-copy") })
}
