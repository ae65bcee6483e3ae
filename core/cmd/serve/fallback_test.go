//go:build unix

package main

import (
	"strings"
	"testing"
)

func TestFallbackOptions(t *testing.T) {
	dir := tree(t, map[string]string{"index.html": "the application", "about.html": "about", "404.html": "lost"})
	get := func(p *process, target string) (status, content string) {
		head, content, _ := strings.Cut(p.ask("GET "+target+" HTTP/1.0\r\n\r\n"), "\r\n\r\n")
		return strings.Fields(head)[1], content
	}
	for _, tc := range []struct {
		name            string
		args            []string
		target          string
		status, content string
	}{
		{"plain", nil, "/about", "404", "Error code: 404"},
		{"name.html", []string{"--clean-urls"}, "/about?q", "200", "about"},
		{"an application", []string{"--fallback", "index.html"}, "/users/7", "200", "the application"},
		{"not for scripts", []string{"--fallback", "./index.html"}, "/app.js", "404", "Error code: 404"},
		{"an error page", []string{"--clean-urls", "--fallback=404.html"}, "/app.js", "404", "lost"},
	} {
		p := started(t, append(tc.args, "-b", "127.0.0.1", "-d", dir, "0")...)
		if status, content := get(p, tc.target); status != tc.status || !strings.Contains(content, tc.content) {
			t.Errorf("%s: got %s %q, want %s %q", tc.name, status, content, tc.status, tc.content)
		}
	}
	for _, name := range []string{"", ".", "..", "../index.html", "/etc/passwd"} {
		code, _, stderr := finished(t, "--fallback", name, "0")
		if code != 2 || !strings.Contains(stderr, "not the name of a file below the directory") {
			t.Errorf("--fallback %q: got %d, %s", name, code, stderr)
		}
	}
}
