package decimal

import (
	"strconv"
	"testing"
)

func TestParse(t *testing.T) {
	for s, want := range map[string]int64{"0": 0, "7": 7, "007": 7, "999999999999999999": 999999999999999999} {
		if n, ok := Parse(s); n != want || !ok {
			t.Errorf("%q: got %d, %v", s, n, ok)
		}
	}
	for _, s := range []string{"", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "1000000000000000000", "١", "a"} {
		if n, ok := Parse(s); ok {
			t.Errorf("%q: got %d, want none", s, n)
		}
	}
}

// What it reads, strconv reads as well.
func FuzzParse(f *testing.F) {
	f.Add("12")
	f.Add("-3")
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := Parse(s)
		if want, err := strconv.ParseInt(s, 10, 64); ok && (err != nil || want != n) {
			t.Errorf("%q: got %d, strconv has %d, %v", s, n, want, err)
		}
	})
}
