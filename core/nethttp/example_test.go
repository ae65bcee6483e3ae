package nethttp_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing/fstest"

	"vitrine/core/nethttp"
	"vitrine/core/site"
)

// A site of ours beside other handlers of a Go server.
func ExampleHandler() {
	files := site.New(fstest.MapFS{"hello.txt": {Data: []byte("hello, world\n")}})

	mux := http.NewServeMux()
	mux.Handle("/files/", http.StripPrefix("/files", nethttp.Handler(files)))
	server := httptest.NewServer(mux)
	defer server.Close()

	res, err := http.Get(server.URL + "/files/hello.txt")
	if err != nil {
		fmt.Println(err)
		return
	}
	content, _ := io.ReadAll(res.Body)
	fmt.Printf("%s: %s", res.Header.Get("Content-Type"), content)
	// Output: text/plain: hello, world
}

// An http.Handler responds to POST in a site of ours, and the site GET and HEAD.
func ExampleMethod() {
	echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		content, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s said %s\n", r.URL.Query().Get("who"), content)
	})
	s := site.New(fstest.MapFS{})
	s.Methods["POST"] = nethttp.Method(echo)

	// Any transport would do; here it is net/http itself.
	w := httptest.NewRecorder()
	r := httptest.NewRequest("POST", "/?who=Python", strings.NewReader("hello"))
	nethttp.Handler(s).ServeHTTP(w, r)
	fmt.Print(w.Code, " ", w.Body)
	// Output: 200 Python said hello
}
