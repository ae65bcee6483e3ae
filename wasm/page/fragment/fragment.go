// Package fragment describes a piece of the page: which templates of
// web/index.html are cloned, and which text and attributes their places get.
// A description is one flat string, so that a thousand rows cross to
// JavaScript in one call; web/fill.js makes nodes of it.
//
// The one rule: there is no way to say markup. Whatever did not grow in this
// program (a target, a field, a file's name, content, an error of the browser)
// is the text of a node or the value of an attribute, and stays that.
package fragment

import (
	"strconv"
	"strings"
)

// A List is a sequence of operations, each a letter with its operand, ended by
// NUL. The letters are those of fill in web/fill.js:
//
//	<NAME        clone a template and go into its first element
//	>            go back to where that was put
//	.SLOT        go to a place of the template: its element with data-slot
//	"TEXT        append text
//	=NAME VALUE  set an attribute
//	+NAME TEXT   clone a template, append text to its first element, stay
//	:SLOT TEXT   append text to a place, stay
const (
	open  = '<'
	end   = '>'
	slot  = '.'
	text  = '"'
	attr  = '='
	put   = '+'
	place = ':'
)

// List is a description in the making; the zero value is empty. Names are
// constants of this program, values are anything. A NUL, which no HTML
// document can have either, becomes U+FFFD.
type List struct{ b []byte }

// String returns the description.
func (l *List) String() string { return string(l.b) }

// Empty reports whether nothing is described.
func (l *List) Empty() bool { return len(l.b) == 0 }

// Open clones a template. What follows, up to Close, is about the clone.
func (l *List) Open(template string) { l.add(open, template) }

// Close ends what Open began.
func (l *List) Close() { l.add(end, "") }

// Slot goes to a place of the clone: what follows is put there.
func (l *List) Slot(name string) { l.add(slot, name) }

// Text appends s.
func (l *List) Text(s string) { l.add(text, s) }

// Attr sets an attribute: of the clone's first element, or of the place that
// Slot went to.
func (l *List) Attr(name, value string) { l.pair(attr, name, value) }

// Put clones a template and appends s to its first element.
func (l *List) Put(template, s string) { l.pair(put, template, s) }

// Fill appends s to a place of the clone.
func (l *List) Fill(name, s string) { l.pair(place, name, s) }

// Bytes appends s so that every byte can be seen, see Runs.
func (l *List) Bytes(s string, a Alphabet) {
	for r := range Runs(s, a) {
		switch r.Kind {
		case Plain:
			l.Text(r.Text)
		case Glyph:
			l.Put("glyph", r.Text)
		case Pill:
			l.Put("pill", r.Text)
		}
	}
}

// Number is n as Text and Attr take it.
func Number(n int64) string { return strconv.FormatInt(n, 10) }

func (l *List) add(op byte, operand string) {
	l.b = append(l.b, op)
	l.operand(operand)
}

func (l *List) pair(op byte, name, value string) {
	l.b = append(l.b, op)
	l.b = append(l.b, name...)
	l.b = append(l.b, ' ')
	l.operand(value)
}

func (l *List) operand(s string) {
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	}
	l.b = append(l.b, s...)
	l.b = append(l.b, 0)
}
