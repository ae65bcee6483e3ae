//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"vitrine/core/handler"
	"vitrine/core/server"
)

const bigSize = 48 << 20

// unseen is longer than a silent connection is the system's own, in which time
// the server knows nothing of it (server, listener.deferAccept).
const unseen = 1500 * time.Millisecond

// download begins one and returns its connection behind the head.
func download(t *testing.T, p *process) net.Conn {
	t.Helper()
	c := p.dial()
	io.WriteString(c, "GET /big HTTP/1.0\r\n\r\n")
	var head []byte
	b := make([]byte, 1)
	for !bytes.HasSuffix(head, []byte("\r\n\r\n")) {
		if _, err := c.Read(b); err != nil {
			t.Fatal(err)
		}
		head = append(head, b[0])
	}
	return c
}

// spec: B-4
func TestInterrupt(t *testing.T) {
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, nil), "0")
	p.dial() // never used
	time.Sleep(unseen)
	p.dial() // never seen
	p.signal(syscall.SIGINT)
	if code := p.wait(); code != 0 {
		t.Errorf("exit %d, want 0", code)
	}
	if want := p.first + "\nKeyboard interrupt received, exiting.\n"; p.stdout.String() != want {
		t.Errorf("stdout is %q, want %q", p.stdout, want)
	}
	if p.stderr.String() != "" {
		t.Errorf("stderr is %q", p.stderr)
	}
}

// departs: B-4
func TestTerminateFinishesDownloads(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		p := started(t, "-b", "127.0.0.1", "-d", tree(t, map[string]string{"big": strings.Repeat("x", bigSize)}), "--grace", "10m", "0")
		idle := p.dial()
		time.Sleep(unseen)
		c := download(t, p)
		p.signal(s)
		if _, err := idle.Read(make([]byte, 1)); err != io.EOF {
			t.Errorf("%v: a connection never used: %v, want EOF", s, err)
		}
		eventually(t, "no new connections", func() bool {
			c, err := net.Dial("tcp", p.addr)
			if err == nil {
				c.Close()
			}
			return isErrno(err, syscall.ECONNREFUSED)
		})
		n, err := io.Copy(io.Discard, c)
		if n != bigSize || err != nil {
			t.Errorf("%v: the download in flight had %d bytes, %v; want all %d", s, n, err, bigSize)
		}
		if code := p.wait(); code != 0 {
			t.Errorf("%v: exit %d, want 0", s, code)
		}
		if said := strings.Contains(p.stdout.String(), "Keyboard interrupt"); said != (s == syscall.SIGINT) {
			t.Errorf("%v: stdout is %q", s, p.stdout)
		}
	}
}

func TestGraceEnds(t *testing.T) {
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, map[string]string{"big": strings.Repeat("x", bigSize)}), "--grace", "50ms", "0")
	c := download(t, p)
	p.signal(syscall.SIGTERM)
	if code := p.wait(); code != 0 { // while nothing is read
		t.Errorf("exit %d, want 0", code)
	}
	if want := "serve: responses that were not finished within --grace were cut\n"; !strings.HasSuffix(p.stderr.String(), want) {
		t.Errorf("stderr is %q, want %q at its end", p.stderr, want)
	}
	if n, _ := io.Copy(io.Discard, c); n >= bigSize {
		t.Error("nothing was cut")
	}
}

func TestSecondSignalEndsAtOnce(t *testing.T) {
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, map[string]string{"big": strings.Repeat("x", bigSize)}), "--grace", "10m", "0")
	download(t, p)
	p.signal(syscall.SIGINT)
	eventually(t, "the first signal", func() bool { return strings.Contains(p.stdout.String(), "Keyboard interrupt") })
	p.signal(syscall.SIGINT)
	if code := p.wait(); code != 0 {
		t.Errorf("exit %d, want 0", code)
	}
}

// A socket that cannot be served any more is not a stop that was asked for.
func TestLostSocketIsAFailure(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	srv := &folderServer{server.NewThreadingHTTPServer("", new(handler.Base)), l}
	defer srv.Close()
	var stderr bytes.Buffer
	if code := (&service{folder: []*folderServer{srv}}).serve(t.Context(), &stderr); code != 1 || !strings.Contains(stderr.String(), "use of closed network connection\n") {
		t.Errorf("exit %d and %q, want 1 and the reason", code, stderr.String())
	}
}

// What a server ended with, as an exit code and a line.
func TestServeProblem(t *testing.T) {
	for _, tc := range []struct {
		err     error
		failure bool
		text    string
	}{
		{nil, false, ""},
		{errors.Join(context.DeadlineExceeded), false, "responses that were not finished within --grace were cut"},
		{errors.Join(context.DeadlineExceeded, server.ErrMethodsRunning), true, "error: server: methods still run after their connections were closed"},
		{net.ErrClosed, true, "error: use of closed network connection"},
	} {
		if text, failure := serveProblem(tc.err); failure != tc.failure || !strings.HasPrefix(text, tc.text) || (text == "") != (tc.text == "") {
			t.Errorf("%v: got %q, %v", tc.err, text, failure)
		}
	}
}
