//go:build js

package main

// views are what the whole window is for: the sites, or the console. Before a
// site is there, the first of them is the welcome.
type views struct {
	app *app
	now string // "work" or "console"
}

func newViews(a *app) *views { return &views{app: a, now: "work"} }

// show goes to a view.
func (v *views) show(name string) {
	v.now = name
	v.app.panes.follow(name)
	v.app.change()
}

// draw follows: halt, which boot.js or the program chose, is for good.
func (v *views) draw() {
	shown := v.now
	if shown == "work" && len(v.app.sites) == 0 {
		shown = "welcome"
	}
	if d := data(body); d.Get("view").String() != "halt" && d.Get("view").String() != shown {
		d.Set("view", shown)
	}
	for _, b := range all("[data-act=view]") {
		b.SetAttribute("aria-current", boolText(b.GetAttribute("data-to") == v.now))
	}
}
