//go:build js

package main

// newTheme wires the choice of colours. boot.js has set a stored choice
// before the first paint.
func newTheme() {
	chosen := stored("theme")
	for _, e := range all("input[name=theme]") {
		radio := input(e)
		if radio.Value() == chosen {
			radio.SetChecked(true)
		}
		on(e.Value, "change", func(event) {
			if radio.Value() == "system" {
				data(root).Delete("theme")
			} else {
				data(root).Set("theme", radio.Value())
			}
			store("theme", radio.Value())
		})
	}
}
