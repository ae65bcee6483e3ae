//go:build unix

package main

import (
	"bufio"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// spec: K-1 K-9
func TestProtocolOption(t *testing.T) {
	dir := tree(t, map[string]string{"a": "text"})
	const two = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\nGET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
	for version, responses := range map[string]int{"HTTP/1.0": 1, "HTTP/1.1": 2} {
		p := started(t, "-b", "127.0.0.1", "-d", dir, "-p", version, "0")
		if got := p.ask(two); strings.Count(got, version+" 200 OK\r\n") != responses {
			t.Errorf("%s: got %q, want %d responses", version, got, responses)
		}
	}
}

// In HTTP/1.1 the server is one of RFC 9112; in HTTP/1.0 it is http.server.
// spec: M-2 E-3
// departs: H-5
func TestStrictness(t *testing.T) {
	dir := tree(t, map[string]string{"a": "text"})
	old := started(t, "-b", "127.0.0.1", "-d", dir, "0")
	strict := started(t, "-b", "127.0.0.1", "-d", dir, "-p", "HTTP/1.1", "0")
	tests := []struct {
		name, request string
		old, strict   string
	}{
		{"no Host", "GET /a HTTP/1.1\r\n\r\n", "200 OK", "400 "},
		{"bare LF", "GET /a HTTP/1.1\nHost: localhost\nConnection: close\n\n", "200 OK", "400 "},
		{"HTTP/0.9 by number", "GET /a HTTP/0.5\r\n\r\n", "200 OK", "505 "},
		{"server asked", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "501 Unsupported method ('OPTIONS')", "204 No Content"},
		{"file asked", "OPTIONS /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "501 Unsupported method ('OPTIONS')", "501 Unsupported method ('OPTIONS')"},
		{"expectation", "GET /a HTTP/1.1\r\nHost: localhost\r\nExpect: miracles\r\nConnection: close\r\n\r\n", "200 OK", "417 "},
		{"absolute-form", "GET http://localhost/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "200 OK", "200 OK"},
	}
	for _, tc := range tests {
		if got := old.ask(tc.request); !strings.HasPrefix(got, "HTTP/1.0 "+tc.old) {
			t.Errorf("%s: %q, want %s", tc.name, got, tc.old)
		}
		got := strict.ask(tc.request)
		if !strings.HasPrefix(got, "HTTP/1.1 "+tc.strict) {
			t.Errorf("%s, strict: %q, want %s", tc.name, got, tc.strict)
		}
		if strings.HasPrefix(tc.strict, "204") && !strings.Contains(got, "\r\nAllow: GET, HEAD, OPTIONS\r\n") {
			t.Errorf("%s: %q has no Allow", tc.name, got)
		}
	}
}

// --header and --content-type are those of Python 3.15 (section 15).
func TestHeaderAndContentType(t *testing.T) {
	dir := tree(t, map[string]string{"a.unknown": "text"})
	p := started(t, "-b", "127.0.0.1", "-d", dir, "-H", "X-One", "1", "--header", "x-two", "2", "-H", "content-length", "99", "--content-type", "text/odd", "0")
	got := p.ask("GET /a.unknown HTTP/1.0\r\n\r\n")
	for _, want := range []string{"\r\nContent-type: text/odd\r\n", "\r\nX-One: 1\r\nx-two: 2\r\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q has no %q", got, want)
		}
	}
	if n := strings.Count(strings.ToLower(got), "content-length:"); n != 1 || strings.Contains(got, ": 99\r\n") {
		t.Errorf("%q has a second length", got)
	}
	if got := p.ask("GET / HTTP/1.0\r\n\r\n"); !strings.Contains(got, "\r\nX-One: 1\r\n") {
		t.Errorf("listing: %q", got)
	}
	for _, request := range []string{"GET /none HTTP/1.0\r\n\r\n", "GET /a.unknown HTTP/1.0\r\nIf-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n\r\n"} {
		if got := p.ask(request); strings.Contains(got, "X-One") {
			t.Errorf("%q: %q", request, got)
		}
	}
}

// spec: P-13
// departs: P-13
func TestLinks(t *testing.T) {
	outside := tree(t, map[string]string{"secret": "outside"})
	dir := tree(t, map[string]string{"a": "inside"})
	for link, to := range map[string]string{"in": "a", "out": outside + "/secret", "up": "../" + outside[strings.LastIndexByte(outside, '/')+1:] + "/secret", "dir": outside, "loop": "loop"} {
		if err := os.Symlink(to, dir+"/"+link); err != nil {
			t.Fatal(err)
		}
	}
	follow := started(t, "-b", "127.0.0.1", "-d", dir, "0")
	inside := started(t, "-b", "127.0.0.1", "-d", dir, "--links=inside", "0")
	for path, want := range map[string][2]string{
		"/a": {"200", "200"}, "/in": {"200", "200"}, "/out": {"200", "404"}, "/dir/secret": {"200", "404"},
		"/dir/": {"200", "404"}, "/dir": {"301", "404"}, "/loop": {"404", "404"}, "/": {"200", "200"},
	} {
		for i, p := range []*process{follow, inside} {
			if got := p.ask("GET " + path + " HTTP/1.0\r\n\r\n"); got[9:12] != want[i] {
				t.Errorf("%s, policy %d: %s, want %s", path, i, got[9:12], want[i])
			}
		}
	}
}

func TestLimitOptions(t *testing.T) {
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, map[string]string{"a": "text"}), "-p", "HTTP/1.1",
		"--max-start-line", "50", "--max-field-line", "60", "--max-fields", "3", "--max-requests", "2", "0")
	for request, want := range map[string]string{
		"GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n":                                     "200",
		"GET /" + strings.Repeat("x", 50) + " HTTP/1.1\r\nHost: localhost\r\n\r\n":                            "414",
		"GET /a HTTP/1.1\r\nHost: localhost\r\nA: " + strings.Repeat("x", 60) + "\r\n\r\n":                    "431",
		"GET /a HTTP/1.1\r\nHost: localhost\r\na: 1\r\nb: 2\r\nc: 3\r\nd: 4\r\n\r\n":                          "431",
		"GET /a HTTP/1.1\r\nHost: localhost\r\n\r\nGET /a HTTP/1.1\r\nHost: localhost\r\n\r\nGET /a HTTP/1.1": "200",
	} {
		got := p.ask(request)
		if got[9:12] != want {
			t.Errorf("%q: %q, want %s", request, got, want)
		}
		if n := strings.Count(got, "HTTP/1.1 "); n > 2 {
			t.Errorf("%q: %d responses on one connection", request, n)
		}
	}
	if code, _, _ := finished(t, "--idle-timeout"); code != 2 {
		t.Errorf("--idle-timeout without a value: exit %d", code)
	}
}

func TestIdleTimeoutOption(t *testing.T) {
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, nil), "--idle-timeout", "50ms", "0")
	if got := p.ask(""); got != "" {
		t.Errorf("got %q", got)
	}
}

// A process that may open no more files waits, says so once, and goes on.
func TestNoDescriptorsLeft(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no sh to lower the limit with")
	}
	dir := tree(t, map[string]string{"a": "text"})
	cmd := exec.Command("sh", "-c", `ulimit -n 40 && exec "$0" "$@"`, os.Args[0], "-b", "127.0.0.1", "-d", dir, "--max-connections", "1000", "0")
	cmd.Env = append(os.Environ(), mainEnv+"=1")
	p := startedAs(t, cmd)
	var open []net.Conn
	for range 60 {
		open = append(open, p.dial())
	}
	eventually(t, "a line about it", func() bool {
		return strings.Contains(p.stderr.String(), "] cannot accept connections: ") && strings.Contains(p.stderr.String(), "too many open files")
	})
	for _, c := range open {
		c.Close()
	}
	// Until the server has let go of the connections there is no descriptor
	// for the file either.
	eventually(t, "the file, afterwards", func() bool {
		return strings.HasSuffix(p.ask("GET /a HTTP/1.0\r\n\r\n"), "\r\n\r\ntext")
	})
	if n := strings.Count(p.stderr.String(), "cannot accept"); n != 1 {
		t.Errorf("it was said %d times", n)
	}
}

// Without --max-connections the limit of descriptors is never reached: what
// does not fit waits, and every request gets its file. All clients
// have one address here, which may have all connections. One that does not get
// its request out in time makes room for another, and asks again, as clients
// do (RFC 9110 §9.2.2).
func TestConnectionsFitTheDescriptors(t *testing.T) {
	dir := tree(t, map[string]string{"a": strings.Repeat("x", 100_000)})
	cmd := exec.Command("sh", "-c", `ulimit -n 128 && exec "$0" "$@"`, os.Args[0], "-b", "127.0.0.1", "-d", dir, "-p", "HTTP/1.1", "--max-connections-per-address", "1000", "0")
	cmd.Env = append(os.Environ(), mainEnv+"=1")
	p := startedAs(t, cmd)
	results := make(chan string, 200)
	ask := func() string {
		c, err := net.Dial("tcp", p.addr)
		if err != nil {
			return err.Error()
		}
		defer c.Close()
		io.WriteString(c, "GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
		line, _ := bufio.NewReader(c).ReadString('\n')
		return line
	}
	for range cap(results) {
		go func() {
			got := ask()
			for tries := 1; got == "" && tries < 5; tries++ {
				got = ask()
			}
			results <- got
		}()
	}
	for range cap(results) {
		if got := <-results; got != "HTTP/1.1 200 OK\r\n" {
			t.Errorf("got %q", got)
		}
	}
	if strings.Contains(p.stderr.String(), "cannot accept") {
		t.Error("it ran out of descriptors")
	}
}
