//go:build js

package main

import (
	"vitrine/core/http1"
	"vitrine/core/terms"
	"vitrine/core/trace"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/view"
)

// slip is the explanation that is open: it stands under the line of its word,
// one at a time.
type slip struct {
	exchange *exchange
	word     element // nil if none is open
	box      element
}

// explain opens the explanation of a word of the bytes, or closes it if it is
// open.
func (x *exchange) explain(word element) {
	open := x.slip.word != nil && x.slip.word.Equal(word.Value)
	x.slip.close(false)
	if open {
		return
	}
	x.stopAt(word)
	line := closestTo(word, "li")
	if line == nil {
		return
	}
	kind, name := word.GetAttribute("data-kind"), word.GetAttribute("data-name")
	request := word.Call("closest", "#x-bytes").Truthy()
	var l fragment.List
	if term, ok := x.app.terms.of(kind, name); ok {
		if word.Call("closest", "#xbody").Truthy() {
			view.Slip(&l, &term, x.meaning(kind, name, request), x.others(kind, name), request && kind == terms.Field.String())
		} else {
			view.Slip(&l, &term, "", 0, false)
		}
	} else {
		code := map[string]string{
			"method": "slip.unknown-method", "status": "slip.unknown-status", "field": "slip.unknown-field", "token": "slip.unknown-token",
		}[kind]
		if x.app.terms.table == nil {
			code = "slip.not-here"
		}
		view.SlipNone(&l, name, code)
	}
	appendTo(line, &l)
	x.slip.word, x.slip.box = word, first(line, ".slip")
	// The leader stands below the word.
	at := word.Call("getBoundingClientRect").Get("left").Float() - x.slip.box.Call("getBoundingClientRect").Get("left").Float()
	x.slip.box.Get("style").Call("setProperty", "--at", pixels(max(at+6, 8)))
	word.SetAttribute("aria-expanded", "true")
}

// close closes what is open and reports whether something was; back brings the
// focus back to the word.
func (s *slip) close(back bool) bool {
	if s.word == nil {
		return false
	}
	s.word.SetAttribute("aria-expanded", "false")
	s.box.Call("remove")
	if back {
		s.word.Call("focus", map[string]any{"preventScroll": true})
	}
	s.word, s.box = nil, nil
	return true
}

func (x *exchange) closeSlip() { x.slip.close(true) }

// meaning is what the value of a field means here.
func (x *exchange) meaning(kind, name string, request bool) string {
	if kind != terms.Field.String() {
		return ""
	}
	fields := x.rec.Response.Fields
	if request {
		fields = x.rec.Request.Fields
	}
	value, ok := fields.Lookup(name)
	if !ok {
		return ""
	}
	date, _ := x.rec.Response.Fields.Lookup("Date")
	return x.app.terms.value(name, value, request, date)
}

// others is in how many other exchanges of the log a field stands.
func (x *exchange) others(kind, name string) (n int) {
	if kind != terms.Field.String() {
		return 0
	}
	kept, _ := x.app.log.Records()
	for _, r := range kept {
		if r.ID != x.rec.ID && (hasField(r.Request.Fields, name) || hasField(r.Response.Fields, name)) {
			n++
		}
	}
	return n
}

func hasField(fields trace.Fields, name string) bool {
	_, ok := fields.Lookup(name)
	return ok
}

// tokenKey moves between the words of a block that can be explained. It is one
// tab stop.
func (x *exchange) tokenKey(e event) {
	word := closest(e, ".tok")
	if word == nil {
		return
	}
	block := closestTo(word, ".bytes:not(.in)")
	words := within(block, ".tok")
	at := 0
	for i := range words {
		if words[i].Equal(word.Value) {
			at = i
		}
	}
	line := func(w element) element { return closestTo(w, "li") }
	switch keyName(e) {
	case "ArrowRight":
		at++
	case "ArrowLeft":
		at--
	case "ArrowDown":
		for i := at; i < len(words); i++ {
			if !line(words[i]).Equal(line(word).Value) {
				at = i
				break
			}
		}
	case "ArrowUp":
		for i := at; i >= 0; i-- {
			if !line(words[i]).Equal(line(word).Value) {
				at = i
				break
			}
		}
	case "Home":
		at = 0
	case "End":
		at = len(words) - 1
	case "n":
		x.toNoted(words, at, 1)
		return
	case "p":
		x.toNoted(words, at, -1)
		return
	default:
		return
	}
	e.PreventDefault()
	next := words[min(max(at, 0), len(words)-1)]
	if fold := next.Call("closest", "details"); fold.Truthy() {
		fold.Set("open", true)
	}
	x.stopAt(next)
	next.Focus()
}

// toNoted goes to the next word that a note is about.
func (x *exchange) toNoted(words []element, at, step int) {
	for i := at + step; i >= 0 && i < len(words); i += step {
		if words[i].Get("classList").Call("contains", "hit").Bool() {
			x.stopAt(words[i])
			words[i].Focus()
			return
		}
	}
}

// stopAt makes a word the one of its block that Tab leads to.
func (x *exchange) stopAt(word element) {
	for _, other := range within(closestTo(word, ".bytes:not(.in)"), ".tok[tabindex='0']") {
		other.SetAttribute("tabindex", "-1")
	}
	word.SetAttribute("tabindex", "0")
}

// foldEqual compares names of fields.
func foldEqual(a, b string) bool { return http1.EqualFold(a, b) }
