package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The list has every rule of every group once: 164 in all.
func TestRules(t *testing.T) {
	groups := []struct {
		name string
		last int // of numbers from 1 on
	}{
		{"C", 9}, {"R", 17}, {"H", 8}, {"K", 10}, {"E", 5}, {"M", 3}, {"W", 8}, {"S", 7},
		{"L", 8}, {"P", 13}, {"D", 6}, {"F", 6}, {"N", 5}, {"I", 8}, {"T", 5}, {"G", 23},
		{"X", 10}, {"B", 6}, {"TLS", 7},
	}
	count := map[string]int{}
	for _, r := range Rules() {
		count[r.ID]++
		if r.Title == "" {
			t.Errorf("%s has no title", r.ID)
		}
	}
	sum := 0
	for _, g := range groups {
		for i := 1; i <= g.last; i++ {
			if id := g.name + "-" + itoa(i); count[id] != 1 {
				t.Errorf("%s is in the list %d times", id, count[id])
			}
			sum++
		}
	}
	if len(count) != sum || sum != 164 {
		t.Errorf("got %d rules, want %d, 164", len(count), sum)
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

// Each rule has a test, and each tag a rule.
func TestComplete(t *testing.T) {
	var b bytes.Buffer
	complete, err := report(&b, filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if !complete {
		_, after, _ := strings.Cut(b.String(), "\n\n")
		t.Error(after)
	}
}

func TestTags(t *testing.T) {
	dir := t.TempDir()
	source := `package x

// spec: R-3 R-4
func TestOne() {
	for range 3 {
		// departs: K-8 (X-2) H-8, P-5 (refused, not left out)
	}
}

var table = []int{
	// spec: TLS-2
	1,
}

// Not a spec: R-5
func TestTwo() {} // spec: Q-1
`
	if err := os.WriteFile(filepath.Join(dir, "x_test.go"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	tags, err := Tags(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []Tag{
		{"R-3", ". TestOne", false, ""},
		{"R-4", ". TestOne", false, ""},
		{"K-8", ". TestOne", true, "X-2"},
		{"X-2", ". TestOne", false, ""},
		{"H-8", ". TestOne", true, ""},
		{"P-5", ". TestOne", true, "refused, not left out"},
		{"TLS-2", ". table", false, ""},
	}
	if len(tags) < len(want) {
		t.Fatalf("got %v, want %v", tags, want)
	}
	for i, w := range want {
		if tags[i] != w {
			t.Errorf("got %v, want %v", tags[i], w)
		}
	}
	if last := tags[len(tags)-1]; len(tags) != len(want)+1 || last.Rule != "Q-1" {
		t.Errorf("got %v at the end, want the stranger Q-1", last)
	}

	var b bytes.Buffer
	complete, err := report(&b, dir)
	if err != nil || complete {
		t.Errorf("got complete %v, %v; want an incomplete report", complete, err)
	}
	for _, line := range []string{"No such rule: . x names Q-1", "No test shows: C-1 ", "| TLS-2 | ALPN | . table |  |", "4 shown by tests, 3 with a departure, 157 missing"} {
		if !strings.Contains(b.String(), line) {
			t.Errorf("the report lacks %q; it ends %q", line, b.String()[b.Len()-200:])
		}
	}
}
