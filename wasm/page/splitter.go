//go:build js

package main

import (
	"strconv"

	"vitrine/wasm/decimal"
)

// splitter is a divider that can be dragged, or moved by keys (the window
// splitter of the ARIA practices). Its value is the size of the pane behind
// it, in CSS pixels.
type splitter struct {
	bar      element
	pane     element
	property string // of the style sheet
	name     string // under which the size is stored
	upright  bool   // divides columns
	room     func() (most float64)
	least    float64
	size     float64
	before   float64 // size before it was folded away; 0 if it is not
}

func newSplitters() {
	extent := func(id, side string) float64 { return byID(id).Get(side).Float() }
	(&splitter{
		bar: byID("split-log"), pane: byID("log"), property: "--log-height", name: "log-height", least: 96,
		room: func() float64 { return extent("work", "clientHeight") - 150 },
	}).listen()
	(&splitter{
		bar: byID("split-exchange"), pane: byID("exchange"), property: "--exchange-width", name: "exchange-width", least: 288, upright: true,
		room: func() float64 { return extent("work", "clientWidth") - 380 },
	}).listen()
}

func (s *splitter) listen() {
	if v, ok := decimal.Parse(stored(s.name)); ok {
		s.set(float64(v), false)
	}
	on(s.bar.Value, "pointerdown", func(e event) {
		v := e
		if v.Get("button").Int() != 0 {
			return
		}
		s.bar.Call("setPointerCapture", v.Get("pointerId"))
		s.moving(true)
	})
	on(s.bar.Value, "pointermove", func(e event) {
		v := e
		if !s.bar.Call("hasPointerCapture", v.Get("pointerId")).Bool() {
			return
		}
		box := s.pane.Call("getBoundingClientRect")
		if s.upright {
			s.set(box.Get("right").Float()-v.Get("clientX").Float(), true)
		} else {
			s.set(box.Get("bottom").Float()-v.Get("clientY").Float(), true)
		}
	})
	on(s.bar.Value, "lostpointercapture", func(event) {
		s.moving(false)
		s.keep()
	})
	on(s.bar.Value, "focus", func(event) { s.say() })
	on(s.bar.Value, "keydown", s.key)
	s.say()
}

// key moves the divider: towards the arrow, so that the pane behind it shrinks
// when the arrow points at it.
func (s *splitter) key(e event) {
	now := s.measure()
	const step = 24
	switch k := keyName(e); {
	case s.upright && k == "ArrowLeft", !s.upright && k == "ArrowUp":
		now += step
	case s.upright && k == "ArrowRight", !s.upright && k == "ArrowDown":
		now -= step
	case k == "Home":
		now = s.least
	case k == "End":
		now = s.room()
	case k == "Enter" && s.before > 0:
		now = s.before
	case k == "Enter":
		s.set(0, false)
		s.before = now
		s.keep()
		e.PreventDefault()
		return
	default:
		return
	}
	e.PreventDefault()
	s.set(now, true)
	s.keep()
}

func (s *splitter) measure() float64 {
	box := s.pane.Call("getBoundingClientRect")
	if s.upright {
		return box.Get("width").Float()
	}
	return box.Get("height").Float()
}

func (s *splitter) set(size float64, bounded bool) {
	if bounded {
		size = max(s.least, min(size, s.room()))
	}
	s.size, s.before = size, 0
	byID("work").Get("style").Call("setProperty", s.property, strconv.Itoa(int(size))+"px")
	s.say()
}

// say tells assistive technology where the divider is.
func (s *splitter) say() {
	for _, v := range []struct {
		name string
		n    float64
	}{{"aria-valuenow", s.measure()}, {"aria-valuemin", 0}, {"aria-valuemax", max(s.room(), 0)}} {
		s.bar.SetAttribute(v.name, strconv.Itoa(int(v.n)))
	}
}

func (s *splitter) keep() { store(s.name, strconv.Itoa(int(s.size))) }

// moving keeps frames from swallowing the pointer while a divider is dragged.
func (s *splitter) moving(on bool) {
	for _, e := range []element{s.bar, body} {
		setClass(e, "moving", on)
	}
}
