package cgi_test

import (
	"slices"
	"testing"

	"vitrine/core/cgi"
)

// spec: G-1 G-2 G-3
func TestIsCGI(t *testing.T) {
	directories := []string{"/cgi-bin", "/htbin", "/sub/dir/cgi-bin"}
	for _, tc := range []struct {
		path, directory, rest string
		ok                    bool
	}{
		{"/cgi-bin/x", "/cgi-bin", "x", true},
		{"/cgi-bin/", "/cgi-bin", "", true},
		{"/cgi-bin/a/b/", "/cgi-bin", "a/b/", true},
		{"/htbin/x", "/htbin", "x", true},
		{"/sub/dir/cgi-bin/x", "/sub/dir/cgi-bin", "x", true},
		{"/cgi-bin/htbin/x", "/cgi-bin", "htbin/x", true},
		{"/cgi-bin", "", "", false},
		{"/sub/dir/cgi-bin", "", "", false},
		{"/sub/cgi-bin/x", "", "", false},
		{"/CGI-BIN/x", "", "", false},
		{"/cgi-bin2/x", "", "", false},
		{"/x.sh", "", "", false},
		{"/", "", "", false},
		{"", "", "", false},
	} {
		directory, rest, ok := cgi.IsCGI(directories, tc.path)
		if directory != tc.directory || rest != tc.rest || ok != tc.ok {
			t.Errorf("%q: got %q %q %v, want %q %q %v", tc.path, directory, rest, ok, tc.directory, tc.rest, tc.ok)
		}
	}
}

// spec: G-6
// departs: G-7
func TestFindScript(t *testing.T) {
	isDir := func(name string) bool {
		return slices.Contains([]string{"cgi-bin/sub", "cgi-bin/sub/deep"}, name)
	}
	for _, tc := range []struct{ rest, name, argument, info string }{
		{"x.sh", "/cgi-bin/x.sh", "x.sh", ""},
		{"x.sh/", "/cgi-bin/x.sh", "x.sh", "/"},
		{"x.sh/a/b/", "/cgi-bin/x.sh", "x.sh", "/a/b/"},
		{"sub/y.sh/a", "/cgi-bin/sub/y.sh", "y.sh", "/a"},
		{"sub/deep/z/a", "/cgi-bin/sub/deep/z", "z", "/a"},
		{"sub", "/cgi-bin/sub", "sub", ""},
		{"sub/", "/cgi-bin/sub/", "", ""},
		{"", "/cgi-bin/", "", ""},
		// A "?" and a "%" are letters of a name: the query was cut off
		// before, and nothing is decoded twice.
		{"a?b/c", "/cgi-bin/a?b", "a?b", "/c"},
		{"%2e%2e/c", "/cgi-bin/%2e%2e", "%2e%2e", "/c"},
	} {
		s := cgi.FindScript("/cgi-bin", tc.rest, "q=%20", isDir)
		if s.Name != tc.name || s.Argument != tc.argument || s.PathInfo != tc.info || s.Query != "q=%20" {
			t.Errorf("%q: got %+v, want %q %q %q", tc.rest, s, tc.name, tc.argument, tc.info)
		}
	}
}

// spec: G-13
// departs: G-13
func TestArguments(t *testing.T) {
	for _, tc := range []struct {
		query string
		want  []string
	}{
		{"", []string{"x.sh", ""}},
		{"a+b%20c", []string{"x.sh", "a b%20c"}},
		{"a;b|$(c)", []string{"x.sh", "a;b|$(c)"}},
		{"a=b+c", []string{"x.sh"}},
		{"\xe9", []string{"x.sh", "é"}},
		{"a%3Db", []string{"x.sh", "a%3Db"}},
		{"a+-d", []string{"x.sh", "a -d"}},
		// What a program would take for an option is no argument.
		{"-d+x", []string{"x.sh"}},
		{"-", []string{"x.sh"}},
		{"+-d", []string{"x.sh"}},
		{"\t\xa0-d", []string{"x.sh"}},
		{"\xadd", []string{"x.sh"}},
		{"%2dd", []string{"x.sh", "%2dd"}}, // is not decoded
	} {
		s := cgi.Script{Argument: "x.sh", Query: tc.query}
		if got := s.Arguments(); !slices.Equal(got, tc.want) {
			t.Errorf("%q: got %q, want %q", tc.query, got, tc.want)
		}
	}
}

// spec: G-8
func TestIsPython(t *testing.T) {
	for name, want := range map[string]bool{
		"/cgi-bin/x.py": true, "/cgi-bin/x.PYW": true, "/cgi-bin/x.pyc": false, "/cgi-bin/py": false, "/cgi-bin/x.py/a": false,
	} {
		if got := cgi.IsPython(name); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}
