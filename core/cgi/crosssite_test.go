//go:build unix

package cgi_test

import (
	"strings"
	"testing"
)

// A page of another site cannot have a script run; a link to one can be
// followed, and what is no browser is not asked where it comes from.
//
// departs: G-5
func TestCrossSite(t *testing.T) {
	p := newPlace(t, map[string]string{"!cgi-bin/x.sh": hello, "f.txt": "file"})
	const (
		site, mode, dest = "Sec-Fetch-Site: ", "Sec-Fetch-Mode: ", "Sec-Fetch-Dest: "
		navigation       = mode + "navigate\n" + dest + "document"
	)
	for _, tc := range []struct {
		method, fields string
		ok             bool
	}{
		// Clients without these fields.
		{"GET", "", true},
		{"HEAD", "", true},
		{"POST", "", true},
		{"POST", "Host: localhost:8000", true},

		// What browsers say.
		{"GET", site + "none\n" + navigation, true},
		{"GET", site + "same-origin\n" + mode + "cors\n" + dest + "empty", true},
		{"POST", site + "same-origin\nOrigin: http://a\nHost: behind-a-proxy", true},
		{"POST", site + "none", true},
		{"GET", site + "cross-site\n" + navigation, true},
		{"GET", site + "same-site\n" + navigation, true},
		{"GET", site + "cross-site\n" + mode + "no-cors\n" + dest + "image", false},
		{"GET", site + "same-site\n" + mode + "no-cors\n" + dest + "script", false},
		{"GET", site + "cross-site\n" + mode + "navigate\n" + dest + "iframe", false},
		{"GET", site + "cross-site\n" + mode + "navigate", false},
		{"GET", site + "cross-site\n" + dest + "document", false},
		{"GET", site + "cross-site", false},
		{"HEAD", site + "cross-site\n" + navigation, false},
		{"POST", site + "cross-site\n" + navigation, false},
		{"POST", site + "same-site\n" + navigation, false},
		{"POST", site + "cross-site\nOrigin: http://localhost\nHost: localhost", false},

		// Malformed and doubled fields.
		{"GET", site, false},
		{"GET", site + "Same-Origin", false},
		{"GET", site + "same-origin, cross-site", false},
		{"GET", site + "same-origin\n" + site + "same-origin", false},
		{"GET", site + "same-origin\n" + site + "cross-site", false},
		{"GET", site + "cross-site\n" + navigation + "\n" + mode + "navigate", false},
		{"GET", site + "cross-site\n" + navigation + "\n" + dest + "document", false},

		// Browsers without Sec-Fetch fields.
		{"GET", "Origin: http://evil.example\nHost: localhost", true},
		{"HEAD", "Origin: http://evil.example\nHost: localhost", true},
		{"POST", "Origin: http://localhost:8000\nHost: localhost:8000", true},
		{"POST", "Origin: https://LOCALHOST:8000\nHost: localhost:8000", true},
		{"POST", "Origin: http://[::1]:8000\nHost: [::1]:8000", true},
		{"POST", "Origin: http://localhost\nHost: localhost:80", true},
		{"POST", "Origin: https://localhost\nHost: localhost:443", true},
		{"POST", "Origin: https://localhost:443\nHost: localhost", true},
		{"POST", "Origin: http://localhost:443\nHost: localhost", false},
		{"POST", "Origin: http://localhost:8001\nHost: localhost:8000", false},
		{"POST", "Origin: http://evil.example\nHost: localhost:8000", false},
		{"POST", "Origin: http://evil.example", false},
		{"POST", "Origin: http://evil.example\nHost: ", false},
		{"POST", "Origin: null\nHost: localhost", false},
		{"POST", "Origin: null\nHost: null", false},
		{"POST", "Origin: \nHost: localhost", false},
		{"POST", "Origin: localhost\nHost: localhost", false},
		{"POST", "Origin: http://\nHost: localhost", false},
		{"POST", "Origin: http://localhost/\nHost: localhost", false},
		{"POST", "Origin: http://u@localhost\nHost: localhost", false},
		{"POST", "Origin: http://localhost http://evil.example\nHost: localhost", false},
		{"POST", "Origin: http://localhost\nOrigin: http://localhost\nHost: localhost", false},
		{"POST", "Origin: http://localhost\nHost: localhost\nHost: localhost", false},
		{"POST", "Origin: x-extension://localhost:80\nHost: localhost", false},
	} {
		fields := strings.ReplaceAll(tc.fields, "\n", "\r\n")
		if fields != "" {
			fields += "\r\n"
		}
		request := tc.method + " /cgi-bin/x.sh HTTP/1.0\r\n" + fields + "\r\n"
		got := p.ask(request)
		if ok := strings.HasPrefix(got, head200); ok != tc.ok || !ok && !isError(got, "HTTP/1.0 403 Cross-site request for a CGI script") {
			t.Errorf("%q: got %q, want it run: %v", request, got, tc.ok)
		}
	}
	const foreign = " HTTP/1.0\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\n\r\n"
	if got := p.ask("GET /f.txt" + foreign); !strings.HasPrefix(got, "HTTP/1.0 200 OK\r\n") {
		t.Errorf("a file: got %q", got)
	}
	p.h.AllowCrossSite = true
	if got := p.ask("GET /cgi-bin/x.sh" + foreign); !strings.HasPrefix(got, head200) {
		t.Errorf("allowed: got %q", got)
	}
}
