//go:build unix

package cgi_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Spellings that made http.server, or its cousins, send the text of a script
// or run what is no script. Whatever the response is: never the text, and
// never a program outside the CGI directories.
//
// departs: G-7
func TestNoSpellingShowsSource(t *testing.T) {
	const secret = "the text of a script"
	p := newPlace(t, map[string]string{
		"!cgi-bin/x.sh":       "#!/bin/sh\n# " + secret + "\nprintf '\\nran'\n",
		"!cgi-bin/sub/y.sh":   "#!/bin/sh\n# " + secret + "\nprintf '\\nran'\n",
		"cgi-bin/data.txt":    secret,
		"!dir/prog":           "#!/bin/sh\nprintf '\\nran outside'\n",
		"!prog":               "#!/bin/sh\nprintf '\\nran outside'\n",
		"cgi-bin/index.html":  secret,
		"dir/index.html":      "index",
		"cgi-bin/%2e%2e/prog": secret,
	})
	// Other ways to the same files.
	os.Symlink("cgi-bin", filepath.Join(p.root, "alias"))
	os.Symlink("../cgi-bin/x.sh", filepath.Join(p.root, "dir/x.txt"))
	os.Symlink("../cgi-bin/sub", filepath.Join(p.root, "dir/sub"))
	// Index pages that are scripts.
	for name, to := range map[string]string{
		"linked/index.html": "../cgi-bin/x.sh", "htm/index.htm": "../cgi-bin/x.sh", "twice/index.html": "../linked/index.html",
		"data/index.html": "../cgi-bin/data.txt", "through/index.html": "../alias/sub/y.sh", "outer": "linked",
	} {
		os.Mkdir(filepath.Join(p.root, filepath.Dir(name)), 0o755)
		os.Symlink(to, filepath.Join(p.root, name))
	}
	var targets []string
	for _, script := range []string{"x.sh", "sub/y.sh", "data.txt", "", "index.html", "sub/", "sub"} {
		for _, prefix := range []string{
			"/cgi-bin/", "//cgi-bin/", "///cgi-bin//", "/./cgi-bin/./", "/dir/../cgi-bin/", "/nothere/../cgi-bin/",
			"/../cgi-bin/", "/../../cgi-bin/", "/cgi-bin/../cgi-bin/", "/%2e/cgi-bin/", "/%2e%2e/cgi-bin/", "/.%2e/cgi-bin/",
			"/cgi-bin%2f", "/cgi-bin%2F", "%2fcgi-bin/", "%2fcgi-bin%2f", "cgi-bin/", "cgi-bin%2f", "./cgi-bin/", "../cgi-bin/",
			"/%63gi-bin/", "/c%67i%2dbin/", "/cgi-bin/%2e/", "/cgi-bin/sub/../", "/cgi-bin/sub%2f%2e%2e%2f", "/cgi-bin/nothere/../",
			"/dir/..%2fcgi-bin/", "/dir%2f../cgi-bin/", "/dir/%2e%2e%2fcgi-bin%2f",
			"/%2563gi-bin/", "/cgi-bin%252f", "/%252e%252e/cgi-bin/", "/cgi-bin/%252e/", "/cgi-bin/%252e%252e/cgi-bin/", "/dir/%252e%252e/cgi-bin/",
			"/%c0%ae%c0%ae/cgi-bin/", "/cgi-bin%c0%af", "/dir\\..\\cgi-bin\\", "/cgi-bin\\", "/cgi-bin%5c", "\\cgi-bin\\",
			"http://h/cgi-bin/", "http://h//cgi-bin/", "http://h/../cgi-bin/", "http:///cgi-bin/", "x://h/dir/../cgi-bin/", "http:/cgi-bin/",
			"/alias/", "/alias/../alias/", "/%61lias/", "/dir/sub/", "/dir/sub/../", "/CGI-BIN/", "/Cgi-Bin/", "/cgi-bin./", "/cgi-bin%20/", "/cgi-bin::$INDEX_ALLOCATION/", "/CGI-BI~1/",
			"/#/../cgi-bin/", "/dir#/../cgi-bin/", "/?/../cgi-bin/", "/dir/?/../../cgi-bin/", "/%23/../cgi-bin/", "/%3f/../cgi-bin/",
			"/;/../cgi-bin/", "/cgi-bin;x/", "/cgi-bin/;/", "/\u2024\u2024/cgi-bin/", "/\xa0/../cgi-bin/",
		} {
			for _, suffix := range []string{
				"", "/", "/.", "/..", "/../x.sh", "#", "#/../../y", "#/../..", "#/../../dir/", "%23/../../y", "?", "?a", "?/../../y", "?#/../../y",
				"%3f", "%3f/../../y", "%3fa", "%00", "%00.html", "%20", "%0a", ".", "::$DATA", "%2f", "%2f..%2fx.sh", "\\..\\..\\y", "/%2e%2e/%2e%2e/y",
				"/../../dir/prog", "/%2e%2e/%2e%2e/dir/prog", "/%252e%252e/%252e%252e/dir/prog",
			} {
				targets = append(targets, prefix+script+suffix)
			}
		}
	}
	targets = append(targets,
		"/cgi-bin/%252e%252e/dir/prog", "/cgi-bin/%252e%252e/prog", "/cgi-bin/%2e%2e/dir/prog", "/cgi-bin/..%2fdir%2fprog", "/cgi-bin/..%252fprog",
		"/cgi-bin/%25252e%25252e/prog", "/cgi-bin/x.sh/../../dir/prog", "/dir/x.txt", "/dir/x.txt/", "/dir/x.txt?a", "/dir/sub", "/alias", "/dir/prog", "/prog",
	)
	for _, dir := range []string{"linked", "htm", "twice", "data", "through", "outer"} {
		for _, prefix := range []string{"/", "//", "/./", "/dir/../", "/%2e/", "/../", "http://h/", "/alias/../"} {
			for _, suffix := range []string{"/", "//", "/.", "/./", "/x/..", "/x/../", "%2f", "/?a", "/index.html", "/index.htm", "/index.html/.", "", "/#", "/%2e/"} {
				targets = append(targets, prefix+dir+suffix)
			}
		}
	}
	ran, step := 0, 1
	if testing.Short() {
		step = 11
	}
	for i := 0; i < len(targets); i += step {
		target := targets[i]
		for _, method := range []string{"GET", "POST"} {
			got := p.ask(method + " " + target + " HTTP/1.0\r\n\r\n")
			if strings.Contains(got, secret) {
				t.Fatalf("%s %q shows a script: %q", method, target, got)
			}
			if strings.HasSuffix(got, "\r\n\r\nran outside") {
				t.Fatalf("%s %q runs what is no script: %q", method, target, got)
			}
			if strings.HasSuffix(got, "\r\n\r\nran") {
				ran++
			}
			if got == "" {
				t.Errorf("%s %q has no response", method, target)
			}
		}
	}
	// A test that nothing passes shows nothing: the plain spellings must run.
	if ran < 500/step {
		t.Errorf("only %d of %d requests ran a script", ran, 2*len(targets)/step)
	}
	t.Logf("%d targets, %d runs", len(targets), ran)
}

// Another way to a CGI directory is refused, not served; the directory's own
// name and everything beside it are.
func TestHidden(t *testing.T) {
	p := newPlace(t, map[string]string{
		"!cgi-bin/x.sh": hello, "dir/f.txt": "file",
	})
	os.Symlink("../cgi-bin/x.sh", filepath.Join(p.root, "dir/x.txt"))
	os.Symlink("cgi-bin", filepath.Join(p.root, "alias"))
	os.Symlink("f.txt", filepath.Join(p.root, "dir/g.txt"))
	os.Symlink("dir", filepath.Join(p.root, "same"))
	os.Mkdir(filepath.Join(p.root, "index"), 0o755)
	os.Symlink("../cgi-bin/x.sh", filepath.Join(p.root, "index/index.html"))
	os.Mkdir(filepath.Join(p.root, "good"), 0o755)
	os.Symlink("../dir/f.txt", filepath.Join(p.root, "good/index.html"))
	for target, want := range map[string]string{
		"/dir/x.txt":  "HTTP/1.0 403 Not served as a file",
		"/same/x.txt": "HTTP/1.0 403 Not served as a file",
		"/alias/x.sh": "HTTP/1.0 403 Not served as a file",
		"/alias/":     "HTTP/1.0 403 Not served as a file",
		"/alias/no":   "HTTP/1.0 404 File not found",
		"/index/":     "HTTP/1.0 403 Not served as a file",
		"/index":      "HTTP/1.0 301 Moved Permanently",
		"/good/":      "HTTP/1.0 200 OK",
		"/dir/g.txt":  "HTTP/1.0 200 OK",
		"/same/g.txt": "HTTP/1.0 200 OK",
		"/same":       "HTTP/1.0 301 Moved Permanently",
		"/cgi-bin":    "HTTP/1.0 301 Moved Permanently",
		"/":           "HTTP/1.0 200 OK",
	} {
		if got, _, _ := strings.Cut(p.get(target), "\r\n"); got != want {
			t.Errorf("%s: got %q, want %q", target, got, want)
		}
	}
	p.h.IndexPages = []string{"cgi-bin/x.sh"}
	if got := p.get("/"); !isError(got, "HTTP/1.0 403 Not served as a file") {
		t.Errorf("a script as index page: got %q", got)
	}
}
