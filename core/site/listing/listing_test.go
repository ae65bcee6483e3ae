package listing

import (
	"html"
	"slices"
	"strings"
	"testing"
)

// spec: I-2 I-4
func TestListing(t *testing.T) {
	entries := []Entry{
		{Name: ".hidden"}, {Name: "a & b.txt"}, {Name: "link", Link: true},
		{Name: "linkdir", Link: true, Dir: true}, {Name: "sub", Dir: true},
	}
	const want = `<!DOCTYPE HTML>
<html lang="en">
<head>
<meta charset="utf-8">
<style type="text/css">
:root {
color-scheme: light dark;
}
</style>
<title>Directory listing for /x/</title>
</head>
<body>
<h1>Directory listing for /x/</h1>
<hr>
<ul>
<li><a href=".hidden">.hidden</a></li>
<li><a href="a%20%26%20b.txt">a &amp; b.txt</a></li>
<li><a href="link">link@</a></li>
<li><a href="linkdir/">linkdir@</a></li>
<li><a href="sub/">sub/</a></li>
</ul>
<hr>
</body>
</html>
`
	if got := string(Append(nil, "/x/", entries, false)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	empty := string(Append([]byte("before "), "/", nil, false))
	if !strings.HasPrefix(empty, "before <!DOCTYPE") || !strings.Contains(empty, "<ul>\n</ul>\n") {
		t.Errorf("empty listing: %q", empty)
	}
}

func TestListingCut(t *testing.T) {
	page := string(Append(nil, "/", []Entry{{Name: "a"}, {Name: "b"}}, true))
	if !strings.Contains(page, "</ul>\n<p>Only the first 2 entries are shown.</p>\n<hr>\n") {
		t.Errorf("%q does not say that it was cut", page)
	}
}

// spec: I-5
func TestSort(t *testing.T) {
	for _, tc := range []struct {
		name string
		want []string
	}{
		{"case", []string{"a", "B", "c", "D"}},
		{"no natural numbers", []string{"b1", "b10", "b2"}},
		{"bytes break ties", []string{"A", "a", "Ab", "aB"}},
		{"signs around letters", []string{"!", "0", "@", "[", "_", "A", "b", "~"}},
		{"beyond ASCII", []string{"z", "\u00c4", "\u00e4", "\u00d6", "\u0416", "\u0436", "\u4e2d", "\ue000", "\U0001F600"}},
		{"surrogates of bytes", []string{"\ud7ff", "\x80", "\xff", "\ue000", "\U00010000"}},
		{"final sigma", []string{"\u03bf\u03b4\u03bf\u03c2", "\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c3"}},
		{"dotted I", []string{"I", "ia", "\u0130", "j"}},
	} {
		// Any order in gives the same order out.
		entries := make([]Entry, 0, len(tc.want))
		for _, n := range slices.Backward(tc.want) {
			entries = append(entries, Entry{Name: n})
		}
		Sort(entries)
		var got []string
		for _, e := range entries {
			got = append(got, e.Name)
		}
		// Names equal in lower case are in the order of their bytes.
		want := slices.Clone(tc.want)
		slices.SortStableFunc(want, func(a, b string) int {
			if ka, kb := sortKey(a), sortKey(b); ka != kb {
				return 0
			}
			return strings.Compare(a, b)
		})
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", tc.name, got, want)
		}
	}
}

// spec: I-5
func TestSortKey(t *testing.T) {
	for name, want := range map[string]string{
		"abc":                  "abc",
		"AbC":                  "abc",
		"\u0130X":              "i\u0307x",
		"\u039f\u03a3":         "\u03bf\u03c2",
		"\u039f\u03a3.TXT":     "\u03bf\u03c3.txt",
		"\u039f\u03a3 X":       "\u03bf\u03c2 x",
		"\u03a3":               "\u03c3",
		" \u03a3":              " \u03c3",
		"A\u0301\u03a3":        "a\u0301\u03c2",
		"A\u03a3\u0301":        "a\u03c2\u0301",
		"A\u03a3\u0301B":       "a\u03c3\u0301b",
		"\u1e9e":               "\u00df",
		"\u01c5":               "\u01c6",
		"\u212a":               "k",
		"\xff":                 "\xed\xb3\xbf",
		"A\x80":                "a\xed\xb2\x80",
		"A\xff\u03a3":          "a\xed\xb3\xbf\u03c3",
		"\u03b1\u03a3\xff":     "\u03b1\u03c2\xed\xb3\xbf",
		"\u2167":               "\u2177",
		"\u24b6\u03a3":         "\u24d0\u03c2",
		"a\u00ad\u03a3\u00adb": "a\u00ad\u03c3\u00adb",
	} {
		if got := sortKey(name); got != want {
			t.Errorf("sortKey(%q) = %q, want %q", name, got, want)
		}
	}
}

// spec: I-6
func TestListingIsText(t *testing.T) {
	// Whatever the name, its line has one link and no other element.
	for _, name := range []string{`"><script>`, "</a>", "<!--", "&lt;", "]]>", "\u2028"} {
		page := string(Append(nil, "/", []Entry{{Name: name}}, false))
		if n := strings.Count(page, "<"); n != strings.Count(string(Append(nil, "/", []Entry{{Name: "x"}}, false)), "<") {
			t.Errorf("%q makes %d tags", name, n)
		}
		_, line, _ := strings.Cut(page, `">`)
		_, line, _ = strings.Cut(line, `<li><a href="`)
		_, line, _ = strings.Cut(line, `">`)
		text, _, _ := strings.Cut(line, "</a>")
		if html.UnescapeString(text) != name {
			t.Errorf("%q is shown as %q", name, text)
		}
	}
}
