//go:build js

package main

import (
	"strconv"

	"vitrine/core/steps"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/view"
	"vitrine/wasm/words"
)

// maxDrawn is how many steps are drawn at once, around the chosen one.
const maxDrawn = 300

func (c *console) listenForSteps() {
	on(c.slider.Value, "input", func(event) { c.stepTo(int(number(c.slider.Get("value").String())) - 1) })
	on(c.rows.Value, "click", func(e event) {
		if row := closest(e, "tr[id]"); row != nil {
			c.stepTo(int(number(row.ID()[1:])))
		}
	})
	on(byID("console").Value, "keydown", func(e event) {
		if e.Get("key").String() != "F8" {
			return
		}
		e.PreventDefault()
		if e.Get("shiftKey").Bool() {
			c.stepTo(c.step - 1)
		} else {
			c.stepTo(c.step + 1)
		}
	})
}

// maxStep is behind every step.
const maxStep = 1 << 20

// read has the parser read what is typed. What is lit stays until it has.
func (c *console) read() {
	c.drawLayer(c.chosen())
	if !c.begun || c.dead {
		return
	}
	if !c.app.host.ReadSteps(c.text.Bytes, c.text.Marks, false, c.took) {
		c.lost()
	}
}

// lost says that there is no worker.
func (c *console) lost() {
	c.dead = true
	c.changed = true
	c.drawSending()
	c.app.change()
}

// took takes what the parser made of the newest text.
func (c *console) took(asCompat, asStrict *steps.Trace) {
	c.traces = [2]*steps.Trace{asCompat, asStrict}
	c.arrange()
}

// arrange shows the traces of the chosen profiles.
func (c *console) arrange() {
	if c.traces[compat] == nil {
		return
	}
	var list [2]*steps.Trace
	names := [2]string{}
	profiles := c.profiles()
	for i, p := range profiles {
		list[i], names[i] = c.traces[p], profileNames[p]
		if c.bytes {
			list[i] = list[i].Single()
		}
	}
	c.parse = view.NewParse(c.text.Bytes, list[0], list[1], names)
	setText(byID("parse-a"), names[0])
	setHidden(byID("parse-b"), list[1] == nil)
	byID("parse-a").Set("colSpan", 3-len(profiles))
	setText(byID("parse-count"), words.Say("parse.summary", words.Plural("bytes", int64(len(c.text.Bytes))), words.Plural("steps", int64(c.parse.Len()))))
	c.drawDivergence(list)
	c.step = max(0, min(c.step, c.parse.Len()-1))
	c.slider.Set("max", c.parse.Len())
	c.drawRows()
	c.drawStep()
}

// chosen is what the chosen step is about.
func (c *console) chosen() view.Lit {
	if c.parse == nil || c.dead {
		return view.Lit{}
	}
	return c.parse.Lit(c.step)
}

// drawLayer draws what stands behind the text of the editor.
func (c *console) drawLayer(lit view.Lit) {
	c.blocks, c.lit = view.Blocks(&c.shown), lit
	var l fragment.List
	for i := range c.blocks {
		l.Open("typed-block")
		c.blocks[i].Append(&l, lit, i == len(c.blocks)-1)
		l.Close()
	}
	replaceIn(c.layer, &l)
	c.drawStrip()
}

// light lights other bytes of the same text.
func (c *console) light(lit view.Lit) {
	if lit == c.lit {
		return
	}
	before := c.lit
	c.lit = lit
	blocks := c.layer.Get("children")
	for i := range c.blocks {
		if b := &c.blocks[i]; b.Shows(before) || b.Shows(lit) {
			var l fragment.List
			b.Append(&l, lit, i == len(c.blocks)-1)
			replaceIn(wrap(blocks.Index(i)), &l)
		}
	}
	c.drawStrip()
}

func (c *console) drawStrip() {
	var l fragment.List
	view.Strip(&l, c.text.Bytes, c.lit)
	c.strip.show(&l)
}

// drawDivergence says where two profiles part.
func (c *console) drawDivergence(traces [2]*steps.Trace) {
	text, title := "", words.Say("typed.one")
	if traces[1] != nil {
		title = words.Say("typed.two")
		text = words.Say("parse.agree")
		if at, part := steps.Diverge(traces[0], traces[1]); part {
			text = words.Say("parse.part-at", strconv.Itoa(at))
			if at == len(c.text.Bytes) && !traces[0].Refused() && !traces[1].Refused() {
				text = words.Say("parse.part-then")
			}
		}
	}
	setText(byID("ans-words"), title)
	setText(byID("ans-part"), text)
}

// stepTo chooses a row.
func (c *console) stepTo(row int) {
	if c.parse == nil {
		return
	}
	if row = max(0, min(row, c.parse.Len()-1)); row == c.step {
		return
	}
	if e := find(view.ParseRowID(c.step)); e != nil {
		setClass(e, "on", false)
	}
	c.step = row
	if row < c.from || row >= c.to {
		c.drawRows()
	} else {
		setClass(byID(view.ParseRowID(row)), "on", true)
	}
	c.drawStep()
	if e := find(view.ParseRowID(row)); e != nil {
		c.scrollTo(byID("console"), e, 0, byID("parse-step").Call("getBoundingClientRect").Get("height").Float()+40)
	}
}

// drawRows draws the rows around the chosen one.
func (c *console) drawRows() {
	c.from = max(0, min(c.step-maxDrawn/2, c.parse.Len()-maxDrawn))
	c.to = min(c.parse.Len(), c.from+maxDrawn)
	var l fragment.List
	c.parse.Rows(&l, c.from, c.to, c.step)
	replaceIn(c.rows, &l)
}

// drawStep lights what the chosen step is about, in each place.
func (c *console) drawStep() {
	c.light(c.chosen())
	var detail fragment.List
	c.parse.Detail(&detail, c.step)
	c.detail.show(&detail)
	where := words.Say("parse.step", strconv.Itoa(c.step+1), strconv.Itoa(c.parse.Len()))
	setText(byID("parse-step"), where)
	c.slider.Set("value", c.step+1)
	c.slider.SetAttribute("aria-valuetext", where+": "+c.detail.TextContent())
	if e := find(view.ParseRowID(c.step)); e != nil {
		const head = 28 // of the table, which stays
		c.scrollTo(byID("parse-scroll"), e, head, 0)
	}
	if e := c.layer.Call("querySelector", ".at"); e.Truthy() {
		c.scrollTo(first(byID("console"), ".paper"), wrap(e), 0, 0)
	}
}

// scrollTo brings a part of a box into sight, and moves nothing else. Above and
// below are what hides of the box.
func (c *console) scrollTo(box, part element, above, below float64) {
	b, p := box.Call("getBoundingClientRect"), part.Call("getBoundingClientRect")
	top := p.Get("top").Float() - b.Get("top").Float() - above
	bottom := p.Get("bottom").Float() - b.Get("bottom").Float() + below
	by := 0.0
	switch {
	case top < 0:
		by = top
	case bottom > 0:
		by = min(bottom, top)
	default:
		return
	}
	box.Set("scrollTop", box.Get("scrollTop").Float()+by)
}
