//go:build unix

package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
)

// dist is a folder like the one the browser edition is built into.
func dist(t *testing.T) string {
	return tree(t, map[string]string{
		"index.html": "<title>tool</title>", "boot-site.html": "<title>boot</title>",
		"bridge.html": "<title>bridge</title>", "sw.js": "// worker", "page.wasm": "\x00asm", "style.css": "b{}",
		"tool.js": "// tool", "manifest.webmanifest": "{}", "icon.svg": "<svg/>",
	})
}

// startedApp runs serve --app and returns the address of the browser edition.
func startedApp(t *testing.T, args ...string) (p *process, addr string) {
	t.Helper()
	p = started(t, append(args, "-b", "127.0.0.1", "0")...)
	const before = "Browser edition on http://vitrine.localhost:"
	eventually(t, "the line about the browser edition", func() bool { return strings.Count(p.stdout.String(), "\n") >= 2 })
	line := strings.TrimPrefix(p.stdout.String(), p.first)
	port, ok := strings.CutPrefix(line, before)
	if !ok || !strings.HasSuffix(port, "/\n") {
		t.Fatalf("stdout goes on with %q", line)
	}
	return p, "127.0.0.1:" + strings.TrimSuffix(port, "/\n")
}

// fetch asks for a target with that Host.
func fetch(t *testing.T, addr, method, host, target string, fields ...string) (*http.Response, string) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	io.WriteString(c, method+" "+target+" HTTP/1.1\r\nHost: "+host+"\r\n"+strings.Join(append(fields, ""), "\r\n")+"\r\n")
	res, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%s %s of %s: %v", method, target, host, err)
	}
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(b)
}

func TestAppByHost(t *testing.T) {
	dir := dist(t)
	p, addr := startedApp(t, "-d", tree(t, map[string]string{"served": "text"}), "--app="+dir, "--app-port", "0")
	const boot = "<title>boot</title>"
	tests := []struct {
		host, target string
		status       int
		content      string // "" is not looked at
		kind         string
		cache        string
		worker       string // Service-Worker-Allowed
	}{
		{"vitrine.localhost", "/", 200, "<title>tool</title>", "text/html; charset=utf-8", "no-cache", ""},
		{"vitrine.localhost:8001", "/index.html?x", 200, "<title>tool</title>", "text/html; charset=utf-8", "no-cache", ""},
		{"VITRINE.localhost.", "/style.css", 200, "b{}", "text/css; charset=utf-8", "no-cache", ""},
		{"localhost:1", "/page.wasm", 200, "\x00asm", "application/wasm", "no-cache", ""},
		{"127.0.0.1:1", "/sw.js", 200, "// worker", "text/javascript; charset=utf-8", "no-cache", ""},
		{"[::1]:1", "/sw.js", 200, "// worker", "text/javascript; charset=utf-8", "no-cache", ""},
		{"vitrine.localhost", "/tool.js", 200, "// tool", "text/javascript; charset=utf-8", "no-cache", ""},
		{"vitrine.localhost", "/manifest.webmanifest", 200, "{}", "application/manifest+json", "no-cache", ""},
		{"vitrine.localhost", "/icon.svg", 200, "<svg/>", "image/svg+xml", "no-cache", ""},
		{"vitrine.localhost", "/none", 404, "", "text/html;charset=utf-8", "", ""},
		{"vitrine.localhost", "/served", 404, "", "text/html;charset=utf-8", "", ""},
		{"vitrine.localhost", "/%2e%2e/etc/passwd", 404, "", "text/html;charset=utf-8", "", ""},

		{"site-1a2b.vitrine.localhost:8001", "/", 200, boot, "text/html; charset=utf-8", "no-store", ""},
		{"site-1a2b.vitrine.localhost", "/deep/page.html?q", 200, boot, "text/html; charset=utf-8", "no-store", ""},
		{"site-1a2b.vitrine.localhost", "/index.html", 200, boot, "text/html; charset=utf-8", "no-store", ""},
		{"site-1a2b.vitrine.localhost", "/.vitrine", 200, boot, "text/html; charset=utf-8", "no-store", ""},
		{"site-1a2b.vitrine.localhost", "/.vitrine/sw.js", 200, "// worker", "text/javascript; charset=utf-8", "no-cache", "/"},
		{"site-1a2b.vitrine.localhost", "/.vitrine/sw.js?v=2", 200, "// worker", "text/javascript; charset=utf-8", "no-cache", "/"},
		{"site-1a2b.vitrine.localhost", "/.vitrine/none", 404, "", "text/html;charset=utf-8", "", ""},
		{"site-1a2b.vitrine.localhost", "/.vitrine/%2e%2e/%2e%2e/etc/passwd", 404, "", "text/html;charset=utf-8", "", ""},

		{"evil.example", "/", 421, "", "text/html;charset=utf-8", "", ""},
		{"a.b.vitrine.localhost", "/", 421, "", "text/html;charset=utf-8", "", ""},
		{".vitrine.localhost", "/", 421, "", "text/html;charset=utf-8", "", ""},
		{"vitrine.localhost.evil.example", "/", 421, "", "text/html;charset=utf-8", "", ""},
		{"evilvitrine.localhost", "/", 421, "", "text/html;charset=utf-8", "", ""},
		{"192.0.2.1", "/", 421, "", "text/html;charset=utf-8", "", ""},
	}
	for _, tc := range tests {
		res, content := fetch(t, addr, "GET", tc.host, tc.target)
		if res.StatusCode != tc.status || tc.content != "" && content != tc.content {
			t.Errorf("%s%s: %d %q, want %d %q", tc.host, tc.target, res.StatusCode, content, tc.status, tc.content)
		}
		for name, want := range map[string]string{"Content-Type": tc.kind, "Cache-Control": tc.cache, "Service-Worker-Allowed": tc.worker} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s%s: %s is %q, want %q", tc.host, tc.target, name, got, want)
			}
		}
	}

	// A file is kept by the browser as long as it stays the same.
	res, _ := fetch(t, addr, "GET", "vitrine.localhost", "/sw.js")
	tag := res.Header.Get("ETag")
	if again, content := fetch(t, addr, "GET", "vitrine.localhost", "/sw.js", "If-None-Match: "+tag); again.StatusCode != 304 || content != "" {
		t.Errorf("with its tag %s: %d %q, want 304", tag, again.StatusCode, content)
	}
	if err := os.WriteFile(dir+"/sw.js", []byte("// Worker"), 0o644); err != nil { // as long as before
		t.Fatal(err)
	}
	if again, content := fetch(t, addr, "GET", "vitrine.localhost", "/sw.js", "If-None-Match: "+tag); again.StatusCode != 200 || content != "// Worker" {
		t.Errorf("after a change: %d %q", again.StatusCode, content)
	}
	if res, content := fetch(t, addr, "HEAD", "vitrine.localhost", "/sw.js"); res.StatusCode != 200 || content != "" || res.ContentLength != 9 {
		t.Errorf("HEAD: %d, length %d", res.StatusCode, res.ContentLength)
	}
	if res, _ := fetch(t, addr, "POST", "vitrine.localhost", "/sw.js"); res.StatusCode != 405 || res.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d, Allow %q", res.StatusCode, res.Header.Get("Allow"))
	}

	// What is not shown gets no page in place of a file.
	for dest, want := range map[string]int{"document": 200, "iframe": 200, "empty": 503, "script": 503, "serviceworker": 503} {
		if res, _ := fetch(t, addr, "GET", "site-1a2b.vitrine.localhost", "/a.bin", "Sec-Fetch-Dest: "+dest); res.StatusCode != want {
			t.Errorf("for %s: %d, want %d", dest, res.StatusCode, want)
		}
	}

	// The folder is served beside it, and only its requests are logged.
	if got := p.ask("GET /served HTTP/1.0\r\n\r\n"); !strings.HasSuffix(got, "text") {
		t.Errorf("the folder: %q", got)
	}
	eventually(t, "the line of the log", func() bool { return p.stderr.String() != "" })
	if n := strings.Count(p.stderr.String(), "\n"); n != 1 {
		t.Errorf("the log is %q, want one line", p.stderr)
	}
}

func TestAppIsOnLoopback(t *testing.T) {
	dir := dist(t)
	p := started(t, "-b", "0.0.0.0", "-d", dir, "--app="+dir, "--app-port", "0", "0")
	eventually(t, "the second line", func() bool { return strings.Count(p.stdout.String(), "\n") == 2 })
	_, port, _ := strings.Cut(p.stdout.String(), "vitrine.localhost:")
	port = strings.TrimSuffix(port, "/\n")
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addrs {
		n, ok := a.(*net.IPNet)
		if !ok || n.IP.To4() == nil {
			continue
		}
		c, err := net.Dial("tcp", net.JoinHostPort(n.IP.String(), port))
		if err == nil {
			c.Close()
		}
		if n.IP.IsLoopback() != (err == nil) {
			t.Errorf("%s: %v", n.IP, err)
		}
	}
}

func TestAppPortFollowsTheOther(t *testing.T) {
	dir := dist(t)
	p, addr := startedApp(t, "-d", dir, "--app="+dir)
	// The next port may be taken by another program; then it is any.
	if res, _ := fetch(t, addr, "GET", "vitrine.localhost", "/"); res.StatusCode != 200 {
		t.Errorf("%s beside %s: %d", addr, p.addr, res.StatusCode)
	}
}
