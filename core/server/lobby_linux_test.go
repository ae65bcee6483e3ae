package server_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	"vitrine/core/server"
	"vitrine/core/trace"
)

// parked is after how long a connection that waits is surely without a
// goroutine.
const parked = 1500 * time.Millisecond

// connGoroutines is how many goroutines serve a connection.
func connGoroutines() int {
	b := make([]byte, 1<<20)
	return strings.Count(string(b[:runtime.Stack(b, true)]), "server.(*Server).serve(")
}

// A connection that waits for long has no goroutine, and all else that it had
// with one: its place in the order of responses, its bounds, its account, and
// its end, whoever makes it.
func TestParkedConnections(t *testing.T) {
	ask := func(c net.Conn, b *bufio.Reader) {
		io.WriteString(c, getA)
		if head, content := one(t, b); !strings.HasPrefix(head, "HTTP/1.1 200 ") || content != "text" {
			t.Errorf("got %q, %q", head, content)
		}
	}
	var since time.Time // that it waits
	for _, tc := range []struct {
		name string
		set  func(*server.Server)
		do   func(r *running, c net.Conn, b *bufio.Reader)
		want string // who, why
	}{
		{"client closes", nil, func(_ *running, c net.Conn, _ *bufio.Reader) { c.Close() }, "client end"},
		{"client closes its sending half", nil, func(_ *running, c net.Conn, b *bufio.Reader) {
			c.(*net.TCPConn).CloseWrite()
			io.ReadAll(b)
		}, "client end"},
		{"client breaks off", nil, func(_ *running, c net.Conn, _ *bufio.Reader) { c.(*net.TCPConn).SetLinger(0); c.Close() }, "client reset"},
		{"another request, parked again", nil, func(_ *running, c net.Conn, b *bufio.Reader) {
			ask(c, b)
			time.Sleep(parked)
			ask(c, b)
			ask(c, b)
			c.Close()
		}, "client end"},
		{"a head in pieces", nil, func(_ *running, c net.Conn, b *bufio.Reader) {
			io.WriteString(c, getA[:5])
			time.Sleep(parked)
			io.WriteString(c, getA[5:])
			one(t, b)
			c.Close()
		}, "client end"},
		{"half a head", func(s *server.Server) { s.ReadHeaderTimeout = short }, func(_ *running, c net.Conn, b *bufio.Reader) {
			io.WriteString(c, "GET /a")
			io.ReadAll(b)
		}, "server head"},
		{"the last of three requests", func(s *server.Server) { s.MaxRequests = 3 }, func(_ *running, c net.Conn, b *bufio.Reader) {
			ask(c, b)
			time.Sleep(parked)
			io.WriteString(c, getA)
			if head, _ := one(t, b); !strings.Contains(head, "\r\nConnection: close\r\n") {
				t.Errorf("the third response has the head %q", head)
			}
			io.ReadAll(b)
		}, "server requests"},
		{"idle", func(s *server.Server) { s.IdleTimeout = 2 * time.Second }, func(r *running, c net.Conn, b *bufio.Reader) {
			io.ReadAll(b)
			if d := time.Since(since); d < 2*time.Second {
				t.Errorf("closed after %v, before the bound", d)
			}
		}, "server idle"},
		{"shutdown", nil, func(r *running, _ net.Conn, _ *bufio.Reader) { r.Shutdown(context.Background()) }, "server stopping"},
		{"close", nil, func(r *running, _ net.Conn, _ *bufio.Reader) { r.Close() }, "server stopping"},
		{"another needs its place", func(s *server.Server) { s.MaxConnections, s.MaxConnectionsPerAddress = 1, -1 }, func(r *running, c net.Conn, b *bufio.Reader) {
			r.dial()
			io.ReadAll(b)
		}, "server room"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			log := new(trace.Log)
			h, _ := files(t, map[string]string{"a": "text"})
			h.ProtocolVersion = "HTTP/1.1"
			r := run(t, h, func(s *server.Server) {
				s.Log, s.LingerTimeout = log, -1
				if tc.set != nil {
					tc.set(s)
				}
			})
			before := takeCensus(t)
			c := r.dial()
			b := bufio.NewReader(c)
			since = time.Now()
			ask(c, b)
			eventually(t, "a goroutine less", func() bool { return connGoroutines() == 0 })
			time.Sleep(parked - time.Second)
			tc.do(r, c, b)
			a := accounts(t, log, 1)[0]
			if tc.name != "another needs its place" {
				a.check(t, 1)
			}
			if got := a.who + " " + a.why; got != tc.want {
				t.Errorf("got %s, want %s in\n%s", got, tc.want, a.texts)
			}
			c.Close()
			if tc.name == "client closes" {
				before.back(t)
			}
		})
	}
}

// Many connections in the lobby, each of which goes on at another moment.
func TestManyParkedConnections(t *testing.T) {
	h, _ := files(t, map[string]string{"a": "text"})
	h.ProtocolVersion = "HTTP/1.1"
	h.ErrorLog = io.Discard
	r := run(t, h, nil)
	before := takeCensus(t)
	const n = 300
	conns := make([]net.Conn, n)
	for i := range conns {
		conns[i] = r.dial()
	}
	eventually(t, "no goroutines", func() bool { return connGoroutines() == 0 })
	for round := range 2 {
		for i, c := range conns {
			fmt.Fprintf(c, "GET /a?%d HTTP/1.1\r\nHost: x\r\n\r\n", i)
			if i%3 == round {
				one(t, bufio.NewReader(c))
			}
		}
		for i, c := range conns {
			if i%3 != round {
				one(t, bufio.NewReader(c))
			}
		}
		eventually(t, "no goroutines", func() bool { return connGoroutines() == 0 })
	}
	for _, c := range conns {
		c.Close()
	}
	before.back(t)
}

// HandleRequest returns when its connection is over, however long that waits.
func TestHandleRequestStays(t *testing.T) {
	h, _ := files(t, map[string]string{"a": "text"})
	h.ProtocolVersion = "HTTP/1.1"
	h.ErrorLog = io.Discard
	s := server.NewThreadingHTTPServer("127.0.0.1:0", h)
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	over := make(chan error, 1)
	go func() { over <- s.HandleRequest() }()
	c, err := net.Dial("tcp", s.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	b := bufio.NewReader(c)
	for range 2 {
		io.WriteString(c, getA)
		one(t, b)
		time.Sleep(parked)
		select {
		case err := <-over:
			t.Fatalf("it returned, with %v, while the connection waits", err)
		default:
		}
	}
	c.Close()
	if err := <-over; err != nil {
		t.Error(err)
	}
}
