package site

import (
	"errors"
	"net/url"
	"strings"
	"testing"
)

// Each case is a target, the name it means and whether it means a directory.
var pathCases = []struct {
	target, name string
	dir          bool
}{
	// spec: P-1
	{"/a?b", "a", false},
	{"/a#b", "a", false},
	{"/a#b?c", "a", false},
	{"/a?b#c", "a", false},
	{"/a?b/", "a", false},
	{"/a/?b", "a", true},
	{"/a%3Fb", "a?b", false},
	{"/a%23b", "a#b", false},
	// spec: P-2
	{"/a%20b", "a b", false},
	{"/a+b", "a+b", false},
	{"/%41", "A", false},
	{"/%4", "%4", false},
	{"/%", "%", false},
	{"/%zz", "%zz", false},
	{"/%4g", "%4g", false},
	{"/%2541", "%41", false},
	{"/%252e%252e/x", "%2e%2e/x", false},
	{"/%25", "%", false},
	{"/%%41", "%A", false},
	{"/caf%C3%A9", "caf\u00e9", false},
	{"/caf%c3%a9", "caf\u00e9", false},
	{"/%F0%9F%98%80", "\U0001F600", false},
	{"/%FF", "\ufffd", false},
	{"/%E2%82", "\ufffd", false},
	{"/%E2%82A", "\ufffdA", false},
	{"/%E2%28%A1", "\ufffd(\ufffd", false},
	{"/%F0%9F%98", "\ufffd", false},
	{"/%F0%8F%BF", "\ufffd\ufffd\ufffd", false},
	{"/%F4%90%80%80", "\ufffd\ufffd\ufffd\ufffd", false},
	{"/%E0%80%80", "\ufffd\ufffd\ufffd", false},
	{"/%C0%AF", "\ufffd\ufffd", false},
	{"/%C3%A9%FF", "\u00e9\ufffd", false},
	{"/%ED%B3%BF%FF", "\ufffd\ufffd\ufffd\ufffd", false},
	{"/%F8%88%80%80%80", "\ufffd\ufffd\ufffd\ufffd\ufffd", false},
	// spec: P-3
	{"/", ".", true},
	{"/sub/", "sub", true},
	{"/sub%2f", "sub", true},
	{"/sub%2F", "sub", true},
	{"/sub//", "sub", true},
	{"/f.txt%2f", "f.txt", true},
	{"/sub/.", "sub", false},
	{"/sub/./", "sub", true},
	{"/sub/%20", "sub/ ", false},
	// spec: P-4 P-6
	{"/a//b", "a/b", false},
	{"/a/./b", "a/b", false},
	{"/a/../b", "b", false},
	{"/nothere/../x", "x", false},
	{"/x.txt/.", "x.txt", false},
	{"/x.txt/..", ".", false},
	{"/x.txt/../", ".", true},
	{"/..", ".", false},
	{"/../", ".", true},
	{"/../../etc/passwd", "etc/passwd", false},
	{"/%2e%2e%2fetc/passwd", "etc/passwd", false},
	{"/..%2f..", ".", false},
	{"/sub/%2e%2e/x", "x", false},
	{"/sub/%2e%2E/%2e/x", "x", false},
	{"/a/b/../../../c", "c", false},
	{"/.%2e/x", "x", false},
	{"/%2e./x", "x", false},
	{"/...", "...", false},
	{"/.../x", ".../x", false},
	{"/a..", "a..", false},
	{"/..a", "..a", false},
	{`/..\..\x`, `..\..\x`, false},
	{`/a\b`, `a\b`, false},
	{"/a%2fb", "a/b", false},
	{"/.%00./x", "", false}, // NUL: see errors below
	// spec: P-7
	{"x.txt", "x.txt", false},
	{"sub/", "sub", true},
	{"*", "*", false},
	{"?", ".", false},
	{"#", ".", false},
	{"", ".", false},
	{"?x=1", ".", false},
	{"../x", "x", false},
	// spec: P-9
	{"/\xe9", "\u00e9", false},
	{"/\xc3\xa9", "\u00c3\u00a9", false},
	{"/%C3\xa9", "\ufffd\u00a9", false},
	// spec: P-10
	{"/%ED%B3%BF", "\xff", false},
	{"/%ED%B2%80x", "\x80x", false},
	{"/caf%ED%B3%A9.txt", "caf\xe9.txt", false},
	{"/d%ED%B3%BF/", "d\xff", true},
	// spec: P-12
	{"/.htaccess", ".htaccess", false},
	{"/.git/config", ".git/config", false},
	{"/x~", "x~", false},
	// spec: R-11
	{"//x", "x", false},
	{"///x//", "x", true},
	{"//", ".", true},
}

func TestTranslatePath(t *testing.T) {
	for _, tc := range pathCases {
		if tc.name == "" {
			continue
		}
		name, dir, err := TranslatePath(tc.target)
		if name != tc.name || dir != tc.dir || err != nil {
			t.Errorf("TranslatePath(%q) = %q, %v, %v, want %q, %v", tc.target, name, dir, err, tc.name, tc.dir)
		}
	}
}

// departs: P-8
func TestAbsoluteForm(t *testing.T) {
	for target, want := range map[string]string{
		"http://host/x.txt":        "x.txt",
		"HTTP://host:80/sub/x?y":   "sub/x",
		"http://host":              ".",
		"http://host?q":            ".",
		"http://h//x":              "x",
		"http://[::1]:8000/x":      "x",
		"http://[/x":               "x",
		"http://u:p@h/%2e%2e/x":    "x",
		"http:/host/x":             "http:/host/x",
		"x:/../sub":                "sub",
		"1http://h/x":              "1http:/h/x",
		"/http://h/x":              "http:/h/x",
		"coap+tcp://h/x":           "x",
		"file:///etc/passwd":       "etc/passwd",
		"http://h/../../etc/group": "etc/group",
	} {
		name, _, err := TranslatePath(target)
		if name != want || err != nil {
			t.Errorf("TranslatePath(%q) = %q, %v, want %q", target, name, err, want)
		}
	}
}

// departs: P-11
func TestTranslatePathErrors(t *testing.T) {
	for target, want := range map[string]error{
		"/%00":                  ErrNUL,
		"/a%00b":                ErrNUL,
		"/a\x00b":               ErrNUL,
		"/a%00/":                ErrNUL,
		"/.%00./x":              ErrNUL,
		"/%ED%A0%80":            ErrSurrogate,
		"/%ED%B0%80":            ErrSurrogate,
		"/%ED%B1%BF":            ErrSurrogate,
		"/%ED%B4%80":            ErrSurrogate,
		"/%ED%BF%BF/":           ErrSurrogate,
		"/%ED%A0%BD%ED%B8%80/x": ErrSurrogate,
	} {
		name, _, err := TranslatePath(target)
		if !errors.Is(err, want) || name != "" {
			t.Errorf("TranslatePath(%q) = %q, %v, want %v", target, name, err, want)
		}
	}
}

// spec: P-6
func TestPlainPathsNeedNoMemory(t *testing.T) {
	for _, target := range []string{"/", "/index.html", "/a/b/c.css?v=3", "/a-b_c~d/"} {
		if n := testing.AllocsPerRun(10, func() { TranslatePath(target) }); n != 0 {
			t.Errorf("TranslatePath(%q) allocates %v times", target, n)
		}
	}
}

// spec: D-2
func TestLocation(t *testing.T) {
	for target, want := range map[string]string{
		"/sub":          "/sub/",
		"/sub?x=1#y":    "/sub/?x=1#y",
		"/sub?":         "/sub/",
		"/sub#":         "/sub/",
		"/sub?#":        "/sub/",
		"/sub?#y":       "/sub/#y",
		"/sub#a?b":      "/sub/#a?b",
		"/a/..":         "/a/../",
		"sub":           "sub/",
		"//sub":         "/sub/",
		"///sub//x":     "/sub//x/",
		"/d%c3%a9":      "/d%c3%a9/",
		"/a%20b?c%20d":  "/a%20b/?c%20d",
		"?x":            "/?x",
		"?":             "/",
		"#":             "/",
		"":              "/",
		"/a'b\"<>":      "/a'b\"<>/",
		"/sub?u=http:x": "/sub/?u=http:x",
	} {
		if got := Location(target); got != want {
			t.Errorf("Location(%q) = %q, want %q", target, got, want)
		}
	}
}

// departs: D-3
func TestLocationStaysOnHost(t *testing.T) {
	for target, want := range map[string]string{
		"http://h/../../sub":             "/../../sub/",
		"http://evil.example/sub?q":      "/sub/?q",
		"http://h//evil.example/sub":     "/evil.example/sub/",
		"http://h":                       "/",
		"x:/../sub":                      "/x:/../sub/",
		"javascript:x/../../sub":         "/javascript:x/../../sub/",
		`/\evil.example/%2e%2e/sub`:      "/%5Cevil.example/%2e%2e/sub/",
		`/\\evil.example`:                "/%5C%5Cevil.example/",
		`\\evil.example`:                 "%5C%5Cevil.example/",
		"//evil.example/%2e%2e":          "/evil.example/%2e%2e/",
		"/\t/evil.example":               "/%09/evil.example/",
		"/a\r\nX: y":                     "/a%0D%0AX:%20y/",
		"/a\x7f":                         "/a%7F/",
		"/\xe9":                          "/%C3%A9/",
		"/sub?\xff\\":                    "/sub/?%C3%BF%5C",
		"http://[evil/sub":               "/sub/",
		"http://u@h:x/sub#\x00":          "/sub/#%00",
		`http:\\evil.example/sub`:        "/http:%5C%5Cevil.example/sub/",
		"http:/evil.example/sub":         "/http:/evil.example/sub/",
		"/a\u2028":                       "/a%C3%A2%C2%80%C2%A8/",
		"http://h" + `\evil.example/sub`: "/sub/",
	} {
		got := Location(target)
		if got != want {
			t.Errorf("Location(%q) = %q, want %q", target, got, want)
		}
		checkSameHost(t, target, got)
	}
}

// checkSameHost resolves a Location as a client would.
func checkSameHost(t *testing.T, target, location string) {
	t.Helper()
	for i := 0; i < len(location); i++ {
		if c := location[i]; c <= ' ' || c >= 0x7f || c == '\\' {
			t.Errorf("Location(%q) = %q has byte %02x", target, location, c)
		}
	}
	if strings.HasPrefix(location, "//") {
		t.Errorf("Location(%q) = %q names a host", target, location)
	}
	// What net/url refuses (a % alone) browsers take as it is.
	ref, err := url.Parse(strings.ReplaceAll(location, "%", "p"))
	if err != nil {
		t.Errorf("Location(%q) = %q: %v", target, location, err)
		return
	}
	base, _ := url.Parse("http://here.example/x/y")
	if host := base.ResolveReference(ref).Host; host != "here.example" || ref.Scheme != "" {
		t.Errorf("Location(%q) = %q leads to %q", target, location, base.ResolveReference(ref))
	}
}
