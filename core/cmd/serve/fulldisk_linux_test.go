package main

import (
	"strings"
	"testing"
)

// A log that cannot be written is told of, once.
func TestFullLog(t *testing.T) {
	for _, option := range []string{"--log-file", "--trace"} {
		p := started(t, "-b", "127.0.0.1", "-d", tree(t, nil), option, "/dev/full", "0")
		for range 3 {
			p.ask("GET / HTTP/1.0\r\n\r\n")
			eventually(t, "the fault to be told", func() bool { return strings.Contains(p.stderr.String(), "no space left") })
		}
		p.signal(15)
		p.wait()
		if n := strings.Count(p.stderr.String(), "/dev/full: no space left on device; lines are lost\n"); n != 1 {
			t.Errorf("%s: told %d times, want once: %q", option, n, p.stderr)
		}
	}
}
