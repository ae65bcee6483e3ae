//go:build !unix && !windows

package cgi_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/core/cgi"
	"vitrine/core/nethttp"
)

// Where nothing can be run a script gets 501, and never shown.
func TestNothingCanBeRun(t *testing.T) {
	h := nethttp.Handler(cgi.New(fstest.MapFS{
		"cgi-bin/x.py": {Data: []byte("print('secret')"), Mode: 0o755},
		"f.txt":        {Data: []byte("file")},
	}, ""))
	for target, want := range map[string]int{
		"/cgi-bin/x.py": 501, "/cgi-bin/": 403, "/cgi-bin/no": 404, "/f.txt": 200,
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", target, nil))
		if w.Code != want || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s: got %d %q, want %d", target, w.Code, w.Body, want)
		}
	}
}
