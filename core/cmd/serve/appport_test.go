//go:build unix

package main

import (
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// takenOnIPv6 returns a free port p with p+1 in use on ::1 by another program.
func takenOnIPv6(t *testing.T) (p int) {
	t.Helper()
	for range 50 {
		four, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		p = four.Addr().(*net.TCPAddr).Port
		four.Close()
		six, err := net.Listen("tcp6", "[::1]:"+strconv.Itoa(p+1))
		if err == nil {
			t.Cleanup(func() { six.Close() })
			return p
		}
		if !isInUse(err) && p < 65535 {
			t.Skip("no IPv6 on this computer:", err)
		}
	}
	t.Skip("no two ports in a row")
	return 0
}

// A program that has the port on ::1 would be the tool to browsers that try
// that address first.
func TestAppPortTakenOnIPv6(t *testing.T) {
	dir := dist(t)
	// The system may lend the port on 127.0.0.1 to another program meanwhile.
	var p, code int
	var taken, stdout, stderr string
	for range 5 {
		p = takenOnIPv6(t)
		taken = strconv.Itoa(p + 1)
		code, stdout, stderr = finished(t, "-b", "127.0.0.1", "-d", dir, "--app="+dir, "--app-port", taken, "0")
		if !strings.Contains(stderr, "on 127.0.0.1") {
			break
		}
	}
	want := "serve: error: port " + taken + " on ::1 is in use already: choose another, or let the system find a free one with port 0\n"
	if code != 1 || stdout != "" || stderr != want {
		t.Errorf("chosen: exit %d, stdout %q, stderr %q, want %q", code, stdout, stderr, want)
	}

	s := started(t, "-b", "127.0.0.1", "-d", dir, "--app="+dir, strconv.Itoa(p))
	eventually(t, "the second line", func() bool { return strings.Count(s.stdout.String(), "\n") == 2 })
	_, port, _ := strings.Cut(s.stdout.String(), "vitrine.localhost:")
	port = strings.TrimSuffix(port, "/\n")
	if port == taken {
		t.Fatalf("not chosen: the tool is on port %s", port)
	}
	for _, host := range []string{"127.0.0.1", "::1"} {
		if res, _ := fetch(t, net.JoinHostPort(host, port), "GET", "vitrine.localhost", "/"); res.StatusCode != http.StatusOK {
			t.Errorf("on %s: %d", host, res.StatusCode)
		}
	}
}
