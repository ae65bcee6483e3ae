package words

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// table is english.txt by its codes; each has one line.
func table(t *testing.T) map[string]string {
	t.Helper()
	entries := map[string]string{}
	for line := range strings.SplitSeq(strings.TrimSuffix(englishText, "\n"), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		code, sentence, ok := strings.Cut(line, " ")
		if !ok || strings.TrimSpace(sentence) != sentence || sentence == "" || strings.HasPrefix(sentence, "(") {
			t.Errorf("%q is no line of the table", line)
		}
		if _, twice := entries[code]; twice {
			t.Errorf("%s is there twice", code)
		}
		entries[code] = sentence
	}
	return entries
}

// source is what the page's program is made of, tests aside.
func source(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, dir := range []string{"../page", "../host", "../sites", "../bridge", "../hosting"} {
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			text, err := os.ReadFile(name)
			b.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

var (
	said    = regexp.MustCompile(`\b(Say|Plural|NewMessage)\("([a-z.-]+)"`)
	literal = regexp.MustCompile(`"([a-z-]+\.[a-z.-]*)"`)
	place   = regexp.MustCompile(`%([a-z-]+\.)[1-9]`)
)

// Every code that the program names has its sentence, and the table has no
// others.
func TestEveryCodeHasItsSentence(t *testing.T) {
	entries, program := table(t), source(t)
	topics := map[string]bool{}
	for code := range entries {
		topic, _, _ := strings.Cut(code, ".")
		topics[topic] = true
	}
	used := map[string]bool{} // codes, and beginnings of codes with their dot
	for _, m := range said.FindAllStringSubmatch(program, -1) {
		if m[1] == "Plural" {
			used[m[2]+".one"], used[m[2]+".many"] = true, true
		} else {
			used[m[2]] = true
		}
	}
	// Codes that are chosen first and said later, and those that are put
	// together: a literal that begins like a code is one.
	for _, m := range literal.FindAllStringSubmatch(program, -1) {
		if strings.HasSuffix(m[1], ".txt") {
			continue // a file
		}
		if topic, _, _ := strings.Cut(m[1], "."); topics[topic] && !used[m[1]+".one"] {
			used[m[1]] = true
		}
	}
	for _, sentence := range entries {
		for _, m := range place.FindAllStringSubmatch(sentence, -1) {
			used[m[1]] = true
		}
	}
	for _, code := range slices.Sorted(maps.Keys(used)) {
		begins := slices.ContainsFunc(slices.Collect(maps.Keys(entries)), func(c string) bool { return strings.HasPrefix(c, code) })
		if _, ok := entries[code]; !ok && !(begins && strings.HasSuffix(code, ".")) {
			t.Errorf("%s has no sentence", code)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(entries)) {
		topic, _, _ := strings.Cut(code, ".")
		if !used[code] && !used[topic+"."] {
			t.Errorf("%s: the program does not say it", code)
		}
	}
}

func TestSay(t *testing.T) {
	for _, tc := range []struct{ got, want string }{
		{Say("drop.one"), "Drop to serve it as a site"},
		{Say("notice.file-failed", "a.css", "it is %1", "site"), "a.css could not be read (it is %1). Open site again to serve it as it is now."},
		{Say("site.copied", "2", "1", "15:04"), "a copy, made 2 Jan 15:04"},
		{Say("no.such.code", "x"), "no.such.code"},
		{Plural("files", 0), "0 files"},
		{Plural("files", 1), "1 file"},
		{Plural("files", 3000), "3,000 files"},
		{Count(0), "0"},
		{Count(999), "999"},
		{Count(1000), "1,000"},
		{Count(-123), "-123"},
		{Count(-1234567), "-1,234,567"},
	} {
		if tc.got != tc.want {
			t.Errorf("got %q, want %q", tc.got, tc.want)
		}
	}
}
