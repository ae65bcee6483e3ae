package conformance

import (
	_ "embed"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

//go:embed testdata/responses.txt
var responses string

// golden maps the title of a case and the name of a profile to the responses
// expected.
func golden(text string) map[[2]string]string {
	m := map[[2]string]string{}
	var title, profile string
	for line := range strings.Lines(text) {
		switch {
		case strings.HasPrefix(line, "# "):
			title = line[2 : len(line)-1]
		case strings.HasPrefix(line, "= profile "):
			profile = line[len("= profile ") : len(line)-1]
			m[[2]string{title, profile}] = ""
		case line != "\n":
			m[[2]string{title, profile}] += line
		}
	}
	return m
}

// writeGolden writes a golden file from what response gives.
func writeGolden(t *testing.T, name string, cases []Case, response func(*Profile, Case) string) {
	t.Helper()
	var b []byte
	for _, c := range cases {
		b = append(b, "# "+c.Title+"\n"...)
		for i := range Profiles {
			p := &Profiles[i]
			b = append(b, "= profile "+p.Name+"\n"...)
			b = append(b, response(p, c)...)
		}
		b = append(b, '\n')
	}
	if err := os.WriteFile("testdata/"+name, b, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("wrote testdata/%s: read the difference", name)
}

func mustCases(t *testing.T, cases []Case, err error) []Case {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

// The corpus is large enough, each title is unique and each case has its
// golden responses, and no response is left over.
func TestCorpus(t *testing.T) {
	if *update {
		return
	}
	all, err := Cases()
	cases := mustCases(t, all, err)
	if len(cases) < 170 {
		t.Errorf("got %d cases, want at least 170", len(cases))
	}
	want := golden(responses)
	seen := map[string]bool{}
	for _, c := range cases {
		if seen[c.Title] {
			t.Errorf("two cases are called %q", c.Title)
		}
		seen[c.Title] = true
		if c.Bytes == "" || c.Section == "" {
			t.Errorf("%q has no bytes or no section", c.Title)
		}
		for _, p := range Profiles {
			key := [2]string{c.Title, p.Name}
			if _, ok := want[key]; !ok {
				t.Errorf("%q has no golden response under %s", c.Title, p.Name)
			}
			delete(want, key)
		}
	}
	for key := range want {
		t.Errorf("the golden response of %q under %s belongs to no case", key[0], key[1])
	}
}
