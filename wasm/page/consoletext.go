//go:build js

package main

import (
	"bytes"
	"strings"

	"vitrine/wasm/page/editor"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/view"
	"vitrine/wasm/words"
)

// maxUndo is how many changes can be taken back.
const maxUndo = 100

func (c *console) listenForText() {
	area := c.area.Value
	on(area, "compositionstart", func(event) { c.writing = true })
	on(area, "compositionend", func(event) {
		c.writing = false
		c.typed()
	})
	on(area, "input", func(event) {
		if !c.writing {
			c.typed()
		}
	})
	on(area, "beforeinput", func(e event) {
		switch e.Get("inputType").String() {
		case "historyUndo":
			e.PreventDefault()
			c.undo()
		case "historyRedo":
			e.PreventDefault()
			c.redo()
		}
	})
	on(area, "keydown", c.key)
	on(area, "paste", c.paste)
	on(area, "copy", func(e event) { c.copySelection(e) })
	on(area, "cut", func(e event) {
		if from, to, ok := c.copySelection(e); ok {
			c.change(c.text.Replaced(from, to, nil), from, false)
		}
	})
	on(document, "selectionchange", func(event) { c.snap() })
	on(byID("typed-ends").Value, "change", func(event) { c.area.Focus() })
}

// key takes the keys of the editor. Tab leads out of it.
func (c *console) key(e event) {
	mod := e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool()
	shift := e.Get("shiftKey").Bool()
	switch key := strings.ToLower(e.Get("key").String()); {
	case mod && key == "enter" && shift:
		c.mark()
	case mod && key == "enter":
		c.send(true)
	case mod && key == "z" && !shift:
		c.undo()
	case mod && (key == "y" || key == "z"):
		c.redo()
	default:
		return
	}
	e.PreventDefault()
}

// lineEnd is what Enter puts in.
func lineEnd() string {
	return [...]string{"\r\n", "\n", "\r"}[byID("typed-ends").Get("selectedIndex").Int()]
}

// selection is what is selected, in UTF-16 code units.
func (c *console) selection() (from, to int) {
	return c.area.Get("selectionStart").Int(), c.area.Get("selectionEnd").Int()
}

// typed takes what a person did to what is shown.
func (c *console) typed() {
	text := c.area.Get("value").String()
	_, caret := c.selection()
	if c.view != editor.AsText {
		parsed, shown := editor.Parse(text, c.view)
		c.keep()
		c.text, c.shown, c.caret = parsed, shown, caret
		note := ""
		if shown.Bad >= 0 {
			note = words.Say("typed.bad", words.Count(int64(shown.Bad+1)))
		}
		c.remark(note)
		c.renewed()
		return
	}
	edited, at, behind := c.shown.Edited(&c.text, text, caret, lineEnd())
	note := ""
	if len(edited.Bytes) == editor.MaxBytes {
		note = words.Say("typed.too-long")
	} else if smart := "“”‘’–—"; !bytes.ContainsAny(c.text.Bytes, smart) && bytes.ContainsAny(edited.Bytes, smart) {
		note = words.Say("typed.smart")
	}
	c.change(edited, at, behind)
	c.remark(note)
}

// change puts another text in place of what is there, so that it can be taken
// back.
func (c *console) change(t editor.Text, at int, behind bool) {
	if !t.Equal(&c.text) {
		c.keep()
	}
	c.set(t, at, behind)
}

func (c *console) keep() {
	c.undone = append(c.undone, c.text)
	if len(c.undone) > maxUndo {
		c.undone = c.undone[1:]
	}
	c.redone = nil
}

func (c *console) undo() { c.restore(&c.undone, &c.redone) }
func (c *console) redo() { c.restore(&c.redone, &c.undone) }

func (c *console) restore(from, to *[]editor.Text) {
	n := len(*from)
	if n == 0 {
		return
	}
	*to = append(*to, c.text)
	t := (*from)[n-1]
	*from = (*from)[:n-1]
	c.remark("")
	c.set(t, len(t.Bytes), false)
}

// set shows a text, with the caret at a byte.
func (c *console) set(t editor.Text, at int, behind bool) {
	c.text = t
	c.shown = editor.Show(&t, c.view)
	if c.area.Get("value").String() != c.shown.Text {
		c.area.Set("value", c.shown.Text)
	}
	c.caret = c.shown.Place(at, behind)
	if document.Get("activeElement").Equal(c.area.Value) {
		c.area.Call("setSelectionRange", c.caret, c.caret)
	}
	c.renewed()
}

// renewed follows a change of the text.
func (c *console) renewed() {
	c.sent = min(c.sent, max(0, len(c.text.Segments())-1))
	byID("typed-undo").Set("disabled", len(c.undone) == 0)
	c.read()
	c.drawSending()
}

// show shows the bytes in another way.
func (c *console) show(v editor.View) {
	at, behind := c.shown.Byte(c.caret)
	c.view = v
	data(byID("console")).Set("shows", [...]string{"text", "escapes", "hex"}[v])
	press("typed-view", [...]string{"text", "escapes", "hex"}[v])
	c.remark("")
	c.set(c.text, at, behind)
	c.area.Focus()
	c.area.Call("setSelectionRange", c.caret, c.caret)
}

// snap keeps the caret out of names, which stand for a byte.
func (c *console) snap() {
	if !document.Get("activeElement").Equal(c.area.Value) || c.writing {
		return
	}
	from, to := c.selection()
	forward := to > c.caret
	f, t := c.shown.Snap(from, forward && from == to), c.shown.Snap(to, forward)
	c.caret = t
	if f != from || t != to {
		c.area.Call("setSelectionRange", f, t, c.area.Get("selectionDirection"))
	}
}

// at is the byte at the caret.
func (c *console) at() (at int, behind bool) { return c.shown.Byte(c.caret) }

// insert puts bytes in place of what is selected.
func (c *console) insert(b []byte) {
	from, to := c.selection()
	if !document.Get("activeElement").Equal(c.area.Value) {
		from, to = c.caret, c.caret
	}
	first, _ := c.shown.Byte(from)
	last, _ := c.shown.Byte(to)
	c.change(c.text.Replaced(first, last, b), first+len(b), false)
	c.area.Focus()
	c.area.Call("setSelectionRange", c.caret, c.caret)
}

func (c *console) insertEscapes(escapes string) {
	t, _ := editor.Parse(escapes, editor.AsEscapes)
	c.insert(t.Bytes)
}

// mark ends a segment at the caret, or takes its end away.
func (c *console) mark() {
	at, _ := c.at()
	t := c.text.Marked(at)
	note := words.Say("typed.segment", words.Count(int64(at)))
	if len(t.Marks) < len(c.text.Marks) {
		note = words.Say("typed.no-segment")
	}
	if t.Equal(&c.text) {
		note = ""
	}
	c.change(t, at, true)
	c.remark(note)
	c.area.Focus()
}

// paste takes bytes from the clipboard with the line ends that they have there,
// and offers to make CR LF of LF.
func (c *console) paste(e event) {
	if c.view != editor.AsText {
		return
	}
	text := e.Get("clipboardData").Call("getData", "text/plain")
	e.PreventDefault()
	b := []byte(text.String())
	c.insert(b)
	lone := bytes.Count(b, []byte("\n")) - bytes.Count(b, []byte("\r\n"))
	if lone == 0 {
		return
	}
	var l fragment.List
	l.Put("typed-note", words.Plural("typed.lone-lf", int64(lone))+" ")
	for _, act := range [...][2]string{{"typed-convert", words.Say("typed.convert")}, {"typed-keep", words.Say("typed.keep")}} {
		l.Open("typed-act")
		l.Attr("data-act", act[0])
		l.Text(act[1])
		l.Close()
	}
	c.note.show(&l)
}

// convert makes CR LF of every LF alone.
func (c *console) convert() {
	var b []byte
	for i, o := range c.text.Bytes {
		if o == '\n' && (i == 0 || c.text.Bytes[i-1] != '\r') {
			b = append(b, '\r')
		}
		b = append(b, o)
	}
	c.change(editor.Of([][]byte{b}), len(b), false)
	c.remark("")
	c.area.Focus()
}

// copySelection puts the bytes that are selected on the clipboard: what is
// shown has names in it.
func (c *console) copySelection(e event) (from, to int, ok bool) {
	first, last := c.selection()
	if c.view != editor.AsText || first == last {
		return 0, 0, false
	}
	from, _ = c.shown.Byte(first)
	to, _ = c.shown.Byte(last)
	e.Get("clipboardData").Call("setData", "text/plain", string(c.text.Bytes[from:to]))
	e.PreventDefault()
	return from, to, true
}

// complete adds what a request of HTTP/1.1 still needs: Host, and the empty line.
// Nothing else is ever added, and this can be taken back.
func (c *console) complete() {
	var added []byte
	at := 0
	if t := c.traces[strict]; t != nil {
		added, at = view.Completion(c.text.Bytes, t)
	}
	if len(added) == 0 {
		c.remark(words.Say("typed.complete"))
		return
	}
	c.change(c.text.Replaced(at, at, added), at+len(added), false)
	escapes := editor.Show(&editor.Text{Bytes: added}, editor.AsEscapes)
	c.remark(words.Say("typed.completed", strings.ReplaceAll(escapes.Text, "\n", "")))
}

// remark says something about what is typed, "" nothing.
func (c *console) remark(text string) {
	var l fragment.List
	if text != "" {
		l.Put("typed-note", text)
	}
	c.note.show(&l)
}

// number reads a decimal number of ours.
func number(s string) (n int64) {
	for _, d := range s {
		n = n*10 + int64(d-'0')
	}
	return n
}
