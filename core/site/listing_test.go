package site

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/core/internal/percent"
	"vitrine/core/site/listing"
)

// spec: I-3
func TestListingTitle(t *testing.T) {
	for target, want := range map[string]string{
		"/":                   "/",
		"/sub/?x=1#y":         "/sub/",
		"/sub#y?x":            "/sub",
		"/sub/../":            "/sub/../",
		"/a//b/":              "/a//b/",
		"/%3Cscript%3E&/":     "/&lt;script&gt;&amp;/",
		"/caf%C3%A9/":         "/caf\u00e9/",
		"/%ED%B3%BF/":         "/\xff/",
		"/%FF/":               "/\ufffd/",
		"/\xe9/":              "/\u00e9/",
		"/\"'/":               "/\"'/",
		"/%2525/":             "/%25/",
		"http://h/sub/":       "/sub/",
		"//x/":                "/x/",
		"/%ED%A0%80/":         "/\ufffd/",
		"/%3C/title%3E%22%3E": "/&lt;/title&gt;\"&gt;",
	} {
		page := string(listing.Append(nil, ShownPath(target), nil, false))
		for _, line := range []string{
			"<title>Directory listing for " + want + "</title>\n",
			"<h1>Directory listing for " + want + "</h1>\n",
		} {
			if !strings.Contains(page, line) {
				t.Errorf("%q: no line %q in %q", target, line, page)
			}
		}
	}
}

// spec: I-6 I-7 I-8 P-10
func TestListingNames(t *testing.T) {
	for _, tc := range []struct{ name, link, shown string }{
		{"plain.txt", "plain.txt", "plain.txt"},
		{"A-z_0.9~", "A-z_0.9~", "A-z_0.9~"},
		{"a b", "a%20b", "a b"},
		{"'(:&@+,", "%27%28%3A%26%40%2B%2C", "'(:&amp;@+,"},
		{"javascript:alert(1)", "javascript%3Aalert%281%29", "javascript:alert(1)"},
		{`<img src=x onerror="a">`, "%3Cimg%20src%3Dx%20onerror%3D%22a%22%3E", `&lt;img src=x onerror="a"&gt;`},
		{"100%", "100%25", "100%"},
		{"a%20b", "a%2520b", "a%20b"},
		{"?#", "%3F%23", "?#"},
		{`a\b`, "a%5Cb", `a\b`},
		{"line\nbreak\r\x01", "line%0Abreak%0D%01", "line\nbreak\r\x01"},
		{"caf\u00e9", "caf%C3%A9", "caf\u00e9"},
		{"\U0001F600", "%F0%9F%98%80", "\U0001F600"},
		{"\xff", "%ED%B3%BF", "\xff"},
		{"a\x80b", "a%ED%B2%80b", "a\x80b"},
		{"\xed\xb3\xbf", "%ED%B3%AD%ED%B2%B3%ED%B2%BF", "\xed\xb3\xbf"},
		{"\ufffd", "%EF%BF%BD", "\ufffd"},
		{"..x", "..x", "..x"},
		{"*", "%2A", "*"},
		{";=!$", "%3B%3D%21%24", ";=!$"},
	} {
		page := string(listing.Append(nil, "/", []listing.Entry{{Name: tc.name}}, false))
		want := `<li><a href="` + tc.link + `">` + tc.shown + "</a></li>\n"
		if !strings.Contains(page, want) {
			t.Errorf("%q: no %q in %q", tc.name, want, page)
		}
		if name, _, err := TranslatePath("/" + tc.link); name != tc.name || err != nil {
			t.Errorf("link of %q leads to %q, %v", tc.name, name, err)
		}
	}
}

// largeFolder is a directory whose listing is shared.
func largeFolder() fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := range largeListing + 1 {
		fsys[fmt.Sprintf("dir/file%05d", i)] = &fstest.MapFile{}
	}
	return fsys
}

func TestLargeListing(t *testing.T) {
	s := New(largeFolder())
	small := listing.Append(nil, "/dir/", s.entriesOf("dir", readAll(t, s.FS)), false)
	for _, target := range []string{"/dir/", "/x/../dir/"} {
		got := ask(t, s, "GET", target, "")
		want := strings.ReplaceAll(string(small), "for /dir/<", "for "+target+"<")
		if got.body.String() != want {
			t.Errorf("%s: the page of a large directory is not the one of a small one", target)
		}
	}
}

func readAll(t *testing.T, fsys fs.FS) []fs.DirEntry {
	t.Helper()
	list, err := fs.ReadDir(fsys, "dir")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A listing has no links that Windows would take for something else: what is
// listed can be fetched, and what is not listed cannot.
//
// departs: P-5 (gh-104711)
func TestNamesListedOnWindows(t *testing.T) {
	files := fstest.MapFS{}
	names := []string{
		"a.txt", "console.txt", "com.txt", "com10", "nul_", "a b", "#", "é", // ordinary
		"con.txt", "CON", "aux", "Nul.tar.gz", "com1.txt", "lpt\u00b9", "conin$", "dot.", "space ", "stream.txt:x", "c:", `a\b`, "prn .txt", // not
	}
	for _, name := range names {
		files["d/"+name] = &fstest.MapFile{}
		files["d/dir "+name+"/x"] = &fstest.MapFile{}
	}
	files["d/aux.d/x"] = &fstest.MapFile{}
	for _, windows := range []bool{false, true} {
		s := testSite(t, files)
		s.Windows = windows
		page := ask(t, s, "GET", "/d/", "").body.String()
		entries, err := fs.ReadDir(files, "d")
		if err != nil {
			t.Fatal(err)
		}
		shown := 0
		for _, e := range entries {
			link := string(percent.AppendName(nil, e.Name()))
			listed := strings.Contains(page, `<li><a href="`+link+`">`) || strings.Contains(page, `<li><a href="`+link+`/">`)
			target := "/d/" + link
			if e.IsDir() {
				target += "/"
			}
			if status := ask(t, s, "GET", target, "").status; listed != (status == 200) {
				t.Errorf("Windows %v: %q: listed %v, and its link gives %d", windows, e.Name(), listed, status)
			}
			if listed {
				shown++
			}
		}
		if all := shown == len(entries); all == windows || shown < 16 {
			t.Errorf("Windows %v: %d of %d names are listed", windows, shown, len(entries))
		}
	}
}
