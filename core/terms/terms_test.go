package terms_test

import (
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
