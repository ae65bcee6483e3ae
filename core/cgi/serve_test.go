//go:build unix

package cgi_test

import (
	"bytes"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/core/cgi"
	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/osfs"
	"vitrine/core/session"
	"vitrine/core/session/sessiontest"
)

// probe is the compiled program of testdata/probe.
var probe string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "probe")
	if err != nil {
		panic(err)
	}
	probe = filepath.Join(dir, "probe")
	build := exec.Command("go", "build", "-buildvcs=false", "-o", probe, "./testdata/probe")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		panic(string(out))
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// place is a folder with scripts, readable for the user they run as.
type place struct {
	t    *testing.T
	root string
	h    *cgi.Handler
	log  logBuffer
}

// logBuffer takes log lines from several goroutines.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// newPlace makes a folder with these files. A name with "!" before it is
// executable.
func newPlace(t *testing.T, files map[string]string) *place {
	t.Helper()
	root := filepath.Join(t.TempDir(), "www")
	p := &place{t: t, root: root}
	for _, dir := range []string{filepath.Dir(root), filepath.Dir(filepath.Dir(root))} {
		os.Chmod(dir, 0o755)
	}
	os.MkdirAll(filepath.Join(root, "cgi-bin"), 0o755)
	for name, text := range files {
		p.file(name, text)
	}
	os.Chmod(root, 0o755)
	fsys, err := osfs.Open(root, osfs.Follow)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { fsys.Close() })
	p.h = cgi.New(fsys, root)
	p.h.ErrorLog = &p.log
	p.h.LogDateTimeString = func(time.Time) string { return "now" }
	p.h.VersionString = func() string { return "S" }
	p.h.DateTimeString = func(time.Time) string { return "D" }
	p.h.Timeout = time.Minute
	return p
}

// file writes a file. Scripts are written whole before they are run.
func (p *place) file(name, text string) {
	p.t.Helper()
	name, executable := strings.CutPrefix(name, "!")
	path := filepath.Join(p.root, name)
	mode := os.FileMode(0o644)
	if executable {
		mode = 0o755
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		p.t.Fatal(err)
	}
}

// dial begins a session. over is closed when the server's side has ended.
func (p *place) dial() (client net.Conn, over <-chan struct{}) {
	config := &session.Config{Handler: p.h, Rules: http1.Compat, Server: &handler.Server{Name: "here", Port: 8000}}
	return sessiontest.Pipe(config, handler.ParseAddress("10.0.0.9:1234"))
}

// ask sends a request and returns all bytes of the responses; the server must
// end the connection.
func (p *place) ask(request string) string {
	p.t.Helper()
	client, over := p.dial()
	go io.WriteString(client, request)
	response, err := io.ReadAll(client)
	client.Close()
	<-over
	if err != nil {
		p.t.Fatalf("%q: %v\n%q", request, err, response)
	}
	return string(response)
}

// get asks with HTTP/1.0.
func (p *place) get(target string) string {
	p.t.Helper()
	return p.ask("GET " + target + " HTTP/1.0\r\n\r\n")
}

const head200 = "HTTP/1.0 200 Script output follows\r\nServer: S\r\nDate: D\r\n"

// isError reports whether response is the error page for this status-line.
func isError(response, statusLine string) bool {
	return strings.HasPrefix(response, statusLine+"\r\nServer: S\r\nDate: D\r\nConnection: close\r\nContent-Type: text/html;charset=utf-8\r\n")
}
