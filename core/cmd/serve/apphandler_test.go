//go:build unix

package main

import (
	"fmt"
	"strings"
	"testing"
)

// Each response says to browsers which other pages may have to do with it,
// error pages and 304 included.
func TestAppGuards(t *testing.T) {
	dir := dist(t)
	_, addr := startedApp(t, "-d", dir, "--app="+dir, "--app-port", "0")
	const (
		tool   = "vitrine.localhost:8001"
		shop   = "shop-1a2b.vitrine.localhost:8001"
		none   = "frame-ancestors 'none'"
		self   = "frame-ancestors 'self'"
		bridge = "frame-ancestors http://vitrine.localhost:* https://vitrine.localhost:*"
		shown  = "frame-ancestors 'self' http://vitrine.localhost:* https://vitrine.localhost:*"
		opener = "same-origin-allow-popups"
	)
	res, _ := fetch(t, addr, "GET", tool, "/")
	etag := res.Header.Get("ETag")
	for _, tc := range []struct {
		method, host, target, field string
		status                      int
		csp, coop, worker           string
	}{
		{"GET", tool, "/", "", 200, none, opener, ""},
		{"HEAD", tool, "/", "", 200, none, opener, ""},
		{"GET", tool, "/", "If-None-Match: " + etag, 304, none, opener, ""},
		{"GET", tool, "/", "If-Match: \"x\"", 412, none, opener, ""},
		{"GET", tool, "/sw.js", "", 200, none, opener, ""},
		{"GET", tool, "/bridge.html", "", 200, none, opener, ""},
		{"GET", tool, "/none", "", 404, none, opener, ""},
		{"POST", tool, "/", "Content-Length: 0", 405, none, opener, ""},
		{"OPTIONS", tool, "/", "", 405, none, opener, ""},
		{"BREW", tool, "/", "", 501, none, opener, ""},
		{"GET", "localhost:8001", "/", "", 307, self, opener, ""},
		{"GET", "localhost:8001", "/?one-origin", "", 200, none, opener, ""},
		{"GET", "localhost:8001", "/bridge.html?site=shop-1a2b", "", 200, self, opener, ""},
		{"GET", "localhost:8001", "/sw.js", "", 200, self, opener, ""},
		{"GET", "localhost:8001", "/s/shop-1a2b/", "", 404, self, opener, ""},
		{"GET", shop, "/", "", 200, shown, "", ""},
		{"GET", shop, "/a/b.html", "Sec-Fetch-Dest: iframe", 200, shown, "", ""},
		{"GET", shop, "/a/b.bin", "Sec-Fetch-Dest: empty", 503, shown, "", ""},
		{"GET", shop, "/bridge.html", "", 200, shown, "", ""},
		{"GET", shop, "/.vitrine/bridge.html", "", 200, bridge, "", ""},
		{"GET", shop, "/.vitrine/sw.js", "", 200, none, "", "/"},
		{"GET", shop, "/.vitrine/page.wasm", "", 200, none, "", ""},
		{"GET", shop, "/.vitrine/index.html", "", 200, none, "", ""},
		{"GET", shop, "/.vitrine/none", "", 404, none, "", ""},
		{"GET", shop, "/.vitrine/forget", "", 405, none, "", ""},
		{"GET", "evil.example", "/", "", 421, none, "", ""},
	} {
		var fields []string
		if tc.field != "" {
			fields = append(fields, tc.field)
		}
		res, _ := fetch(t, addr, tc.method, tc.host, tc.target, fields...)
		if res.StatusCode != tc.status {
			t.Errorf("%s %s%s %s: %d, want %d", tc.method, tc.host, tc.target, tc.field, res.StatusCode, tc.status)
		}
		for name, want := range map[string]string{
			"X-Content-Type-Options":       "nosniff",
			"Origin-Agent-Cluster":         "?1",
			"Cross-Origin-Resource-Policy": "same-origin",
			"Content-Security-Policy":      tc.csp,
			"Cross-Origin-Opener-Policy":   tc.coop,
			"Service-Worker-Allowed":       tc.worker,
		} {
			if got := strings.Join(res.Header.Values(name), "|"); got != want {
				t.Errorf("%s %s%s %s: %s is %q, want %q", tc.method, tc.host, tc.target, tc.field, name, got, want)
			}
		}
	}
}

// On localhost all sites would share the tool's origin, so its page leads on
// to the tool's own host, on the port that the client sees.
func TestAppLeadsToItsHost(t *testing.T) {
	dir := dist(t)
	_, addr := startedApp(t, "-d", dir, "--app="+dir, "--app-port", "0")
	for _, tc := range []struct{ host, target, location string }{
		{"localhost:8001", "/", "http://vitrine.localhost:8001/"},
		{"LOCALHOST:8001", "/index.html", "http://vitrine.localhost:8001/index.html"},
		{"127.0.0.1:9", "/?a=b&c", "http://vitrine.localhost:9/?a=b&c"},
		{"[::1]:10", "/?no-one-origin", "http://vitrine.localhost:10/?no-one-origin"},
		{"localhost", "/./", "http://vitrine.localhost/./"},
		{"localhost:1", "//evil.example/../", "http://vitrine.localhost:1/evil.example/../"},
		{"localhost:1", "http://localhost:2/", "http://vitrine.localhost:2/"},
		{"localhost:8001", "/?one-origin", ""},
		{"127.0.0.1:8001", "/index.html?x&one-origin=1", ""},
		{"localhost:8001", "/style.css", ""},
		{"vitrine.localhost:8001", "/", ""},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			status := 200
			if tc.location != "" {
				status = 307
			}
			res, content := fetch(t, addr, method, tc.host, tc.target)
			if res.StatusCode != status || res.Header.Get("Location") != tc.location || status == 307 && content != "" {
				t.Errorf("%s %s%s: %d to %q, want %d to %q", method, tc.host, tc.target, res.StatusCode, res.Header.Get("Location"), status, tc.location)
			}
		}
	}
}

// The app takes the names of the tool from both places that can have them, and
// --allow-host opens no other.
func TestAppHostsAreFixed(t *testing.T) {
	dir := dist(t)
	_, addr := startedApp(t, "-d", dir, "--app="+dir, "--app-port", "0", "--allow-host", "*", "--allow-host", "evil.example")
	for _, tc := range []struct {
		host, target string
		status       int
	}{
		{"evil.example", "/", 421},
		{"vitrine.localhost", "http://evil.example/", 421},
		{"evil.example", "http://vitrine.localhost/", 421},
		{"vitrine.localhost", "http://vitrine.localhost/sw.js", 200},
		{"vitrine.localhost", "http://a.vitrine.localhost/.vitrine/sw.js", 200},
		{"vitrine.localhost", "http://vitrine.localhost", 200},
		{"vitrine.localhost:80x", "/", 400},
		{"vitrine.localhost,evil.example", "/", 421},
		{"vitrine%2elocalhost", "/", 421},
		{"", "/", 421},
	} {
		if res, _ := fetch(t, addr, "GET", tc.host, tc.target); res.StatusCode != tc.status {
			t.Errorf("%s of %q: %d, want %d", tc.target, tc.host, res.StatusCode, tc.status)
		}
	}
}

// All the cookies that a browser keeps for a domain do not lock the tool or
// a site out.
func TestAppTakesAllCookies(t *testing.T) {
	dir := dist(t)
	_, addr := startedApp(t, "-d", dir, "--app="+dir, "--app-port", "0")
	var cookies []string
	for i := range 180 {
		name := fmt.Sprintf("b%d", i)
		cookies = append(cookies, name+"="+strings.Repeat("x", 4096-len(name)))
	}
	field := "Cookie: " + strings.Join(cookies, "; ")
	for _, host := range []string{"vitrine.localhost", "site-1a2b.vitrine.localhost", "localhost"} {
		for _, target := range []string{"/?one-origin", "/.vitrine/sw.js"} {
			res, _ := fetch(t, addr, "GET", host, target, field)
			if res.StatusCode >= 431 {
				t.Errorf("%s%s: %d", host, target, res.StatusCode)
			}
			if n := len(res.Cookies()); (n > 0) != (host == "vitrine.localhost" && target == "/?one-origin") {
				t.Errorf("%s%s expires %d cookies", host, target, n)
			}
		}
	}
}

// The page of the tool has the browser drop cookies, both those of its host
// and those for the whole domain, as many as fit into a response.
func TestAppExpiresCookies(t *testing.T) {
	dir := dist(t)
	_, addr := startedApp(t, "-d", dir, "--app="+dir, "--app-port", "0")
	res, _ := fetch(t, addr, "GET", "vitrine.localhost", "/", "Cookie: a=1; b=2=3 ;alone", "Cookie: __Secure-c=; =d")
	want := []string{
		"a=x; Path=/; Max-Age=0", "a=x; Path=/; Max-Age=0; Domain=vitrine.localhost",
		"b=x; Path=/; Max-Age=0", "b=x; Path=/; Max-Age=0; Domain=vitrine.localhost",
		"=x; Path=/; Max-Age=0", "=x; Path=/; Max-Age=0; Domain=vitrine.localhost",
		"__Secure-c=x; Path=/; Max-Age=0; Secure", "__Secure-c=x; Path=/; Max-Age=0; Secure; Domain=vitrine.localhost",
		"=x; Path=/; Max-Age=0", "=x; Path=/; Max-Age=0; Domain=vitrine.localhost",
	}
	if got := res.Header.Values("Set-Cookie"); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q\nwant %q", got, want)
	}
	etag := res.Header.Get("ETag")
	if res, _ := fetch(t, addr, "GET", "vitrine.localhost", "/", "If-None-Match: "+etag, "Cookie: a=1"); res.StatusCode != 304 || len(res.Header.Values("Set-Cookie")) != 2 {
		t.Errorf("304: %d with %q", res.StatusCode, res.Header)
	}
	if res, _ := fetch(t, addr, "GET", "vitrine.localhost", "/"); res.Header.Values("Set-Cookie") != nil {
		t.Errorf("without cookies: %q", res.Header)
	}

	// Long names do not make a response that the browser refuses.
	var cookies []string
	for i := range 180 {
		cookies = append(cookies, fmt.Sprintf("%d%s=", i, strings.Repeat("n", 4000)))
	}
	res, _ = fetch(t, addr, "GET", "vitrine.localhost", "/", "Cookie: "+strings.Join(cookies, "; "))
	size := 0
	for _, v := range res.Header.Values("Set-Cookie") {
		size += len("Set-Cookie: \r\n") + len(v)
	}
	if res.StatusCode != 200 || size == 0 || size > maxExpired {
		t.Errorf("%d with %d bytes of Set-Cookie", res.StatusCode, size)
	}
}

// A site's storage is removed for a page of that site alone.
func TestAppForgetsASite(t *testing.T) {
	dir := dist(t)
	_, addr := startedApp(t, "-d", dir, "--app="+dir, "--app-port", "0")
	const shop, forget, own = "shop-1a2b.vitrine.localhost:8001", "/.vitrine/forget", "Sec-Fetch-Site: same-origin"
	for _, tc := range []struct {
		method, host, target, field string
		status                      int
	}{
		{"POST", shop, forget, own, 204},
		{"POST", shop, forget + "?x", own, 204},
		{"POST", shop, forget, "Sec-Fetch-Site: same-site", 403},
		{"POST", shop, forget, "Sec-Fetch-Site: cross-site", 403},
		{"POST", shop, forget, "Sec-Fetch-Site: none", 403},
		{"POST", shop, forget, "X: y", 403},
		{"GET", shop, forget, own, 405},
		{"PUT", shop, forget, own, 405},
		{"POST", shop, "/.vitrine/forget/", own, 405},
		{"POST", shop, "/forget", own, 405},
		{"POST", "vitrine.localhost", forget, own, 405},
		{"POST", "localhost", forget, own, 405},
		{"POST", "evil.example", forget, own, 421},
	} {
		res, _ := fetch(t, addr, tc.method, tc.host, tc.target, tc.field, "Content-Length: 0", "Cookie: a=1")
		clears := map[bool]string{true: `"storage", "cache"`}[tc.status == 204]
		if res.StatusCode != tc.status || res.Header.Get("Clear-Site-Data") != clears {
			t.Errorf("%s %s%s %s: %d, Clear-Site-Data %q", tc.method, tc.host, tc.target, tc.field, res.StatusCode, res.Header.Get("Clear-Site-Data"))
		}
		// Other sites keep their cookies.
		if got := res.Header.Values("Set-Cookie"); (tc.status == 204) != (len(got) == 1 && got[0] == "a=x; Path=/; Max-Age=0") {
			t.Errorf("%s %s%s: Set-Cookie %q", tc.method, tc.host, tc.target, got)
		}
	}
}
