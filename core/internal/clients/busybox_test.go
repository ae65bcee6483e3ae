//go:build unix

package clients

import (
	"path/filepath"
	"testing"
)

// TestBusybox is about the wget of busybox, which speaks TLS through openssl.
// It pins no certificate: it compares address and port with the address in
// the certificate, which is never the same.
func TestBusybox(t *testing.T) {
	c := client{name: "busybox", needs: []string{"busybox", "openssl"}}
	c.eachProfile(t, func(t *testing.T, s *server) {
		wget := func(dir, target string, args ...string) {
			t.Helper()
			args = append([]string{"wget", "-q", "--no-check-certificate", "-O", "got"}, args...)
			run(t, dir, "busybox", append(args, s.url+target)...)
		}
		t.Run("get", func(t *testing.T) {
			dir := t.TempDir()
			wget(dir, "/medium.bin")
			wantContent(t, filepath.Join(dir, "got"), medium)
		})
		t.Run("resume", func(t *testing.T) {
			dir := t.TempDir()
			file := writeFile(t, dir, "got", medium[:1000001])
			wget(dir, "/medium.bin?busybox", "-c")
			wantContent(t, file, medium)
			s.wantLogged(t, 1, `"GET /medium.bin?busybox HTTP/1.1" 206`)
		})
	})
}
