package server_test

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"vitrine/core/handler"
	"vitrine/core/server"
)

// A client that sends all of a large request before it reads gets the response
// that refuses it.
//
// departs: C-5 (RFC 9112 §9.6)
func TestRefusedUploadGetsItsResponse(t *testing.T) {
	upload := func(t *testing.T, c net.Conn, protocol string, size int) {
		t.Helper()
		io.WriteString(c, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: "+strconv.Itoa(size)+"\r\n\r\n")
		piece := make([]byte, 64<<10)
		for left := size; left > 0; left -= len(piece) {
			piece = piece[:min(left, len(piece))]
			if _, err := c.Write(piece); err != nil {
				t.Fatalf("%s, with %d of %d bytes to go: %v", protocol, left, size, err)
			}
		}
		got, err := io.ReadAll(c)
		if err != nil || !strings.HasPrefix(string(got), protocol+" 501 ") || !strings.HasSuffix(string(got), "</html>\n") {
			t.Fatalf("%s, %d bytes: got %q, %v, want a whole 501", protocol, size, got, err)
		}
	}
	for _, protocol := range []string{"HTTP/1.0", "HTTP/1.1"} {
		h, _ := files(t, nil)
		h.ProtocolVersion = protocol
		r := run(t, h, nil)
		s, pool := runTLS(t, nil, nil, nil)
		handler.BaseOf(s.Handler).ProtocolVersion = protocol
		for _, size := range []int{500_000, 2_000_000, 10_000_000} {
			upload(t, r.dial(), protocol, size)
			c, err := tls.Dial("tcp", s.addr, &tls.Config{RootCAs: pool})
			if err != nil {
				t.Fatal(err)
			}
			c.SetDeadline(time.Now().Add(timeout))
			upload(t, c, protocol, size)
			c.Close()
		}
	}
}

// lingered serves one connection that ends with a 400, and returns how long
// the server kept it when client had its response.
func lingered(t *testing.T, set func(*server.Server), client func(net.Conn)) time.Duration {
	t.Helper()
	s := server.NewThreadingHTTPServer("127.0.0.1:0", &handler.Base{})
	set(s)
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	over := make(chan time.Time, 1)
	go func() {
		s.HandleRequest()
		over <- time.Now()
	}()
	c, err := net.Dial("tcp", s.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(timeout))
	io.WriteString(c, "nonsense\r\n\r\n")
	if got, err := io.ReadAll(c); err != nil || !strings.Contains(string(got), "400") {
		t.Fatalf("got %q, %v, want 400", got, err)
	}
	begun := time.Now()
	done := make(chan bool)
	go func() { client(c); close(done) }()
	select {
	case end := <-over:
		c.Close()
		<-done
		return end.Sub(begun)
	case <-time.After(timeout):
		t.Fatal("the server lingers without end")
	}
	return 0
}

// trickle sends a byte now and then until the server has closed.
func trickle(c net.Conn) {
	for {
		if _, err := io.WriteString(c, "x"); err != nil {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestLingeringIsBounded(t *testing.T) {
	t.Run("silent client", func(t *testing.T) {
		d := lingered(t, func(s *server.Server) { s.LingerStallTimeout, s.LingerTimeout = short, 2*timeout }, func(net.Conn) {})
		if d < short/2 {
			t.Errorf("closed after %v, before the bound", d)
		}
	})
	t.Run("client that trickles", func(t *testing.T) {
		d := lingered(t, func(s *server.Server) { s.LingerStallTimeout, s.LingerTimeout = 2*timeout, 5*short }, trickle)
		if d < 4*short {
			t.Errorf("closed after %v, before the bound", d)
		}
	})
	t.Run("client that goes", func(t *testing.T) {
		lingered(t, func(s *server.Server) { s.LingerStallTimeout, s.LingerTimeout = 2*timeout, 2*timeout }, func(c net.Conn) { c.Close() })
	})
	t.Run("not at all", func(t *testing.T) {
		lingered(t, func(s *server.Server) { s.LingerStallTimeout, s.LingerTimeout = 2*timeout, -1 }, func(net.Conn) {})
	})
	t.Run("flood", func(t *testing.T) {
		const most = 1 << 30
		sent := 0
		lingered(t, func(s *server.Server) { s.LingerTimeout = 2 * timeout }, func(c net.Conn) {
			piece := make([]byte, 1<<20)
			for sent < most {
				n, err := c.Write(piece)
				if sent += n; err != nil {
					return
				}
			}
		})
		if sent >= most {
			t.Errorf("the server took %d bytes that it refused", sent)
		}
	})
}

// A connection that lingers makes room for another one.
func TestLingeringMakesRoom(t *testing.T) {
	h, _ := files(t, nil)
	r := run(t, h, func(s *server.Server) {
		s.LingerTimeout, s.LingerStallTimeout, s.MaxConnections = 2*timeout, 2*timeout, 1
	})
	for range 3 {
		c := r.dial()
		io.WriteString(c, "nonsense\r\n\r\n")
		go trickle(c)
	}
	if got := r.ask("GET / HTTP/1.0\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.0 200") {
		t.Errorf("got %q", got)
	}
}

// A server that serves one connection at a time serves the next one while it
// lingers.
func TestSerialServerLingersBeside(t *testing.T) {
	h, _ := files(t, nil)
	r := run(t, h, func(s *server.Server) { s.Serial, s.LingerTimeout, s.LingerStallTimeout = true, 2*timeout, 2*timeout })
	c := r.dial()
	io.WriteString(c, "nonsense\r\n\r\n")
	go trickle(c)
	if got := r.ask("GET / HTTP/1.0\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.0 200") {
		t.Errorf("got %q", got)
	}
}

// Connections that linger hold a graceful stop up for a second at most, those
// that begin to linger then, too.
func TestShutdownBesideLingering(t *testing.T) {
	begun, release := make(chan bool), make(chan bool)
	h := &handler.Base{Methods: map[string]handler.Method{"GET": func(x *handler.Exchange) error {
		begun <- true
		<-release
		return x.SendError(404, "", "")
	}}}
	s := server.NewThreadingHTTPServer("127.0.0.1:0", h)
	s.LingerTimeout, s.LingerStallTimeout, s.ShutdownTimeout = 2*timeout, 2*timeout, 2*timeout
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	over := make(chan error, 1)
	go func() { over <- s.ListenAndServe(ctx) }()
	r := &running{t: t, addr: s.Addr().String()}
	for range 20 {
		c := r.dial()
		io.WriteString(c, "nonsense\r\n\r\n")
		io.ReadAll(c)
		go trickle(c)
	}
	late := r.dial()
	io.WriteString(late, "GET / HTTP/1.0\r\nContent-Length: 1000000\r\n\r\n")
	<-begun
	go trickle(late)
	cancel()
	since := time.Now()
	close(release)
	if got, err := io.ReadAll(late); !strings.HasPrefix(string(got), "HTTP/1.0 404 ") || err != nil {
		t.Errorf("the last response: %q, %v", got, err)
	}
	select {
	case <-over:
		if d := time.Since(since); d > timeout/2 {
			t.Errorf("the stop took %v", d)
		}
	case <-time.After(timeout):
		t.Fatal("lingering connections hold the stop up")
	}
	if _, err := late.Read(make([]byte, 1)); os.IsTimeout(err) {
		t.Error("the connection is still there")
	}
}
