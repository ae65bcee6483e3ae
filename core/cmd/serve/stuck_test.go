//go:build unix

package main

import (
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A standard output that is not read any more must not keep a stop waiting.
func TestInterruptWithStuckOutput(t *testing.T) {
	stuck, w := io.Pipe()
	defer stuck.Close()
	signals := make(chan os.Signal, 2)
	signals <- os.Interrupt
	select {
	case <-untilSignal(signals, w, func() {}).Done():
	case <-time.After(timeout):
		t.Fatal("the signal is not heard")
	}
}

func TestHangUp(t *testing.T) {
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, nil), "0")
	p.signal(syscall.SIGHUP)
	if code := p.wait(); code != 0 {
		t.Errorf("exit %d, want 0", code)
	}
	if strings.Contains(p.stdout.String(), "Keyboard") {
		t.Errorf("stdout is %q", p.stdout)
	}
}

// A bound so long that a deadline cannot hold it means no bound.
func TestEndlessTimeOuts(t *testing.T) {
	const long = "9223372036s"
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, map[string]string{"a": "text"}), "-p", "HTTP/1.1",
		"--idle-timeout", long, "--head-timeout", long, "--body-timeout", long, "--drain-timeout", long, "--write-timeout", long, "0")
	c := p.dial()
	for _, piece := range []string{"GET /a HT", "TP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 4\r\n\r\nab", "cd"} {
		io.WriteString(c, piece)
		time.Sleep(10 * time.Millisecond)
	}
	if b, err := io.ReadAll(c); err != nil || !strings.HasPrefix(string(b), "HTTP/1.1 200 OK\r\n") || !strings.HasSuffix(string(b), "text") {
		t.Errorf("got %q, %v", b, err)
	}
}
