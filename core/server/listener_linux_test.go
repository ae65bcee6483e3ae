package server_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"vitrine/core/server"
)

// The system keeps a connection without a byte to itself for a second; the
// bounds begin when it gives it away. A server that serves one connection at a
// time has it at once.
func TestSilentConnection(t *testing.T) {
	h, _ := files(t, map[string]string{"a": "text"})
	for _, serial := range []bool{false, true} {
		r := run(t, h, func(s *server.Server) { s.Serial, s.IdleTimeout = serial, short })
		begun := time.Now()
		c := r.dial()
		if got, err := io.ReadAll(c); len(got) != 0 || err != nil {
			t.Fatalf("serial %v: got %q, %v", serial, got, err)
		}
		if d := time.Since(begun); d < short || serial != (d < time.Second/2) {
			t.Errorf("serial %v: it was closed after %v", serial, d)
		}
	}
}

// A client that is slow to speak is served, whoever has its connection by then.
func TestClientThatSpeaksLate(t *testing.T) {
	h, _ := files(t, map[string]string{"a": "text"})
	r := run(t, h, withLongTimeouts)
	for _, wait := range []time.Duration{0, 300 * time.Millisecond, 900 * time.Millisecond, unseen} {
		t.Run(wait.String(), func(t *testing.T) {
			t.Parallel()
			c := r.dial()
			time.Sleep(wait)
			io.WriteString(c, "GET /a HTTP/1.0\r\n\r\n")
			if got, err := io.ReadAll(c); !strings.HasSuffix(string(got), "\r\n\r\ntext") || err != nil {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}
