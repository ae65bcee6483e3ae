//go:build !js

package conformance

import (
	"bytes"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// outside returns the block of code in README.md that follows a mark.
func outside(t *testing.T, readme, mark string) string {
	t.Helper()
	_, rest, ok := strings.Cut(readme, "<!-- outside: "+mark+" -->\n```")
	if !ok {
		t.Fatalf("README.md has no %s", mark)
	}
	_, rest, _ = strings.Cut(rest, "\n")
	block, _, _ := strings.Cut(rest, "```")
	return block
}

// The program of README.md, outside this checkout, is made by the commands
// that stand there, and responds. It needs nothing from the network.
func TestProgramOutside(t *testing.T) {
	text, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	port := strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
	l.Close()
	program := strings.Replace(outside(t, string(text), "main.go"), ":8000", ":"+port, 1)
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o644); err != nil {
		t.Fatal(err)
	}
	commands := strings.ReplaceAll(outside(t, string(text), "commands"), "/path/to/this/checkout", root)
	for line := range strings.Lines(commands) {
		words := strings.Fields(line)
		if line == "go run .\n" {
			words = []string{"go", "build", "-o", "hello.exe", "."} // to be ended by its own number
		}
		cmd := exec.Command(words[0], words[1:]...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOPROXY=off", "GOSUMDB=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", strings.TrimSpace(line), err, out)
		}
	}
	cmd := exec.Command(filepath.Join(dir, "hello.exe"))
	var stderr bytes.Buffer
	cmd.Dir, cmd.Stderr = dir, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop := func() {
		cmd.Process.Kill()
		cmd.Wait()
	}
	defer stop()
	for request, want := range map[string]string{
		"GET /go.mod HTTP/1.0\r\n\r\n": "module example.com/hello",
		"POST / HTTP/1.0\r\n\r\n":      "Nothing can be posted here",
	} {
		if got := askWhenUp(t, address, request); !strings.Contains(got, want) {
			t.Errorf("%q: got %q, want %q", request, got, want)
		}
	}
	stop()
	if !strings.Contains(stderr.String(), `"GET /go.mod HTTP/1.0" 200 -`) {
		t.Errorf("the log is %q", stderr.String())
	}
}

// askWhenUp sends a request to a program that may have just begun.
func askWhenUp(t *testing.T, address, request string) string {
	t.Helper()
	for begin := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		c, err := net.Dial("tcp", address)
		if err != nil {
			if time.Since(begin) > 30*time.Second {
				t.Fatal(err)
			}
			continue
		}
		defer c.Close()
		c.SetDeadline(time.Now().Add(30 * time.Second))
		io.WriteString(c, request)
		b, err := io.ReadAll(c)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
}
