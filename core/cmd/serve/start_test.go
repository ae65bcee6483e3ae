//go:build unix

package main

import (
	"net"
	"os"
	"strconv"
	"strings"
	"testing"

	"vitrine/core/internal/version"
)

// spec: B-3
func TestStartLine(t *testing.T) {
	dir := tree(t, nil)
	tests := []struct {
		args                 []string
		proto, host, urlHost string
		ipv6                 bool
	}{
		{args: []string{"-b", "127.0.0.1"}, proto: "HTTP", host: "127.0.0.1", urlHost: "127.0.0.1"},
		{args: nil, proto: "HTTP", host: "0.0.0.0", urlHost: "0.0.0.0"},
		{args: []string{"-b", "::"}, proto: "HTTP", host: "::", urlHost: "[::]", ipv6: true},
		{args: []string{"-b", "[::1]"}, proto: "HTTP", host: "::1", urlHost: "[::1]", ipv6: true},
		{args: []string{"-b", "127.0.0.1", "--tls-self-signed"}, proto: "HTTPS", host: "127.0.0.1", urlHost: "127.0.0.1"},
	}
	six := net.ParseIP("::1")
	probe, err := net.ListenTCP("tcp6", &net.TCPAddr{IP: six})
	if err == nil {
		probe.Close()
	}
	for _, tc := range tests {
		if tc.ipv6 && err != nil {
			continue
		}
		p := started(t, append(tc.args, "-d", dir, "0")...)
		_, rest, _ := strings.Cut(p.first, " port ")
		port, _, _ := strings.Cut(rest, " ")
		if n, err := strconv.Atoi(port); err != nil || n == 0 {
			t.Errorf("%q: the port is %q", tc.args, port)
		}
		want := "Serving " + tc.proto + " on " + tc.host + " port " + port + " (" + strings.ToLower(tc.proto) + "://" + tc.urlHost + ":" + port + "/) ...\n"
		if p.first != want {
			t.Errorf("%q: got %q, want %q", tc.args, p.first, want)
		}
	}
}

// spec: B-5
func TestUsageErrorExit(t *testing.T) {
	code, stdout, stderr := finished(t, "--nonsense")
	if code != 2 || stdout != "" || !strings.HasPrefix(stderr, "usage: serve [-h] [-b ADDRESS] [-d DIRECTORY] [-p VERSION]") ||
		!strings.HasSuffix(stderr, "\nserve: error: unrecognized arguments: --nonsense\n") {
		t.Errorf("exit %d, stdout %q, stderr %q", code, stdout, stderr)
	}
	code, stdout, stderr = finished(t, "--tls-cert", "c", "--tls-password-file", "/nope/'x'")
	if code != 2 || stdout != "" || !strings.HasPrefix(stderr, "usage: serve") ||
		!strings.HasSuffix(stderr, "\nserve: error: Failed to read TLS password file: [Errno 2] No such file or directory: \"/nope/'x'\"\n") {
		t.Errorf("exit %d, stdout %q, stderr %q", code, stdout, stderr)
	}
}

func TestHelpAndVersion(t *testing.T) {
	code, stdout, stderr := finished(t, "--help")
	if code != 0 || stderr != "" || !strings.HasPrefix(stdout, "usage: serve [-h] ") {
		t.Errorf("exit %d, stdout %q, stderr %q", code, stdout, stderr)
	}
	for _, line := range strings.Split(stdout, "\n") {
		if len(line) > 80 {
			t.Errorf("too long for a terminal: %q", line)
		}
	}
	for _, o := range defaults().commandLine().options {
		if !strings.Contains(stdout, o.long) {
			t.Errorf("the help does not speak of %s", o.long)
		}
	}
	if code, stdout, _ := finished(t, "--version"); code != 0 || stdout != "Vitrine "+version.Number+"\n" {
		t.Errorf("--version: exit %d, %q", code, stdout)
	}
}

// departs: B-6
func TestStartErrors(t *testing.T) {
	dir := tree(t, map[string]string{"file": ""})
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, busy, _ := net.SplitHostPort(l.Addr().String())
	tests := []struct {
		name string
		args []string
		code int
		want string
	}{
		{"port in use", []string{"-b", "127.0.0.1", busy}, 1, "port " + busy + " on 127.0.0.1 is in use already: choose another, or let the system find a free one with port 0"},
		{"foreign address", []string{"-b", "192.0.2.1", "0"}, 1, "cannot listen on 192.0.2.1: no interface of this computer has that address"},
		{"unknown host", []string{"-b", "no.such.host.invalid", "0"}, 1, "cannot listen on no.such.host.invalid: unknown host"},
		{"no directory", []string{"-d", dir + "/none", "0"}, 1, `cannot serve the directory "` + dir + `/none": no such file or directory`},
		{"directory is a file", []string{"-d", dir + "/file", "0"}, 1, `cannot serve the directory "` + dir + `/file": not a directory`},
		{"directory is a file, inside", []string{"--links", "inside", "-d", dir + "/file", "0"}, 1, `cannot serve the directory "` + dir + `/file": not a directory`},
		{"port too large", []string{"70000"}, 2, "argument port: a port is a number from 0 to 65535, not 70000"},
		{"port below 0", []string{"-1"}, 2, "argument port: a port is a number from 0 to 65535, not -1"},
		{"protocol", []string{"-p", "FOO"}, 2, "argument -p/--protocol: invalid choice: 'FOO' (choose from HTTP/1.0, HTTP/1.1)"},
		{"no certificate", []string{"--tls-cert", dir + "/none", "0"}, 1, dir + "/none: cannot be read: no such file or directory"},
		{"certificate empty", []string{"--tls-cert", dir + "/file", "0"}, 1, dir + "/file: there is no certificate in it (PEM, BEGIN CERTIFICATE)"},
		{"log file", []string{"--log-file", dir + "/none/log", "0"}, 1, "cannot write the log: " + dir + "/none/log: no such file or directory"},
		{"trace file", []string{"--trace", dir, "0"}, 1, "cannot write the trace: " + dir + ": is a directory"},
		{"app folder", []string{"-b", "127.0.0.1", "--app=" + dir, "0"}, 1, `no browser edition in "` + dir + `": no such file or directory`},
		{"app port in use", []string{"-b", "127.0.0.1", "--app=" + dist(t), "--app-port", busy, "0"}, 1, "port " + busy + " on 127.0.0.1 is in use already: choose another, or let the system find a free one with port 0"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			code, stdout, stderr := finished(t, tc.args...)
			if code != tc.code || stdout != "" || stderr != "serve: error: "+tc.want+"\n" {
				t.Errorf("exit %d, stdout %q, stderr\n %q, want %d and\n %q", code, stdout, stderr, tc.code, "serve: error: "+tc.want+"\n")
			}
		})
	}
}

// The default directory is the current one, and is opened once: moving it
// away changes nothing.
func TestDirectoryIsOpenedOnce(t *testing.T) {
	dir := tree(t, map[string]string{"a": "text"})
	cmd := command("-b", "127.0.0.1", "0")
	cmd.Dir = dir
	p := startedAs(t, cmd)
	if err := os.Rename(dir, dir+"-moved"); err != nil {
		t.Fatal(err)
	}
	defer os.Rename(dir+"-moved", dir)
	if got := p.ask("GET /a HTTP/1.0\r\n\r\n"); !strings.HasSuffix(got, "\r\n\r\ntext") {
		t.Errorf("got %q", got)
	}
}
