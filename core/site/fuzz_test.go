package site

import (
	"io/fs"
	"strings"
	"testing"
	"unicode/utf8"

	"vitrine/core/internal/percent"
	"vitrine/core/site/listing"
)

// A name never leaves the root, whatever the target.
func FuzzTranslatePath(f *testing.F) {
	for _, tc := range pathCases { // every rule
		f.Add(tc.target)
	}
	for _, s := range []string{
		"/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/..%5c..%5c", "/..;/x", "/%c0%ae%c0%ae/", // spellings of ..
		"/%%32%65%%32%65/", "/.%2e/", "/%u002e%u002e/", "/....//", "/..%00/", "/..%ED%B2%80/", // CVE-2021-42013 and the like
		"http://h/..//..", "\\..\\", "/%ED%B2%AE%ED%B2%AE/x", // surrogates that are no dots
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, target string) {
		name, dir, err := TranslatePath(target)
		if err != nil {
			if name != "" || dir {
				t.Errorf("%q: %q, %v with %v", target, name, dir, err)
			}
			return
		}
		if utf8.ValidString(name) {
			if !fs.ValidPath(name) {
				t.Fatalf("%q leads to %q", target, name)
			}
		} else {
			for part := range strings.SplitSeq(name, "/") {
				if part == "" || part == "." || part == ".." {
					t.Fatalf("%q leads to %q", target, name)
				}
			}
		}
		if strings.IndexByte(name, 0) >= 0 {
			t.Errorf("%q leads to %q", target, name)
		}
		// The name is a fixed point: its own link leads back to it.
		if link := "/" + string(percent.AppendName(nil, name)); name != "." {
			if again, _, err := TranslatePath(link); again != name || err != nil {
				t.Errorf("%q leads to %q, its link %q to %q, %v", target, name, link, again, err)
			}
		}
		// A redirect leads to the same name, as a directory, on this host.
		location := Location(target)
		checkSameHost(t, target, location)
		again, dir, err := TranslatePath(location)
		if again != name || !dir || err != nil {
			t.Errorf("%q leads to %q, its redirect %q to %q, %v, %v", target, name, location, again, dir, err)
		}
	})
}

// Every name in a listing is a link that works, and is escaped.
func FuzzListing(f *testing.F) {
	for _, s := range []string{"a", "a b", "\xff", "\xed\xb3\xbf", "x:y", "//h", "<>&\"'", "%41", "?#", "..\\", "\ufffd", "\u0130\u03a3", "~", "*"} {
		f.Add(s, "/d/")
	}
	f.Fuzz(func(t *testing.T, name, target string) {
		link := string(percent.AppendName(nil, name))
		if strings.Trim(link, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/%") != "" {
			t.Errorf("%q has the link %q", name, link)
		}
		page := string(listing.Append(nil, ShownPath(target), []listing.Entry{{Name: name}}, false))
		plain := string(listing.Append(nil, "/", []listing.Entry{{Name: "a"}}, false))
		if strings.Count(page, "<") != strings.Count(plain, "<") || strings.Count(page, ">") != strings.Count(plain, ">") {
			t.Errorf("%q under %q: markup gets through: %q", name, target, page)
		}
		if name == "" || name == "." || name == ".." || strings.ContainsAny(name, "/\x00") {
			return // no name of a file
		}
		if got, dir, err := TranslatePath("/d/" + link); got != "d/"+name || dir || err != nil {
			t.Errorf("the link of %q, %q, leads to %q, %v, %v", name, link, got, dir, err)
		}
	})
}
