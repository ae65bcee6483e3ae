package lint_test

import (
	_ "embed"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"vitrine/core/lint"
	"vitrine/core/lint/english"
)

//go:embed testdata/sections.txt
var sections string

// argument is where an argument, or what the table has for it, goes.
var argument = regexp.MustCompile(`%([a-z]+\.)?[1-9]`)

// entries are the lines of english.txt by their first words.
func entries(t *testing.T) map[string]string {
	text, err := os.ReadFile("english/english.txt")
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	for line := range strings.Lines(string(text)) {
		key, rest, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if !ok || key[0] == '#' {
			continue
		}
		if _, twice := m[key]; twice {
			t.Errorf("%s stands there twice", key)
		}
		m[key] = rest
	}
	return m
}

// Each note has its sentences, short enough to be read, and no sentence is left
// over.
func TestSentences(t *testing.T) {
	text := entries(t)
	used := map[string]bool{}
	prefixes := map[string]bool{}
	for key, sentence := range text {
		for _, m := range argument.FindAllStringSubmatch(sentence, -1) {
			prefixes[m[1]] = true
		}
		if strings.Contains(argument.ReplaceAllString(sentence, ""), "%") {
			t.Errorf("%s has a percent sign that is no argument: %q", key, sentence)
		}
	}
	for _, e := range lint.Catalogue() {
		for _, part := range []struct {
			key     string
			runes   int
			words   int
			missing bool
		}{{e.ID, 80, 80, false}, {e.ID + ".why", 600, 60, false}, {e.ID + ".do", 120, 20, true}} {
			sentence, ok := text[part.key]
			used[part.key] = true
			if !ok {
				if !part.missing {
					t.Errorf("%s is missing", part.key)
				}
				continue
			}
			if n := utf8.RuneCountInString(sentence); n > part.runes {
				t.Errorf("%s has %d characters, want %d", part.key, n, part.runes)
			}
			if n := len(strings.Fields(sentence)); n > part.words {
				t.Errorf("%s has %d words, want %d", part.key, n, part.words)
			}
			if alone := argument.FindString(sentence) == sentence; !alone && strings.HasSuffix(sentence, ".") == (part.key == e.ID) {
				t.Errorf("%s: a summary has no full stop, and the rest are sentences: %q", part.key, sentence)
			}
		}
		if e.Level == lint.Bad && text[e.ID+".do"] == "" {
			t.Errorf("%s is bad and says nothing to do", e.ID)
		}
	}
	for key := range text {
		prefix, _, _ := strings.Cut(key, ".")
		if !used[key] && !prefixes[prefix+"."] {
			t.Errorf("%s belongs to no note", key)
		}
	}
	if got, want := english.Sentences.Summary("A20", "%zz", "%25"), "A percent sign is not followed by two hexadecimal digits: %zz"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := english.Sentences.Summary("Z9") + english.Sentences.Why("Z9") + english.Sentences.Do("Z9"); got != "Z9" {
		t.Errorf("of an unknown note: got %q", got)
	}
}

// Each reference is to a section that exists: testdata/sections.txt was made
// from the texts of the RFCs. No section is there that no note cites.
func TestReferences(t *testing.T) {
	known := map[string]bool{}
	for line := range strings.Lines(sections) {
		if words := strings.Fields(line); words[0] == "RFC" {
			known[strings.Join(words[:3], " ")] = false
		}
	}
	for _, e := range lint.Catalogue() {
		if !strings.HasPrefix(e.Ref, "RFC ") {
			if e.ID[0] != 'M' {
				t.Errorf("%s cites %q", e.ID, e.Ref)
			}
			continue
		}
		if _, ok := known[e.Ref]; !ok {
			t.Errorf("%s cites %s, which is not in testdata/sections.txt", e.ID, e.Ref)
		}
		known[e.Ref] = true
	}
	for section, cited := range known {
		if !cited {
			t.Errorf("no note cites %s", section)
		}
	}
	if lint.Ref("A1") != "RFC 9112 §2.2" || lint.Ref("Z9") != "" || lint.Standing("A1") || !lint.Standing("E1") {
		t.Errorf("got %q, %q, %v, %v", lint.Ref("A1"), lint.Ref("Z9"), lint.Standing("A1"), lint.Standing("E1"))
	}
}
