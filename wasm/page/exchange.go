//go:build js

package main

import (
	"strconv"

	"vitrine/core/trace"
	sentences "vitrine/core/words"
	"vitrine/wasm/page/markup"
	"vitrine/wasm/page/view"
	"vitrine/wasm/page/words"
	"vitrine/wasm/promise"
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
	if r == nil {
		x.title.show([]byte("Exchange"))
		x.body.show([]byte(`<p class="xempty">` + words.NoExchange + `</p>`))
		return
	}
	title := append([]byte(nil), `<span class="vh">Exchange </span><span class="quiet">`...)
	title = strconv.AppendInt(title, r.ID, 10)
	title = append(title, `</span> <code>`...)
	title = markup.Bytes(title, view.Clip(r.Request.Method.Text+" "+r.Request.Target.Text, view.MaxTarget), markup.ASCII)
	title = append(title, `</code>`...)
	x.title.show(title)
	x.body.show(view.Exchange(nil, r, x.app.siteName(r.Site)))
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
					x.app.voice.say(words.CopiedWithout)
				} else {
					x.app.voice.say(words.Copied)
				}
				x.copied()
				return
			}
		}
		x.app.notice(noClipboard)
	}()
}

// copied shows for two seconds that the button did its work.
func (x *exchange) copied() {
	button := byID("copy")
	icon := first(button, "use")
	icon.SetAttribute("href", "#i-good")
	later(2000, func() { icon.SetAttribute("href", "#i-copy") })
}
