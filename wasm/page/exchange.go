//go:build js

package main

import (
	"strings"

	"vitrine/core/trace"
	"vitrine/wasm/decimal"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/view"
)

// exchange shows one record: the verdict, both messages, and why.
type exchange struct {
	app   *app
	title region
	body  region
	rec   *trace.Record
	// secret says that rec has credentials.
	secret bool
	slip   slip
	media  string // address of the content that is shown as a picture or sound, "" if none is
}

func newExchange(a *app) *exchange {
	x := &exchange{app: a, title: newRegion("exchange-title"), body: newRegion("xbody")}
	x.slip.exchange = x
	on(byID("exchange").Value, "keydown", func(e event) {
		if keyName(e) == "Escape" && !x.slip.close(true) {
			a.panes.back()
		}
	})
	on(x.body.Value, "keydown", x.tokenKey)
	on(x.body.Value, "scroll", func(event) { x.markPart() })
	x.show(nil)
	return x
}

// show draws r; nil says that nothing is chosen. What is shown stays, even
// after the log dropped it.
func (x *exchange) show(r *trace.Record) {
	x.rec = r
	x.draw()
	x.body.Set("scrollTop", 0)
	x.markPart()
}

// again draws what is shown once more: what is said of it has come.
func (x *exchange) again() {
	if x.rec != nil {
		x.draw()
	}
}

func (x *exchange) draw() {
	r := x.rec
	byID("copy-as").Set("disabled", r == nil)
	byID("resend").Set("disabled", r == nil)
	x.secret = r != nil && trace.IsRedacted(r)
	setHidden(byID("copy-all"), !x.secret)
	x.slip = slip{exchange: x}
	x.forgetMedia()
	var title, body, content fragment.List
	if r == nil {
		title.Put("title-none", "")
		body.Put("exchange-none", "")
	} else {
		view.Title(&title, r)
		view.Exchange(&body, r, x.about())
		view.Content(&content, r, x.file() != "")
	}
	x.title.show(&title)
	x.body.shown = "" // slips and content are put into it
	x.body.show(&body)
	if r != nil {
		replaceIn(byID("content"), &content)
	}
}

// about is what is known of the record that is shown.
func (x *exchange) about() *view.About {
	return &view.About{Site: x.app.siteName(x.rec.Site), Notes: x.app.notes.of(x.rec), Said: x.app.notes.said, Original: x.original()}
}

// original is the record whose response was given again, nil if it was not, or
// the log has it no longer.
func (x *exchange) original() *trace.Record {
	for i := range x.rec.Steps {
		if s := &x.rec.Steps[i]; s.Code == trace.RepeatOf && len(s.Args) > 0 {
			if id, ok := decimal.Parse(s.Args[0]); ok {
				return x.app.recordByID(id)
			}
		}
	}
	return nil
}

// places are the parts of an exchange that phrases of the verdict lead to, by
// their ids.
var places = map[string]string{
	"bytes": "x-bytes", "path": "x-path", "decision": "x-decision", "notes": "x-notes", "content": "x-content",
}

// goTo brings a place into sight: a part of the exchange, a word of its bytes,
// or a dialogue.
func (x *exchange) goTo(place string) {
	if place == "hosting" {
		x.app.hosting.open(x.app.site(x.app.current))
		return
	}
	if id, ok := places[place]; ok {
		x.scrollTo(byID(id))
		return
	}
	selector := ""
	switch {
	case place == "fault":
		selector = "#x-bytes .w"
	case place == "method":
		selector = "#x-bytes .tok.m"
	case place == "target":
		selector = "#x-bytes .tok.t"
	case len(place) > 3 && place[:3] == "in:":
		selector = "#x-bytes"
	case len(place) > 4 && place[:4] == "out:":
		selector = "#x-response"
	}
	x.focusWord(selector, place)
}

// focusWord goes to a word and lights it up.
func (x *exchange) focusWord(selector, place string) {
	if selector == "" {
		return
	}
	var word element
	if selector == "#x-bytes" || selector == "#x-response" {
		_, name, _ := strings.Cut(place, ":")
		for _, e := range all(selector + " .tok.f") {
			if foldEqual(e.GetAttribute("data-name"), name) {
				word = e
				break
			}
		}
	} else if found := document.Call("querySelector", selector); found.Truthy() {
		word = wrap(found)
	}
	if word == nil {
		return
	}
	if fold := word.Call("closest", "details"); fold.Truthy() {
		fold.Set("open", true)
	}
	x.scrollTo(word)
	setClass(word, "shown", true)
	later(1600, func() { setClass(word, "shown", false) })
	word.Call("focus", map[string]any{"preventScroll": true})
}

// toNote goes from bytes to the note about them.
func (x *exchange) toNote(id string) { x.scrollAndFocus(find(id)) }

// toBytes goes from a note to the bytes that it is about.
func (x *exchange) toBytes(number string) {
	if pin := document.Call("querySelector", ".pin[data-to=note"+number+"]"); pin.Truthy() {
		x.scrollAndFocus(wrap(pin))
	}
}

func (x *exchange) scrollAndFocus(e element) {
	if e == nil {
		return
	}
	x.scrollTo(e)
	e.Call("focus", map[string]any{"preventScroll": true})
}

// scrollTo brings an element into sight below the tabs. scrollIntoView would
// move the page itself too, which has nothing below its end.
func (x *exchange) scrollTo(e element) {
	top := func(e element) float64 { return e.Call("getBoundingClientRect").Get("top").Float() }
	head := first(x.body.element, ".jump").Get("offsetHeight").Float()
	x.body.Set("scrollTop", x.body.Get("scrollTop").Float()+top(e)-top(x.body.element)-head-8)
}

// markPart says which part is in sight.
func (x *exchange) markPart() {
	if x.rec == nil || x.body.Get("offsetHeight").Int() == 0 { // out of sight
		return
	}
	at := x.body.Call("getBoundingClientRect").Get("top").Float() + 80
	current := "bytes"
	for _, name := range [...]string{"path", "decision", "notes", "content"} {
		if byID(places[name]).Call("getBoundingClientRect").Get("top").Float() <= at {
			current = name
		}
	}
	for _, b := range all(".jump button") {
		b.SetAttribute("aria-current", boolText(b.GetAttribute("data-to") == current))
	}
}
