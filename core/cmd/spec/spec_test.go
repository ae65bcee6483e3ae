package main

import (
	"os"
	"path/filepath"
	"slices"
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
		if r.Title == "" || r.Group == "" {
			t.Errorf("%s has no title or no group", r.ID)
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

const root = "../../.."

// Each rule has a test, and whatever names a rule names one that exists.
func TestComplete(t *testing.T) {
	tags, err := Tags(root)
	if err != nil {
		t.Fatal(err)
	}
	mentions, err := Mentions(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range Problems(Rules(), tags, mentions) {
		t.Error(p)
	}
	files := map[string]bool{}
	for _, m := range mentions {
		files[m.File] = true
	}
	for _, want := range []string{"README.md", "core/http1/octets.go", "core/http1/testdata/attacks.txt", "core/internal/conformance/departures_linux_test.go"} {
		if !files[want] {
			t.Errorf("no rule is found in %s", want)
		}
	}
}

// The document is that of the rules and tests as they are.
func TestDocument(t *testing.T) {
	tags, err := Tags(root)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(root, document))
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(string(Markdown(Rules(), tags)), "\n")
	for i, line := range strings.Split(string(got), "\n") {
		if i >= len(want) || line != want[i] {
			t.Fatalf("%s:%d is not that of the rules and tests: run make spec", document, i+1)
		}
	}
}

func TestMentions(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.go":         "package a\n\n// See Q-1 and\n// Q-2.\nvar a, b, c = \"Q-3, Q-4\", \"Q-9: a field\", \"UTF-8\"\n",
		"a.md":         "| Q-5 | HTTP/1.1 |\n",
		"a.txt":        "# Q-6\n> Q-9: a\n",
		"dist/dist.js": "// Q-9",
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mentions, err := Mentions(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []Mention{{"Q-1", "a.go", 3}, {"Q-2", "a.go", 4}, {"Q-3", "a.go", 5}, {"Q-4", "a.go", 5}, {"Q-5", "a.md", 1}, {"Q-6", "a.txt", 1}}
	if !slices.Equal(mentions, want) {
		t.Errorf("got %v, want %v", mentions, want)
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

	problems := strings.Join(Problems(Rules(), tags, nil), "\n")
	for _, want := range []string{". x names Q-1: no such rule", "no test shows C-1"} {
		if !strings.Contains(problems, want) {
			t.Errorf("got %q, want %q in it", problems, want)
		}
	}
	text := string(Markdown(Rules(), tags))
	for _, want := range []string{"\n## TLS\n", "### TLS-2\n\n**ALPN.** ", "*Shown by:* `.` table\n", "*Departs:* `.` TestOne (X-2)\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the document lacks %q", want)
		}
	}
}
