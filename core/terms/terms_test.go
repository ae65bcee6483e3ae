package terms_test

import (
	"strconv"
	"strings"
	"testing"

	"vitrine/core/terms"
	"vitrine/core/terms/english"
)

func TestLookup(t *testing.T) {
	table := english.Table()
	for _, tc := range []struct {
		what string
		find func() (terms.Term, bool)
		name string
	}{
		{"a method", func() (terms.Term, bool) { return table.Method("GET") }, "GET"},
		{"a method in other letters", func() (terms.Term, bool) { return table.Method("get") }, ""},
		{"a status code", func() (terms.Term, bool) { return table.Status(404) }, "404"},
		{"a number", func() (terms.Term, bool) { return table.Status(-404) }, ""},
		{"a field", func() (terms.Term, bool) { return table.Field("content-LENGTH") }, "Content-Length"},
		{"no field", func() (terms.Term, bool) { return table.Field("X-Made-Up") }, ""},
		{"an empty name", func() (terms.Term, bool) { return table.Field("") }, ""},
		{"a token", func() (terms.Term, bool) { return table.Token(terms.CRLF) }, "CRLF"},
	} {
		got, ok := tc.find()
		if got.Name != tc.name || ok != (tc.name != "") || ok != (got.Text != "") {
			t.Errorf("%s: got %+v, %v, want %q", tc.what, got, ok, tc.name)
		}
	}
}

// Every entry is found by its name.
func TestEveryEntryIsFound(t *testing.T) {
	table, kind, n := english.Table(), "", 0
	find := map[string]func(string) (terms.Term, bool){
		"method": table.Method, "field": table.Field, "token": table.Token,
		"status": func(name string) (terms.Term, bool) {
			code, _ := strconv.Atoi(name)
			return table.Status(code)
		},
	}
	for line := range strings.Lines(english.Text()) {
		if name, ok := strings.CutPrefix(line, "= "); ok {
			kind = strings.TrimSpace(name)
		}
		name, _, ok := strings.Cut(line, " | ")
		if !ok || line[0] == '#' || kind == "value" {
			continue
		}
		n++
		got, ok := find[kind](name)
		want := strings.Split(strings.TrimSpace(line), " | ")
		if !ok || got.Kind.String() != kind || got.Name != name || got.Use != want[1] || got.Ref != want[4] || got.Text != want[5] {
			t.Errorf("%s %s: got %+v", kind, name, got)
		}
	}
	if n < 450 {
		t.Errorf("%d entries", n)
	}
}

// What comes in place of the text is known from it, and no text does harm.
func TestParse(t *testing.T) {
	for _, text := range []string{"", "<!doctype html>\n<p>404", "= field\n", "= field\nA | both | list | permanent | RFC 1 | A.\n", "= \n= \n= method\n= method"} {
		if _, ok := terms.Parse(text); ok {
			t.Errorf("%q is taken for a text", text)
		}
	}
	if _, ok := terms.Parse(english.Text()); !ok {
		t.Error("the text is not taken")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("= field\nA | both | list | permanent | RFC 1 | A.\n= method\nGET\n", "a")
	f.Add("= field\n\n\n|", "")
	f.Add("= status\n= token\nx | y\n= field", "x")
	f.Fuzz(func(t *testing.T, text, name string) {
		table, _ := terms.Parse(text)
		for _, find := range []func(string) (terms.Term, bool){table.Method, table.Field, table.Token} {
			if term, ok := find(name); ok && !strings.EqualFold(term.Name, name) {
				t.Errorf("%q is found by %q", term.Name, name)
			}
		}
	})
}

func BenchmarkField(b *testing.B) {
	table := english.Table()
	b.ReportAllocs()
	for b.Loop() {
		table.Field("upgrade-insecure-requests")
	}
}
