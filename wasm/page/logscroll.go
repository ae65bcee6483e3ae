//go:build js

package main

// pause stops the display; recording goes on.
func (t *logTable) pause() {
	t.paused = !t.paused
	b := byID("pause")
	b.SetAttribute("aria-pressed", boolText(t.paused))
	icon := "#i-pause"
	if t.paused {
		icon = "#i-play"
	} else {
		t.renew()
	}
	first(b, "use").SetAttribute("href", icon)
	t.app.change()
}

// scrolled finds out whether the end is in sight.
func (t *logTable) scrolled() {
	v := t.rows
	t.following = v.Get("scrollHeight").Float()-v.Get("scrollTop").Float()-v.Get("clientHeight").Float() < 32
	if t.following && t.unseen > 0 {
		t.unseen = 0
		t.app.change()
	}
}

func (t *logTable) toEnd() {
	t.following, t.unseen = true, 0
	t.rows.Set("scrollTop", 1<<30)
}
