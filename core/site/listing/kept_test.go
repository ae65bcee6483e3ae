//go:build !js

package listing

import "testing"

func TestKept(t *testing.T) {
	var k Kept
	lines := func(size int) *Lines { return &Lines{text: make([]byte, size)} }
	a := lines(minKept)
	k.Put("a", "1", a)
	for _, tc := range []struct {
		name, state string
		want        *Lines
	}{
		{"a", "1", a},
		{"a", "2", nil},
		{"a", "", nil},
		{"b", "1", nil},
	} {
		if got := k.Get(tc.name, tc.state); got != tc.want {
			t.Errorf("%q in state %q: got %p, want %p", tc.name, tc.state, got, tc.want)
		}
	}
	k.Put("a", "2", lines(minKept+1))
	if k.Get("a", "1") != nil || k.Get("a", "2") == nil || k.size != minKept+1 {
		t.Errorf("a new state does not take the place of the old one; %d bytes", k.size)
	}
	k.Put("a", "", a)
	if len(k.lines) != 0 || k.size != 0 {
		t.Errorf("lines without a state leave %d behind, %d bytes", len(k.lines), k.size)
	}
	for name, size := range map[string]int{"small": minKept - 1, "large": maxKept + 1} {
		if k.Put(name, "1", lines(size)); k.Get(name, "1") != nil {
			t.Errorf("%s lines are kept", name)
		}
	}
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		k.Put(name, "1", lines(maxKept/4))
		if k.Get(name, "1") == nil || k.size > maxKept {
			t.Errorf("after %s %d bytes are kept", name, k.size)
		}
	}
	if len(k.lines) != 4 {
		t.Errorf("%d listings are kept, want 4", len(k.lines))
	}
}
