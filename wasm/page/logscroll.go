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

// scrolled finds out whether the end is in sight, or the oldest rows that are
// drawn nearly are.
func (t *logTable) scrolled() {
	v := t.rows
	top, height := v.Get("scrollTop").Float(), v.Get("clientHeight").Float()
	t.following = v.Get("scrollHeight").Float()-top-height < 32
	switch {
	case t.following:
		t.limit = maxLogRows
		if t.unseen > 0 {
			t.unseen = 0
			t.app.change()
		}
	case t.older > 0 && top < height && t.sortBy == "number":
		t.showOlder(t.limit + maxLogRows)
	}
}

func (t *logTable) toEnd() {
	t.following, t.unseen = true, 0
	t.rows.Set("scrollTop", 1<<30)
}
