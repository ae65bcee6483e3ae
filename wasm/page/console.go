//go:build js

package main

import (
	"vitrine/core/steps"
	"vitrine/wasm/page/editor"
	"vitrine/wasm/page/view"
)

// console is where requests are typed. It has the bytes, what the parser makes
// of them under one profile or two, and the connections they are sent over.
type console struct {
	app   *app
	begun bool

	// What is typed.
	area    element // the textarea
	layer   element // drawn behind it
	blocks  []view.Block
	lit     view.Lit
	text    editor.Text
	shown   editor.Shown
	view    editor.View
	caret   int // where it was, in UTF-16 code units
	writing bool
	undone  []editor.Text // for undo, the newest last
	redone  []editor.Text
	note    region

	// What the parser makes of it.
	profile string          // "compat", "strict" or "both"
	bytes   bool            // a step for each byte
	traces  [2]*steps.Trace // of each profile
	parse   *view.Parse     // nil until the worker has read it
	rows    element
	detail  region
	strip   region
	slider  element
	step    int // chosen row
	from    int // rows that are drawn
	to      int

	// Where it is sent.
	site      string // ID of a site; "" is the one in memory
	siteNames region
	conns     []*typedConn
	opened    int64 // connections so far
	sent      int   // segments of the text that are sent
	changed   bool  // what came back is to be drawn
	responses region
	starters  []steps.Starter
	dead      bool // no worker serves what is typed
}

func newConsole(a *app) *console {
	c := &console{
		app: a, area: byID("typed"), layer: byID("typed-layer"), note: newRegion("typed-note"),
		profile: "both", rows: byID("parse-rows"), detail: newRegion("parse-detail"), strip: newRegion("typed-strip"), slider: byID("parse-at"),
		siteNames: newRegion("typed-site"), responses: newRegion("responses"), changed: true,
	}
	c.listenForText()
	c.listenForSteps()
	on(byID("typed-site").Value, "change", func(event) { c.chooseSite() })
	c.set(editor.Text{}, 0, false)
	return c
}

// open shows the console, with the caret in it where there is a keyboard.
func (c *console) open() {
	c.app.views.show("console")
	c.app.draw() // what is hidden takes no focus
	if !narrow() {
		c.area.Focus()
	}
}

// edit opens the console with bytes to be changed and sent again. note says
// what there is to know about them, nothing if they are what passed.
func (c *console) edit(bytes []byte, note string) {
	c.change(editor.Of([][]byte{bytes}), len(bytes), false)
	c.remark(note)
	c.open()
}

// act does what a button of the console says.
func (c *console) act(name string, b element) bool {
	to := b.GetAttribute("data-to")
	switch name {
	case "type":
		c.open()
	case "typed-starters":
		c.toggleStarters(b)
	case "typed-starter":
		c.start(b)
	case "typed-view":
		c.show(map[string]editor.View{"text": editor.AsText, "escapes": editor.AsEscapes, "hex": editor.AsHex}[to])
	case "typed-key":
		c.insertEscapes(b.GetAttribute("data-bytes"))
	case "typed-segment":
		c.mark()
	case "typed-complete":
		c.complete()
	case "typed-undo":
		c.undo()
	case "typed-convert":
		c.convert()
	case "typed-keep":
		c.remark("")
		c.area.Focus()
	case "typed-all":
		c.send(true)
	case "typed-send":
		c.send(false)
	case "typed-new":
		c.hangUp()
		c.forget()
	case "typed-end":
		c.end()
	case "typed-close":
		c.hangUp()
	case "typed-open":
		c.app.openRecord(number(b.GetAttribute("data-record")))
	case "parse-profile":
		c.chooseProfile(to)
	case "parse-by":
		c.bytes = to == "byte"
		press("parse-by", to)
		c.arrange()
	case "parse-back":
		c.stepTo(c.step - 1)
	case "parse-on":
		c.stepTo(c.step + 1)
	case "parse-end":
		c.stepTo(maxStep)
	default:
		return false
	}
	return true
}

// press shows which of the buttons of an act is chosen.
func press(act, to string) {
	for _, b := range all("#console [data-act=" + act + "]") {
		b.SetAttribute("aria-pressed", boolText(b.GetAttribute("data-to") == to))
	}
}

// The profiles, by their places in pairs.
const (
	compat = iota
	strict
)

// profileNames are what people call them.
var profileNames = [...]string{"http.server", "strict"}

// profiles are those that are read and sent to.
func (c *console) profiles() []int {
	switch c.profile {
	case "compat":
		return []int{compat}
	case "strict":
		return []int{strict}
	}
	return []int{compat, strict}
}

func (c *console) chooseProfile(name string) {
	c.profile = name
	press("parse-profile", name)
	c.hangUp()
	c.forget()
	c.arrange()
}

// draw brings up to date what others change.
func (c *console) draw() {
	if c.app.views.now != "console" {
		return
	}
	c.begin()
	c.drawSites()
	if c.changed {
		c.changed = false
		c.drawResponses()
	}
}

// begin is called when the console is shown: for the first time it fetches what
// one can start with, and has the parser read.
func (c *console) begin() {
	if c.begun {
		return
	}
	c.begun = true
	fetchText(startersFile, func(text string) {
		c.starters = steps.ParseStarters(text)
		c.drawStarters()
	})
	c.read()
}
