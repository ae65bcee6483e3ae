package site_test

import (
	"fmt"
	"path"
	"strings"
	"testing/fstest"

	"vitrine/core/handler"
	"vitrine/core/handler/handlertest"
	"vitrine/core/site"
)

// show serves a request and prints the response without Server and Date.
func show(s *site.Site, method, target string) {
	r := handlertest.Serve(s, method+" "+target+" HTTP/1.0\r\n\r\n")
	fmt.Printf("%d %s\n%s", r.Status, r.Reason, r.Lines())
	if len(r.Content) > 0 {
		fmt.Printf("%s\n", r.Content)
	}
}

// A site serves GET and HEAD; another method is an entry of its table.
func Example() {
	s := site.New(fstest.MapFS{"hello.txt": {Data: []byte("Hello!")}})
	s.Methods["BREW"] = func(x *handler.Exchange) error {
		x.SendResponse(418, "")
		x.SendHeader("Content-Length", "0")
		return x.EndHeaders()
	}
	show(s, "GET", "/hello.txt")
	show(s, "BREW", "/hello.txt")
	// Output:
	// 200 OK
	// Content-type: text/plain
	// Content-Length: 6
	// Accept-Ranges: bytes
	// Cache-Control: no-cache
	// Hello!
	// 418 I'm a Teapot
	// Content-Length: 0
}

// What guess_type is in Python is a field here. For a few types more, adding
// to ExtensionsMap is enough.
func ExampleSite_guessType() {
	s := site.New(fstest.MapFS{"notes": {}})
	s.GuessType = func(name string) string {
		if path.Ext(name) == "" {
			return "text/plain; charset=utf-8"
		}
		return "application/octet-stream"
	}
	show(s, "HEAD", "/notes")
	// Output:
	// 200 OK
	// Content-type: text/plain; charset=utf-8
	// Content-Length: 0
	// Accept-Ranges: bytes
	// Cache-Control: no-cache
}

// An own listing sends its head and returns its content, as list_directory
// does in Python.
func ExampleSite_listDirectory() {
	s := site.New(fstest.MapFS{"a.txt": {}, "b.txt": {}})
	s.ListDirectory = func(x *handler.Exchange, name string) (handler.Content, error) {
		entries, err := s.FS.(fstest.MapFS).ReadDir(name)
		if err != nil {
			return nil, x.SendError(404, "No permission to list directory", "")
		}
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		text := handler.Bytes(strings.Join(names, "\n"))
		x.SendResponse(200, "")
		x.SendHeader("Content-Type", "text/plain")
		x.SendHeader("Content-Length", fmt.Sprint(len(text)))
		return text, x.EndHeaders()
	}
	show(s, "GET", "/")
	// Output:
	// 200 OK
	// Content-Type: text/plain
	// Content-Length: 11
	// a.txt
	// b.txt
}

func ExampleTranslatePath() {
	for _, target := range []string{"/docs/a%20b.txt?v=1", "/../etc/passwd", "/docs/", "/%ED%B3%BF"} {
		name, dir, err := site.TranslatePath(target)
		fmt.Printf("%q %v %v\n", name, dir, err)
	}
	// Output:
	// "docs/a b.txt" false <nil>
	// "etc/passwd" false <nil>
	// "docs" true <nil>
	// "\xff" false <nil>
}
