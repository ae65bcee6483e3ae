package site

import (
	"net/url"
	"strings"
	"testing"
)

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
