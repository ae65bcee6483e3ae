//go:build unix

package cgi_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"vitrine/core/cgi"
	"vitrine/core/nethttp"
)

// A folder with a script in it, here under net/http.
func Example() {
	root, err := os.MkdirTemp("", "cgi")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(root)
	os.Chmod(root, 0o755) // scripts of a server run by root run as nobody
	os.Mkdir(filepath.Join(root, "cgi-bin"), 0o755)
	script := "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n%s says ' \"$QUERY_STRING\"\ncat\n"
	os.WriteFile(filepath.Join(root, "cgi-bin/say.sh"), []byte(script), 0o755)

	h := cgi.New(os.DirFS(root), root)

	w := httptest.NewRecorder()
	r := httptest.NewRequest("POST", "/cgi-bin/say.sh?Monty", strings.NewReader("hello"))
	nethttp.Handler(h).ServeHTTP(w, r)
	fmt.Println(w.Code, w.Body)
	// Output: 200 Monty says hello
}
