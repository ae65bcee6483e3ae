//go:build unix

package clients

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func wget(t *testing.T, s *server, dir, target string, args ...string) {
	t.Helper()
	args = append([]string{"--no-verbose", "--tries=1"}, args...)
	if s.ca != "" {
		args = append(args, "--ca-certificate="+s.ca)
	}
	run(t, dir, "wget", append(args, s.url+target)...)
}

func TestWget(t *testing.T) {
	c := client{name: "wget", needs: []string{"wget"}}
	c.eachProfile(t, func(t *testing.T, s *server) {
		t.Run("get", func(t *testing.T) {
			dir := t.TempDir()
			wget(t, s, dir, "/medium.bin")
			wantContent(t, filepath.Join(dir, "medium.bin"), medium)
		})
		t.Run("resume", func(t *testing.T) {
			dir := t.TempDir()
			file := writeFile(t, dir, "medium.bin", medium[:1000001])
			wget(t, s, dir, "/medium.bin?wget-resume", "--continue", "--output-document=medium.bin")
			wantContent(t, file, medium)
			s.wantLogged(t, 1, `"GET /medium.bin?wget-resume HTTP/1.1" 206`)
		})
		t.Run("timestamping", func(t *testing.T) { wgetTimestamping(t, s) })
		t.Run("mirror", func(t *testing.T) {
			dir := t.TempDir()
			wget(t, s, dir, "/tree/", "--mirror", "--no-parent", "--no-host-directories", "--cut-dirs=1",
				"--reject=index.html*", "--execute=robots=off", "--restrict-file-names=nocontrol")
			wantTree(t, dir, "tree")
		})
	})
}

// wgetTimestamping fetches a file with --timestamping until there is nothing
// to fetch. What the file holds then shows if it was written again.
func wgetTimestamping(t *testing.T, s *server) {
	dir := t.TempDir()
	file := filepath.Join(dir, "text.txt")
	wget(t, s, dir, "/text.txt", "--timestamping")
	wantContent(t, file, text)

	same := []byte(strings.ToUpper(string(text)))
	writeFile(t, dir, "text.txt", same)
	if err := os.Chtimes(file, modified, modified); err != nil {
		t.Fatal(err)
	}
	wget(t, s, dir, "/text.txt", "--timestamping")
	wantContent(t, file, same)

	old := modified.Add(-time.Hour)
	if err := os.Chtimes(file, old, old); err != nil {
		t.Fatal(err)
	}
	wget(t, s, dir, "/text.txt", "--timestamping")
	wantContent(t, file, text)
}
