//go:build unix

package clients

import (
	"strings"
	"testing"
)

// TestW3m shows a listing and a page as a reader sees them. w3m finds no
// addresses in certificates, so over TLS it asks localhost.
func TestW3m(t *testing.T) {
	c := client{name: "w3m", needs: []string{"w3m"}}
	c.eachProfile(t, func(t *testing.T, s *server) {
		dir := t.TempDir()
		w3m := func(target, how string) string {
			t.Helper()
			args := []string{"-no-proxy", "-O", "UTF-8"}
			if s.ca != "" {
				args = append(args, "-o", "ssl_verify_server=1", "-o", "ssl_ca_file="+s.ca)
			}
			return run(t, dir, "w3m", append(args, how, strings.Replace(s.url, "127.0.0.1", "localhost", 1)+target)...)
		}
		if got := strings.Join(strings.Fields(w3m("/page.html", "-dump")), " "); got != "Heading One paragraph." {
			t.Errorf("the page: %q", got)
		}
		listing := w3m("/tree/", "-dump")
		for _, name := range tree {
			first, _, folder := strings.Cut(name, "/")
			if folder {
				first += "/"
			}
			if !strings.Contains(listing, first+"\n") {
				t.Errorf("%q is not in the listing %q", first, listing)
			}
		}
		wantContent(t, writeFile(t, dir, "got", []byte(w3m("/medium.bin", "-dump_source"))), medium)
	})
}
