//go:build unix

package main

import (
	"bufio"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"
)

// listening is a bridge that listens for what goes past the worker of a site.
func listening(t *testing.T, addr, host string) (events *bufio.Reader, status string) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(10 * time.Second))
	io.WriteString(c, "GET /.vitrine/past HTTP/1.1\r\nHost: "+host+"\r\nSec-Fetch-Site: same-origin\r\n\r\n")
	events = bufio.NewReader(c)
	status, err = events.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	for line := status; strings.HasPrefix(status, "HTTP/1.1 200") && !strings.HasPrefix(line, ":"); {
		if line, err = events.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	return events, strings.TrimSpace(status)
}

// event is the next one that is no comment.
func event(t *testing.T, events *bufio.Reader) string {
	t.Helper()
	for {
		line, err := events.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			return strings.TrimSpace(data)
		}
	}
}

const (
	socketUpgrade = "Upgrade: h2c, WebSocket"
	sameOrigin    = "Sec-Fetch-Site: same-origin"
)

func TestAppTellsWhatWentPastTheWorker(t *testing.T) {
	dir := dist(t)
	p, addr := startedApp(t, "-d", dir, "--app="+dir, "--app-port", "0")
	const shop = "shop-1a2b.vitrine.localhost:8001"
	events, _ := listening(t, addr, shop)
	other, _ := listening(t, addr, "other-1a2b.vitrine.localhost:8001")
	long := "/" + strings.Repeat("x", 2*maxPastPath)
	for _, tc := range []struct {
		target string
		fields []string
		status int
		event  string // "" without one
	}{
		{"/a.bin?x", []string{sameOrigin, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: empty"}, 503, "download /a.bin"},
		{"/a.bin", []string{"Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: empty"}, 503, ""},
		{"/a.bin", []string{sameOrigin, "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"}, 503, ""},
		{"/sw.js", []string{sameOrigin, "Sec-Fetch-Mode: same-origin", "Sec-Fetch-Dest: serviceworker", "Service-Worker: script"}, 503, "worker /sw.js"},
		{"/chat", []string{"Connection: Upgrade", socketUpgrade, "Origin: http://" + shop}, 501, "websocket /chat"},
		{"/chat", []string{"Connection: Upgrade", socketUpgrade, "Origin: http://evil.example"}, 501, ""},
		{"/.vitrine/sw.js", []string{sameOrigin, "Service-Worker: script", "Sec-Fetch-Dest: serviceworker"}, 200, ""},
		{"/a.html", []string{sameOrigin, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"}, 200, ""},
		{long, []string{sameOrigin, "Service-Worker: script", "Sec-Fetch-Dest: serviceworker"}, 503, "worker " + long[:maxPastPath]},
	} {
		res, content := fetch(t, addr, "GET", shop, tc.target, tc.fields...)
		if res.StatusCode != tc.status {
			t.Errorf("%.40s %q: %d, want %d", tc.target, tc.fields, res.StatusCode, tc.status)
		}
		if tc.status == 501 && !strings.Contains(content, "no WebSockets") {
			t.Errorf("the 501 has no sentence: %q", content)
		}
		if tc.event != "" {
			if got := event(t, events); got != tc.event {
				t.Errorf("%.40s: told %q, want %q", tc.target, got, tc.event)
			}
		}
	}
	// Another site hears of its own alone, and only its own pages do.
	fetch(t, addr, "GET", "other-1a2b.vitrine.localhost", "/own.js", sameOrigin, "Service-Worker: script")
	if got := event(t, other); got != "worker /own.js" {
		t.Errorf("the other site hears %q", got)
	}
	if res, _ := fetch(t, addr, "GET", shop, "/.vitrine/past", "Sec-Fetch-Site: same-site"); res.StatusCode != 403 {
		t.Errorf("for another site: %d, want 403", res.StatusCode)
	}
	for i := 1; i < maxPastListeners; i++ {
		listening(t, addr, shop)
	}
	if _, status := listening(t, addr, shop); !strings.HasPrefix(status, "HTTP/1.1 503") {
		t.Errorf("one listener too many: %q", status)
	}
	// Listeners do not hold the end up.
	begin := time.Now()
	p.signal(syscall.SIGTERM)
	if code := p.wait(); code != 0 || time.Since(begin) > 5*time.Second {
		t.Errorf("exit %d after %v", code, time.Since(begin))
	}
}

// A handshake gets no page: neither at the tool nor, as http.server would send
// it, anything else than the file from the folder beside it.
func TestNoWebSockets(t *testing.T) {
	dir := dist(t)
	p, addr := startedApp(t, "-d", tree(t, map[string]string{"served": "text"}), "--app="+dir, "--app-port", "0")
	for _, host := range []string{"vitrine.localhost", "localhost", "shop-1a2b.vitrine.localhost"} {
		if res, content := fetch(t, addr, "GET", host, "/", "Connection: Upgrade", socketUpgrade); res.StatusCode != 501 || !strings.Contains(content, "no WebSockets") {
			t.Errorf("%s: %d %q", host, res.StatusCode, content)
		}
	}
	if res, _ := fetch(t, addr, "GET", "evil.example", "/", "Connection: Upgrade", socketUpgrade); res.StatusCode != 421 {
		t.Errorf("a foreign host: %d, want 421", res.StatusCode)
	}
	if got := p.ask("GET /served HTTP/1.0\r\nConnection: Upgrade\r\n" + socketUpgrade + "\r\n\r\n"); !strings.HasSuffix(got, "text") {
		t.Errorf("the folder: %q", got)
	}
}
