//go:build unix

package clients

import (
	"path/filepath"
	"testing"
)

func aria2(t *testing.T, s *server, dir, target string, args ...string) {
	t.Helper()
	args = append([]string{"--quiet", "--no-conf", "--file-allocation=none", "--max-tries=1", "--out=got"}, args...)
	if s.ca != "" {
		args = append(args, "--ca-certificate="+s.ca)
	}
	run(t, dir, "aria2c", append(args, s.url+target)...)
}

func TestAria2(t *testing.T) {
	c := client{name: "aria2", needs: []string{"aria2c"}}
	c.eachProfile(t, func(t *testing.T, s *server) {
		t.Run("segments", func(t *testing.T) {
			dir := t.TempDir()
			aria2(t, s, dir, "/big.bin?aria2", "--max-connection-per-server=8", "--split=8", "--min-split-size=1M")
			wantContent(t, filepath.Join(dir, "got"), big)
			// The first segment is the beginning of a plain 200.
			s.wantLogged(t, 2, `"GET /big.bin?aria2 HTTP/1.1" 206`)
		})
		t.Run("resume", func(t *testing.T) {
			dir := t.TempDir()
			file := writeFile(t, dir, "got", medium[:1000001])
			aria2(t, s, dir, "/medium.bin?aria2-resume", "--continue")
			wantContent(t, file, medium)
			s.wantLogged(t, 1, `"GET /medium.bin?aria2-resume HTTP/1.1" 206`)
		})
	})
}
