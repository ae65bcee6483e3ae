package sites

import (
	"slices"
	"testing"
	"time"
)

// Only IDs that stand in the list are held, and each once.
func TestWatch(t *testing.T) {
	var disk []string
	w := NewWatch([]string{"earlier"}, func(ids []string) { disk = ids })
	w.Hold("a")
	w.Hold("a")
	w.Loads("b")
	w.Loads("a") // asked for
	if !w.Holds("earlier") || w.Holds("a") || w.Holds("b") || !slices.Equal(disk, []string{"earlier", "b", "a"}) {
		t.Errorf("wrote %v", disk)
	}
	w.Hold("b")
	w.End()
	if !w.Holds("b") || !slices.Equal(disk, []string{"earlier", "b"}) {
		t.Errorf("after the end: wrote %v", disk)
	}
	w.Forget("b")
	w.Forget("earlier")
	if w.Holds("b") || len(disk) != 0 {
		t.Errorf("a site that is gone is held: wrote %v", disk)
	}
	if !w.Look(Beat, false) {
		t.Error("there is something to look after")
	}
}

// What is loaded is struck out after ten looks in time. A late one begins
// again, unless the page is out of sight; so does another load.
func TestWatchLook(t *testing.T) {
	for _, tc := range []struct {
		title  string
		hidden bool
		late   func(look int) bool
		loads  int // another site, before that look
		looks  int // until it is over
	}{
		{"in time", false, func(int) bool { return false }, 0, 10},
		{"late once", false, func(look int) bool { return look == 7 }, 0, 17},
		{"late and hidden", true, func(int) bool { return true }, 0, 10},
		{"another load", false, func(int) bool { return false }, 5, 14},
		{"always late", false, func(int) bool { return true }, 0, 100},
	} {
		var disk []string
		w := NewWatch(nil, func(ids []string) { disk = ids })
		w.Loads("a")
		look := 1
		for ; look < 100; look++ {
			if look == tc.loads {
				w.Loads("b")
			}
			after := Beat + Beat/2
			if tc.late(look) {
				after = 2 * Beat
			}
			if w.Look(after, tc.hidden) {
				break
			}
			if !slices.Contains(disk, "a") {
				t.Errorf("%s: struck out although look %d was not the last", tc.title, look)
			}
		}
		if look != tc.looks || look < 100 && len(disk) != 0 {
			t.Errorf("%s: over after %d looks with %v written, want %d", tc.title, look, disk, tc.looks)
		}
	}
	if wellFor != 10*Beat || Beat > time.Second {
		t.Error("the table is for ten looks")
	}
}

// Another tab of the tool that is well has written down what it loads.
func TestWatchOtherPage(t *testing.T) {
	w := NewWatch([]string{"a", "b"}, func([]string) {})
	w.Lives([]string{"b", "c"})
	if !w.Holds("a") || w.Holds("b") || !w.Holding() {
		t.Errorf("held %q, want a alone", w.held)
	}
	w.Lives([]string{"a"})
	if w.Holding() {
		t.Errorf("held %q, want nothing", w.held)
	}
	w.Loads("c")
	if got := w.Loading(); len(got) != 1 || got[0] != "c" {
		t.Errorf("loading %q, want c", got)
	}
}
