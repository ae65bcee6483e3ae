package server_test

import (
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"vitrine/core/handler"
	"vitrine/core/server"
)

// short is a bound that a test waits out.
const short = 60 * time.Millisecond

// closedAfter reads until the server closes, and fails if that was before the
// bound was over.
func closedAfter(t *testing.T, c net.Conn, since time.Time, bound time.Duration) string {
	t.Helper()
	b, err := io.ReadAll(c)
	if err != nil {
		t.Fatalf("the server did not close: %v", err)
	}
	if d := time.Since(since); d < bound {
		t.Errorf("closed after %v, before the bound of %v", d, bound)
	}
	return string(b)
}

const timedOut = "] Request timed out: TimeoutError('timed out')\n"

// spec: C-3
func TestSlowHead(t *testing.T) {
	h, _ := files(t, nil)
	r := run(t, h, func(s *server.Server) { s.ReadHeaderTimeout = short })
	c := r.dial()
	io.WriteString(c, "G")
	begun := time.Now()
	// A byte now and then does not help: the bound is for the whole head.
	go func() {
		for range 1000 {
			if _, err := io.WriteString(c, "E"); err != nil {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
	}()
	b := make([]byte, 1)
	if n, err := c.Read(b); n > 0 {
		t.Errorf("the server sent %q, want silence", b)
	} else if os.IsTimeout(err) {
		t.Fatal("the server did not close")
	}
	if d := time.Since(begun); d < short/2 {
		t.Errorf("closed after %v, before the bound", d)
	}
	eventually(t, "the line about the time-out", func() bool {
		return strings.HasSuffix(r.log.String(), timedOut)
	})
}

// departs: C-3
func TestIdleConnectionIsClosedSilently(t *testing.T) {
	h, _ := files(t, map[string]string{"a": "text"})
	h.ProtocolVersion = "HTTP/1.1"
	r := run(t, h, func(s *server.Server) { s.IdleTimeout = short })
	begun := time.Now()
	never := r.dial()
	once := r.dial()
	io.WriteString(once, "GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
	if got := closedAfter(t, never, begun, short); got != "" {
		t.Errorf("a silent client got %q", got)
	}
	if got := closedAfter(t, once, begun, short); strings.Count(got, "HTTP/1.1") != 1 {
		t.Errorf("got %q, want one response", got)
	}
	if strings.Contains(r.log.String(), "timed out") {
		t.Errorf("the log speaks of idle connections: %q", r.log)
	}
}

// spec: C-3
func TestStalledContent(t *testing.T) {
	got := make(chan error, 1)
	h := &handler.Base{Methods: map[string]handler.Method{"POST": func(x *handler.Exchange) error {
		_, err := io.ReadAll(x.Content)
		got <- err
		x.SendResponse(400, "")
		return x.EndHeaders()
	}}}
	r := run(t, h, func(s *server.Server) { s.ContentStallTimeout = short })
	c := r.dial()
	begun := time.Now()
	io.WriteString(c, "POST / HTTP/1.0\r\nContent-Length: 10\r\n\r\nhalf")
	closedAfter(t, c, begun, short)
	if err := <-got; !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the method's read: %v, want a time-out", err)
	}
	if !strings.Contains(r.log.String(), timedOut) {
		t.Errorf("the log has %q", r.log)
	}
}

func TestDrainIsBounded(t *testing.T) {
	h, _ := files(t, map[string]string{"a": "text"})
	h.ProtocolVersion = "HTTP/1.1"
	r := run(t, h, func(s *server.Server) { s.DrainTimeout, s.LingerTimeout = short, short })
	c := r.dial()
	begun := time.Now()
	io.WriteString(c, "GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nsome")
	if got := closedAfter(t, c, begun, short); !strings.HasSuffix(got, "text") {
		t.Errorf("got %q, want the response", got)
	}
}

// A client that takes nothing is given up; one that takes a little now and
// then is not.
// spec: C-3
func TestStalledResponse(t *testing.T) {
	const size = 32 << 20
	for _, kind := range []string{"file", "memory"} {
		t.Run(kind, func(t *testing.T) {
			h, _ := files(t, map[string]string{"big": strings.Repeat("x", size)})
			if kind == "memory" {
				text := handler.Bytes(strings.Repeat("x", size))
				h.Methods["GET"] = func(x *handler.Exchange) error {
					x.SendResponse(200, "")
					x.EndHeaders()
					return x.SendContent(text)
				}
			}
			done := make(chan bool, 2)
			h.Done = func(*handler.Exchange) { done <- true }
			r := run(t, h, func(s *server.Server) { s.WriteStallTimeout, s.LingerTimeout = short, short })
			stalled := r.dial()
			io.WriteString(stalled, "GET /big HTTP/1.0\r\n\r\n")
			select {
			case <-done:
			case <-time.After(timeout):
				t.Fatal("a client that takes nothing is waited for")
			}
			eventually(t, "the line about the time-out", func() bool { return strings.HasSuffix(r.log.String(), timedOut) })
		})
	}
}

// A full socket counts as writable only when a third of it is free. A client
// that takes longer than WriteStallTimeout for that much is slow, not stalled.
func TestSlowReaderGetsEverything(t *testing.T) {
	t.Parallel()
	const size = 24 << 20
	const stall = 2 * time.Second
	h, _ := files(t, map[string]string{"big": strings.Repeat("x", size)})
	r := run(t, h, func(s *server.Server) { s.WriteStallTimeout = stall })
	c := r.dial()
	c.(*net.TCPConn).SetReadBuffer(16 << 10)
	io.WriteString(c, "GET /big HTTP/1.0\r\n\r\n")
	b := make([]byte, 8<<10)
	total := 0
	for begun := time.Now(); time.Since(begun) < 2*stall+stall/2; time.Sleep(stall / 20) {
		n, err := c.Read(b)
		if total += n; err != nil {
			t.Fatalf("after %d bytes: %v", total, err)
		}
	}
	n, err := io.Copy(io.Discard, c)
	if got := total + int(n); err != nil || got < size {
		t.Errorf("got %d bytes, %v; want all %d", got, err, size)
	}
}
