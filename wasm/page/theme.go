//go:build js

package main

import "honnef.co/go/js/dom/v2"

// newTheme wires the choice of colours. boot.js has set a stored choice
// before the first paint.
func newTheme(l *listeners) {
	chosen := stored("theme")
	for _, e := range doc.QuerySelectorAll("input[name=theme]") {
		radio := e.(*dom.HTMLInputElement)
		if radio.Value() == chosen {
			radio.SetChecked(true)
		}
		l.on(radio, "change", func(dom.Event) {
			data := doc.DocumentElement().Underlying().Get("dataset")
			if radio.Value() == "system" {
				data.Delete("theme")
			} else {
				data.Set("theme", radio.Value())
			}
			store("theme", radio.Value())
		})
	}
}
