//go:build js

package main

import (
	"strconv"

	"vitrine/wasm/page/editor"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// startersFile is their text, which the core has its tests with.
const startersFile = "starters.txt"

// drawStarters lists them by groups.
func (c *console) drawStarters() {
	list := c.starters
	setText(byID("lib-count"), words.Say("typed.starters", words.Count(int64(len(list)))))
	var l fragment.List
	for i := 0; i < len(list); {
		group, n := list[i].Group, i
		for n < len(list) && list[n].Group == group {
			n++
		}
		l.Open("starter-group")
		l.Fill("name", group)
		l.Fill("count", strconv.Itoa(n-i))
		l.Slot("list")
		for ; i < n; i++ {
			icon := "#i-good"
			if list[i].Broken() {
				icon = "#i-warn"
			}
			l.Open("starter")
			l.Slot("icon")
			l.Attr("href", icon)
			l.Slot("button")
			l.Attr("data-act", "typed-starter")
			l.Attr("data-at", strconv.Itoa(i))
			l.Fill("title", list[i].Title)
			l.Close()
		}
		l.Close()
	}
	starters := byID("starters")
	replaceIn(starters, &l)
	first(starters, "details:nth-of-type(2)").Set("open", true)
}

// start puts a starter into the editor.
func (c *console) start(b element) {
	for _, e := range all("#starters [aria-current]") {
		e.RemoveAttribute("aria-current")
	}
	b.SetAttribute("aria-current", "true")
	s := c.starters[number(b.GetAttribute("data-at"))]
	t := editor.Of(s.Segments)
	c.sent = 0
	c.step = 0
	c.change(t, len(t.Bytes), false)
	c.remark("")
	if narrow() {
		c.toggleStarters(first(byID("console"), ".choose"))
	}
}

// toggleStarters opens and closes the list where there is no room beside the
// editor.
func (c *console) toggleStarters(b element) {
	open := b.GetAttribute("aria-expanded") != "true"
	b.SetAttribute("aria-expanded", boolText(open))
	setClass(byID("console"), "choosing", open)
}
