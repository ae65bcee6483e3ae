package fallback_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/core/handler"
	"vitrine/core/handler/handlertest"
	"vitrine/core/middleware/fallback"
	"vitrine/core/site"
	"vitrine/core/trace"
)

func files() fstest.MapFS {
	return fstest.MapFS{
		"index.html":      {Data: []byte("the application")},
		"about.html":      {Data: []byte("about")},
		"docs/intro.html": {Data: []byte("intro")},
		"docs/about":      {Data: []byte("no page")},
		"404.html":        {Data: []byte("lost")},
	}
}

// wrapped is a site of files behind a fallback.
func wrapped(f fallback.Fallback) handler.Handler {
	s := site.New(files())
	f.Site = s
	return handler.Wrap(s, f.Wrap)
}

// A path that only the application knows gets its page; a script that is
// missing stays missing.
func ExampleFallback() {
	s := site.New(files())
	h := handler.Wrap(s, (&fallback.Fallback{Site: s, File: "index.html"}).Wrap)
	for _, target := range []string{"/users/7", "/app.js"} {
		r := handlertest.Get(h, target)
		fmt.Println(target, r.Status, r.Reason)
	}
	// Output:
	// /users/7 200 OK
	// /app.js 404 File not found
}

func TestFallback(t *testing.T) {
	spa, clean := fallback.Fallback{File: "index.html"}, fallback.Fallback{CleanURLs: true}
	own, both := fallback.Fallback{File: "404.html"}, fallback.Fallback{CleanURLs: true, File: "404.html"}
	const html = "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\n"
	for _, tc := range []struct {
		name    string
		f       fallback.Fallback
		request string
		status  int
		content string
		code    trace.Code
	}{
		{"nothing is set", fallback.Fallback{}, "GET /users HTTP/1.1\r\n", 404, "", ""},
		{"a file that is there", spa, "GET /about.html HTTP/1.1\r\n", 200, "about", ""},
		{"a path of the application", spa, "GET /users/7?x=1.5 HTTP/1.1\r\n", 200, "the application", trace.FallbackPage},
		{"a directory of the application", spa, "GET /users/ HTTP/1.1\r\n", 200, "the application", trace.FallbackPage},
		{"a missing script", spa, "GET /app.js HTTP/1.1\r\nAccept: */*\r\n", 404, "", trace.FallbackNoPage},
		{"a navigation to a name with a dot", spa, "GET /user/j.doe HTTP/1.1\r\n" + html, 200, "the application", trace.FallbackPage},
		{"another method", spa, "POST /users HTTP/1.1\r\nContent-Length: 0\r\n", 501, "", ""},
		{"a NUL names nothing", spa, "GET /a%00b HTTP/1.1\r\n", 404, "", ""},
		{"the application's page is missing", fallback.Fallback{File: "none.html"}, "GET /users HTTP/1.1\r\n", 404, "", ""},
		{"the application's page is a directory", fallback.Fallback{File: "docs"}, "GET /users HTTP/1.1\r\n", 404, "", ""},
		{"out of the root", fallback.Fallback{File: "../go.mod"}, "GET /users HTTP/1.1\r\n", 404, "", ""},
		{"name.html", clean, "GET /docs/intro?q=1 HTTP/1.1\r\n", 200, "intro", trace.FallbackClean},
		{"the file itself comes before name.html", clean, "GET /docs/about HTTP/1.1\r\n", 200, "no page", ""},
		{"a slash is no name", clean, "GET /about/ HTTP/1.1\r\n", 404, "", ""},
		{"neither", clean, "GET /nothing HTTP/1.1\r\n", 404, "", ""},
		{"the site's own 404", own, "GET /nothing.png HTTP/1.1\r\n", 404, "lost", trace.FallbackNotFound},
		{"a condition says nothing about an error", own, "GET /nothing HTTP/1.1\r\nIf-None-Match: *\r\nRange: bytes=0-1\r\n", 404, "lost", trace.FallbackNotFound},
		{"name.html before the own 404", both, "GET /about HTTP/1.1\r\n", 200, "about", trace.FallbackClean},
		{"the own 404 behind name.html", both, "GET /nothing HTTP/1.1\r\n", 404, "lost", trace.FallbackNotFound},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := wrapped(tc.f)
			r := handlertest.Serve(h, tc.request+"\r\n")
			if r.Status != tc.status || tc.content != "" && string(r.Content) != tc.content || r.Err != nil {
				t.Errorf("got %d %q, %v, want %d %q", r.Status, r.Content, r.Err, tc.status, tc.content)
			}
			var code trace.Code
			for _, s := range r.Steps {
				if strings.HasPrefix(string(s.Code), "fallback.") {
					code = s.Code
				}
			}
			if code != tc.code {
				t.Errorf("got the step %q, want %q", code, tc.code)
			}
			if !strings.HasPrefix(tc.request, "GET ") {
				return
			}
			// HEAD gets the same head and nothing else.
			head := handlertest.Serve(h, "HEAD"+tc.request[len("GET"):]+"\r\n")
			if got, want := head.Fields.Get("Content-Length"), r.Fields.Get("Content-Length"); head.Status != r.Status || got != want || len(head.Content) > 0 {
				t.Errorf("HEAD: got %d, length %s, %d bytes; GET had %d, length %s", head.Status, got, len(head.Content), r.Status, want)
			}
		})
	}
}

// What is forbidden stays so, whichever rule leads to it.
func TestForbidden(t *testing.T) {
	s := site.New(files())
	s.Forbidden = func(_ *handler.Exchange, name string) bool { return name == "about.html" }
	h := handler.Wrap(s, (&fallback.Fallback{Site: s, CleanURLs: true}).Wrap)
	if r := handlertest.Get(h, "/about"); r.Status != 403 {
		t.Errorf("got %d, want 403", r.Status)
	}
}
