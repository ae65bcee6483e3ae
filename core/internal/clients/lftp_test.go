//go:build unix

package clients

import (
	"fmt"
	"path/filepath"
	"testing"
)

func lftp(t *testing.T, s *server, dir, commands string) {
	t.Helper()
	settings := "set cmd:fail-exit yes; set net:max-retries 1; set net:timeout 10; "
	if s.ca != "" {
		settings += fmt.Sprintf("set ssl:ca-file %s; ", s.ca)
	}
	run(t, dir, "lftp", "--norc", "-c", settings+commands)
}

func TestLftp(t *testing.T) {
	c := client{name: "lftp", needs: []string{"lftp"}}
	c.eachProfile(t, func(t *testing.T, s *server) {
		t.Run("mirror", func(t *testing.T) {
			dir := t.TempDir()
			lftp(t, s, dir, fmt.Sprintf("open %s/tree/; mirror --parallel=2 . mirrored", s.url))
			wantTree(t, filepath.Join(dir, "mirrored"), "tree")
		})
		t.Run("pget", func(t *testing.T) {
			dir := t.TempDir()
			lftp(t, s, dir, fmt.Sprintf("set pget:min-chunk-size 64k; pget -n 4 -O . %s/big.bin?lftp -o got", s.url))
			wantContent(t, filepath.Join(dir, "got"), big)
			// A connection that is done takes over what another has not begun.
			s.wantLogged(t, 1, `"GET /big.bin?lftp HTTP/1.1" 206`)
		})
	})
}
