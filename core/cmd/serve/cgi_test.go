//go:build unix

package main

import (
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
)

// scripts is a folder with scripts in cgi-bin, which all users may run.
func scripts(t *testing.T, content map[string]string) string {
	t.Helper()
	dir := tree(t, map[string]string{"a": "text"})
	for d := dir; d != os.TempDir() && d != "/"; d = d[:strings.LastIndexByte(d, '/')] {
		os.Chmod(d, 0o755) // scripts of a root's server run as nobody
	}
	if err := os.Mkdir(dir+"/cgi-bin", 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range content {
		if err := os.WriteFile(dir+"/cgi-bin/"+name, []byte("#!/bin/sh\n"+text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// spec: G-5
func TestCGIOption(t *testing.T) {
	dir := scripts(t, map[string]string{"hello": "echo 'Content-Type: text/plain'; echo; echo \"hello $QUERY_STRING on $SERVER_PORT\""})
	with := started(t, "-b", "127.0.0.1", "-d", dir, "--cgi", "0")
	got := with.ask("GET /cgi-bin/hello?you HTTP/1.0\r\n\r\n")
	_, port, _ := strings.Cut(with.addr, ":")
	if !strings.HasPrefix(got, "HTTP/1.0 200 Script output follows\r\n") || !strings.HasSuffix(got, "\nhello you on "+port+"\n") {
		t.Errorf("got %q", got)
	}
	if got := with.ask("GET /a HTTP/1.0\r\n\r\n"); !strings.HasSuffix(got, "text") {
		t.Errorf("a file: %q", got)
	}
	if got := with.ask("POST /a HTTP/1.0\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.0 501 Can only POST to CGI scripts\r\n") {
		t.Errorf("POST to a file: %q", got)
	}
	without := started(t, "-b", "127.0.0.1", "-d", dir, "0")
	if got := without.ask("GET /cgi-bin/hello HTTP/1.0\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.0 200 OK\r\n") {
		t.Errorf("without --cgi: %q", got)
	}
}

// departs: G-21
func TestScriptsDoNotOutliveTheServer(t *testing.T) {
	dir := scripts(t, map[string]string{"sleep": "echo 'Content-Type: text/plain'; echo; echo $$; exec sleep 1000"})
	for _, signals := range []int{1, 2} {
		grace := map[int]string{1: "50ms", 2: "10m"}[signals]
		p := started(t, "-b", "127.0.0.1", "-d", dir, "--cgi", "--grace", grace, "0")
		c := p.dial()
		io.WriteString(c, "GET /cgi-bin/sleep HTTP/1.0\r\n\r\n")
		var got []byte
		b := make([]byte, 1)
		_, pid := 0, 0
		for head := 0; head < 2 || b[0] != '\n'; {
			if _, err := c.Read(b); err != nil {
				t.Fatalf("after %q: %v", got, err)
			}
			got = append(got, b[0])
			if head == 0 && strings.HasSuffix(string(got), "\r\n\r\n") {
				head = 1
			} else if head > 0 {
				head = 2
				if b[0] != '\n' {
					pid = 10*pid + int(b[0]-'0')
				}
			}
		}
		if err := syscall.Kill(pid, 0); err != nil {
			t.Fatalf("the script %d does not run: %v", pid, err)
		}
		p.signal(syscall.SIGINT)
		if signals == 2 {
			eventually(t, "the first signal", func() bool { return strings.Contains(p.stdout.String(), "Keyboard") })
			p.signal(syscall.SIGINT)
		}
		p.wait()
		eventually(t, "the end of the script", func() bool { return isErrno(syscall.Kill(pid, 0), syscall.ESRCH) })
	}
}
