//go:build unix

package main

import (
	"os"
	"strings"
	"testing"
)

// What the server writes is for its owner alone.
func TestModesOfLogAndTrace(t *testing.T) {
	dir := t.TempDir()
	loose := func(name string) string {
		t.Helper()
		if err := os.WriteFile(dir+"/"+name, []byte("before\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(dir+"/"+name, 0o644); err != nil {
			t.Fatal(err)
		}
		return dir + "/" + name
	}
	for _, tc := range []struct{ log, trace string }{
		{dir + "/new.log", dir + "/new.trace"},
		{loose("old.log"), loose("old.trace")},
	} {
		p := started(t, "-b", "127.0.0.1", "-d", tree(t, nil), "--log-file", tc.log, "--trace", tc.trace, "0")
		if p.stderr.String() != "" {
			t.Errorf("stderr is %q", p.stderr)
		}
		// The mode of a log that was there is its owner's choice.
		for name, want := range map[string]os.FileMode{tc.log: 0o600, tc.trace: 0o600, dir + "/old.log": 0o644} {
			if info, err := os.Stat(name); err != nil || info.Mode() != want && !(name == tc.log && strings.HasSuffix(name, "old.log")) {
				t.Errorf("%s: mode %v (%v), want %v", name, info.Mode(), err, want)
			}
		}
	}
}

// The trace, the log and a redirected standard error are never served, by
// whatever name they are asked for.
//
// departs: F-2
func TestLogsAreNotServed(t *testing.T) {
	const mark = "marked-by-the-client"
	for name, flags := range map[string][]string{
		"plain":        nil,
		"HTTP/1.1":     {"-p", "HTTP/1.1"},
		"links inside": {"--links", "inside"},
		"cgi":          {"--cgi"},
		"app":          {"--app=" + dist(t), "--app-port", "0"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := scripts(t, map[string]string{"hello": "printf '\\nhello'\n"})
			for _, sub := range []string{"sub", "htm", "index"} {
				if err := os.Mkdir(dir+"/"+sub, 0o755); err != nil {
					t.Fatal(err)
				}
			}
			errors, err := os.OpenFile(dir+"/nohup.out", os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
			if err != nil {
				t.Fatal(err)
			}
			cmd := command(append(flags, "-b", "127.0.0.1", "-d", dir, "--trace", dir+"/trace.txt", "--log-file", dir+"/log.txt", "0")...)
			cmd.Stderr = errors
			p := startedAs(t, cmd)
			errors.Close()
			for link, to := range map[string]string{
				"sub/hard.txt": "trace.txt", "htm/index.htm": "log.txt", "cgi-bin/trace": "trace.txt", "index/index.html": "trace.txt",
			} {
				if err := os.Link(dir+"/"+to, dir+"/"+link); err != nil {
					t.Fatal(err)
				}
			}
			for link, to := range map[string]string{"sub/soft.txt": "../trace.txt", "sub/log": "../log.txt", "around": "sub"} {
				if err := os.Symlink(to, dir+"/"+link); err != nil {
					t.Fatal(err)
				}
			}
			host := " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
			p.ask("GET /a?" + mark + host + "\r\n")
			eventually(t, "the trace", func() bool { return strings.Contains(logFile(dir+"/trace.txt").String(), mark) })
			for _, target := range []string{
				"/trace.txt", "/log.txt", "/nohup.out", "/sub/hard.txt", "/sub/soft.txt", "/sub/log", "/around/hard.txt", "/around/soft.txt",
				"/%74race.txt", "/sub/../trace.txt", "/trace.txt?x", "//log.txt", "/cgi-bin/trace", "/htm/index.htm", "/index/index.html",
			} {
				for _, request := range []string{
					"GET " + target + host + "\r\n", "HEAD " + target + host + "\r\n", "GET " + target + host + "Range: bytes=0-9\r\n\r\n",
					"GET " + target + host + "Range: bytes=0-0,2-3\r\n\r\n", "GET " + target + host + "If-None-Match: *\r\n\r\n",
				} {
					if got := p.ask(request); !strings.Contains(got, " 404 ") || strings.Contains(got, mark) {
						t.Errorf("%q: got %q, want 404", request, got)
					}
				}
			}
			// As an index page neither: there is a listing, which leaves it
			// out as every other does.
			for target, want := range map[string]string{"/": ">a<", "/sub/": "Directory listing", "/htm/": "Directory listing", "/index/": "Directory listing"} {
				got := p.ask("GET " + target + host + "\r\n")
				if !strings.Contains(got, want) || strings.Contains(got, mark) {
					t.Errorf("%s: got %q", target, got)
				}
				for _, name := range []string{"trace", "log", "nohup", "hard", "soft", "index.htm"} {
					if strings.Contains(got, `href="`+name) {
						t.Errorf("%s lists %s: %q", target, name, got)
					}
				}
			}
			if got := p.ask("GET /a" + host + "\r\n"); !strings.HasSuffix(got, "text") {
				t.Errorf("another file: got %q", got)
			}
		})
	}
}

// Nor are they served by the browser edition, if its folder is where they
// are written.
func TestLogsAreNotServedByTheApp(t *testing.T) {
	dir := dist(t)
	p, addr := startedApp(t, "-d", tree(t, map[string]string{"a": "text"}), "--app="+dir, "--app-port", "0", "--trace", dir+"/trace.txt")
	p.ask("GET /a HTTP/1.0\r\n\r\n")
	eventually(t, "the trace", func() bool { return logFile(dir+"/trace.txt").String() != "" })
	if res, content := fetch(t, addr, "GET", "vitrine.localhost", "/trace.txt"); res.StatusCode != 404 {
		t.Errorf("got %d %q, want 404", res.StatusCode, content)
	}
}
