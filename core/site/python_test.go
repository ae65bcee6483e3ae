//go:build !js

// A browser starts no Python.

package site

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/core/httpdate"
	"vitrine/core/internal/percent"
	"vitrine/core/site/listing"
)

// python runs script with a Python of 3.13 or newer and reads the JSON it
// prints. in goes to its standard input as JSON. Without such a Python the
// test is skipped; without any it fails where CI is set.
func python(t *testing.T, script string, in, out any) {
	t.Helper()
	names := []string{"python3.15", "python3.14", "python3.13", "python3"}
	if home, err := os.UserHomeDir(); err == nil {
		found, _ := filepath.Glob(filepath.Join(home, ".pyenv/versions/3.1[345]*/bin/python3"))
		names = append(found, names...)
	}
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	older := false
	for _, name := range names {
		version, err := exec.Command(name, "-c", "import sys; print(sys.version_info >= (3, 13))").Output()
		older = older || err == nil
		if err != nil || strings.TrimSpace(string(version)) != "True" {
			continue
		}
		cmd := exec.Command(name, "-c", "import sys, json\ninput = json.load(sys.stdin)\n"+script)
		cmd.Stdin, cmd.Stderr = strings.NewReader(string(text)), os.Stderr
		output, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := json.Unmarshal(output, out); err != nil {
			t.Fatal(err)
		}
		return
	}
	const why = "no Python 3.13 or newer: paths, listings and dates were not compared with it"
	if os.Getenv("CI") != "" && !older {
		t.Fatal(why)
	}
	t.Skip(why)
}

// hexed makes bytes safe for JSON.
func hexed(list []string) (out []string) {
	for _, s := range list {
		out = append(out, hex.EncodeToString([]byte(s)))
	}
	return out
}

// spec: P-1 P-2 P-4 P-5 P-6 P-7 P-9 P-10
func TestTranslatePathAgainstPython(t *testing.T) {
	var targets []string
	for _, tc := range pathCases {
		targets = append(targets, tc.target)
	}
	// Everything two short pieces of trouble can make together.
	pieces := []string{"/", ".", "..", "%2e", "%2F", "a", "%", "%4", "%41", "\\", "%5c", "\xe9", "%C3%A9", "%C3", "%A9", "%FF",
		"%ED%B3%BF", "%ED%B2%80", "%F0%9F%98%80", "%E2%82", "%20", "+", "?", "#", "~", "%25", "*", "..a"}
	for _, a := range pieces {
		for _, b := range pieces {
			targets = append(targets, "/"+a+b, "/d/"+a+"/"+b+"x", "/"+a+b+a)
		}
	}
	var want []string
	python(t, `
import http.server, os
h = http.server.SimpleHTTPRequestHandler
class Self: directory = '/r'
out = []
for t in input:
    path = bytes.fromhex(t).decode('latin-1')
    if path.startswith('//'): path = '/' + path.lstrip('/')
    try: out.append(os.fsencode(h.translate_path(Self, path)).hex())
    except UnicodeEncodeError: out.append('error')
print(json.dumps(out))
`, hexed(targets), &want)
	for i, target := range targets {
		name, _, err := TranslatePath(target)
		got := "error"
		if err == nil {
			// The final slash is compared in TestTranslatePath: it changed
			// after 3.13.0.
			got = hex.EncodeToString([]byte(strings.TrimSuffix("/r/"+name, "/.")))
		}
		w := strings.TrimSuffix(want[i], "2f")
		if err == ErrNUL {
			continue // departs: P-11
		}
		if got != w {
			t.Errorf("TranslatePath(%q) = %q, %v (%s), Python says %s", target, name, err, got, w)
		}
	}
}

var trickyNames = []string{
	"a", "A", "b", "B1", "b10", "b2", "_", "~", "!", "a b", "a&b", "<x>", "\"q\"", "'", "%41", "?", "#", "+", "(1)", "x:y", "@", ",",
	"caf\u00e9", "CAF\u00c9", "\u00df", "\u1e9e", "\u0130", "\u0131", "I", "i", "\u039f\u0394\u039f\u03a3", "\u039f\u0394\u039f\u03a3.txt",
	"\u039f\u0394\u039f\u03a3.TXT b", "\u03a3", "a\u03a3", "a\u03a3b", "a.\u03a3", "a'\u03a3'", "a\u0301\u03a3\u0301", "1\u03a3", "\u01c5\u03a3", "\u02b0\u03a3",
	"\u24b6\u03a3", "\u00aa\u03a3", "a\u00ad\u03a3\u00ad", "a\u03a3\u00adb", "\u0416", "\u0436", "\u4e2d", "\u10a0", "\u1c90", "\u2c2f", "\ua64a",
	"\U00010400", "\U0001F600", "\ue000", "\ufffd", "\xff", "\x80", "a\xff\u03a3", "\u03b1\u03a3\xff", "\xed\xb3\xbf", "\xc3", "line\nbreak", "\x01", "\x7f", "\u2126", "\u212a", "\u212b", "\u03f4", "\u2160",
}

// spec: I-5 I-7 I-8 P-10
func TestListingAgainstPython(t *testing.T) {
	var want struct{ Order, Links []string }
	python(t, `
import os, urllib.parse
names = [os.fsdecode(bytes.fromhex(n)) for n in input]
print(json.dumps({
  'Order': [os.fsencode(n).hex() for n in sorted(names, key=lambda a: (a.lower(), os.fsencode(a)))],
  'Links': [urllib.parse.quote(n, errors='surrogatepass') for n in names],
}))
`, hexed(trickyNames), &want)
	var entries []listing.Entry
	for i, name := range trickyNames {
		entries = append(entries, listing.Entry{Name: name})
		if got := string(percent.AppendName(nil, name)); got != want.Links[i] {
			t.Errorf("link of %q: got %s, Python says %s", name, got, want.Links[i])
		}
	}
	listing.Sort(entries)
	for i, e := range entries {
		name, _ := hex.DecodeString(want.Order[i])
		if e.Name != string(name) {
			t.Errorf("entry %d is %q, Python says %q", i, e.Name, name)
		}
	}
}

// spec: N-3 N-4
func TestParseMailDateAgainstPython(t *testing.T) {
	days := []string{"", "Tue, ", "tue ", "Tuesday, ", "Xyz, ", "Tue,", ",", "x "}
	dates := []string{"14 Nov 2023", "14-Nov-2023", "14-Nov-23", "Nov 14 2023", "Nov 14, 2023", "14 november 69", "32 Nov 2023", "29 Feb 2023",
		"29 Feb 2024", "14 Foo 2023", "14 Nov", "0 Nov 2023", "14 Nov 10000", "2023-11-14", "14 Nov 2023,", "14, Nov 2023"}
	clocks := []string{" 22:13:20", " 22:13", " 22.13.20", " 22.13", " 24:00:00", " 23:59:60", " 22", " :", " 22:13:20:1", " 22:13:20,", ""}
	zones := []string{"", " GMT", " utc", " Z", " UT", " +0000", " -0000", " 0000", " +0100", " -0001", " EST", " pdt", " XYZ", " GMT; length=1",
		" GMT x y", "+0000", "-0000", "+0100", " +2400", " +", " -", " 0100"}
	values := []string{"", " ", "x", "Tue Nov 14 22:13:20 2023", "Tue Nov  4 22:13:20 2023 GMT", "Nov 14 22:13:20 2023", "Tue Nov 14 22:13:20 GMT 2023", "1700000000", "2023-11-14T22:13:20Z"}
	for _, a := range days {
		for _, b := range dates {
			for _, c := range clocks {
				for _, d := range zones {
					values = append(values, a+b+c+d)
				}
			}
		}
	}
	var want []string
	python(t, `
import email.utils, datetime
out = []
for v in input:
    r = ''
    try:
        at = email.utils.parsedate_to_datetime(v)
        if at.tzinfo is None: at = at.replace(tzinfo=datetime.timezone.utc)
        if at.tzinfo is datetime.timezone.utc: r = '%04d' % at.year + at.strftime('-%m-%dT%H:%M:%SZ')
    except (TypeError, IndexError, OverflowError, ValueError): pass
    out.append(r)
print(json.dumps(out))
`, values, &want)
	for i, value := range values {
		got := ""
		if at, ok := httpdate.ParseMail(value); ok {
			got = at.Format(time.RFC3339)
		}
		if strings.HasSuffix(value, " 0000") && got == "" {
			continue // the year 0 has no effect (N-4); before 3.14 it was 2000
		}
		if got != want[i] {
			t.Errorf("httpdate.ParseMail(%q) = %q, Python says %q", value, got, want[i])
		}
	}
}
