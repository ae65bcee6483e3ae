//go:build unix

package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A page hears of a change, and does not hold up the end of the program.
func TestLive(t *testing.T) {
	dir := tree(t, map[string]string{"index.html": "<p>start", "site.css": "p {}"})
	p := started(t, "-b", "127.0.0.1", "-d", dir, "--live", "0")
	if page := p.ask("GET / HTTP/1.0\r\n\r\n"); !regexp.MustCompile(`<p>start<script src="/\.vitrine/live\.js\?since=[0-9a-z]+\.0"></script>\n$`).MatchString(page) {
		t.Errorf("got %q", page)
	}
	conn := p.dial()
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(time.Minute))
	if _, err := io.WriteString(conn, "GET /.vitrine/live HTTP/1.0\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	text, buffer := "", make([]byte, 4096)
	until := func(want string) {
		t.Helper()
		for !strings.Contains(text, want) {
			n, err := conn.Read(buffer)
			if text += string(buffer[:n]); err != nil {
				t.Fatalf("%v before %q came; got %q", err, want, text)
			}
		}
	}
	until("event: hello\n")
	// The directories are watched a moment after the socket is bound.
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		for {
			os.WriteFile(filepath.Join(dir, "site.css"), []byte("p { color: red }"), 0o666)
			select {
			case <-stop:
				return
			case <-time.After(300 * time.Millisecond):
			}
		}
	}()
	until("event: style\ndata: /site.css\n")

	start := time.Now()
	p.signal(syscall.SIGTERM)
	if code := p.wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if waited := time.Since(start); waited > 5*time.Second {
		t.Errorf("the end took %v: the page that listens held it up", waited)
	}
}
