package server_test

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/core/handler"
	"vitrine/core/server"
)

// long is a bound that no test waits out.
const long = 2 * timeout

// withLongTimeouts takes away the bounds that would end a waiting connection.
func withLongTimeouts(s *server.Server) {
	s.IdleTimeout, s.ReadHeaderTimeout, s.ContentStallTimeout, s.WriteStallTimeout, s.TLSHandshakeTimeout = long, long, long, long, long
	s.LingerTimeout, s.LingerStallTimeout = long, long
}

// dialFrom opens a connection from an address of this computer.
func (r *running) dialFrom(ip string) net.Conn {
	r.t.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(ip)}}
	c, err := d.Dial("tcp", r.addr)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(timeout))
	return c
}

// gone waits until the server has closed c.
func gone(t *testing.T, what string, c net.Conn) {
	t.Helper()
	if _, err := io.Copy(io.Discard, c); os.IsTimeout(err) {
		t.Errorf("%s: not closed", what)
	}
}

// there fails if the server has closed c.
func there(t *testing.T, what string, c net.Conn) {
	t.Helper()
	c.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
	if _, err := c.Read(make([]byte, 1)); !os.IsTimeout(err) {
		t.Errorf("%s: closed, %v", what, err)
	}
	c.SetReadDeadline(time.Now().Add(timeout))
}

// Connections that wait for a request make room for those that have one: 1,100
// of them, half silent and half with a part of a head, keep no client waiting,
// wherever they come from.
//
// departs: C-9
func TestWaitingConnectionsMakeRoom(t *testing.T) {
	silent, good := 1100, 200
	for _, tc := range []struct {
		name string
		from string
		set  func(*server.Server)
	}{
		{"of one address", "127.0.0.1", func(*server.Server) {}},
		{"of another address", "127.0.0.2", func(*server.Server) {}},
		{"without a bound for an address", "127.0.0.2", func(s *server.Server) { s.MaxConnectionsPerAddress = -1 }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h, _ := files(t, map[string]string{"a": "text"})
			r := run(t, h, func(s *server.Server) { withLongTimeouts(s); tc.set(s) })
			for i := range silent {
				if c := r.dialFrom(tc.from); i%2 == 1 {
					io.WriteString(c, "GET /a HT")
				}
			}
			for range good {
				if got := r.ask("GET /a HTTP/1.0\r\n\r\n"); !strings.HasSuffix(got, "\r\n\r\ntext") {
					t.Fatalf("beside %d silent clients: %q", silent, got)
				}
			}
		})
	}
}

// The one that has waited longest goes first, whatever it waits for.
func TestLongestWaitMakesRoom(t *testing.T) {
	h, _ := files(t, map[string]string{"a": "text"})
	h.ProtocolVersion = "HTTP/1.1"
	r := run(t, h, func(s *server.Server) { withLongTimeouts(s); s.MaxConnections, s.MaxConnectionsPerAddress = 5, -1 })
	const ask = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
	// turn gives the server time to see what was sent, and to wait again.
	turn := func() { time.Sleep(50 * time.Millisecond) }

	idle := r.dial()
	io.WriteString(idle, ask)
	one(t, bufio.NewReader(idle))
	silent := r.dial()
	time.Sleep(unseen)
	half := r.dial()
	io.WriteString(half, "GET /a HT")
	turn()
	refused := r.dial()
	io.WriteString(refused, "nonsense\r\n\r\n")
	if got, err := io.ReadAll(refused); err != nil || !strings.HasPrefix(string(got), "HTTP/1.1 400 ") {
		t.Fatalf("got %q, %v", got, err)
	}
	turn()
	// The first has another request, so now it has waited least.
	io.WriteString(idle, ask)
	one(t, bufio.NewReader(idle))
	turn()
	last := r.dial()
	time.Sleep(unseen)

	r.dial()
	gone(t, "the silent one", silent)
	r.dial()
	gone(t, "the one with half a head", half)
	r.dial()
	// Its half of the connection is closed already: the end of the other half
	// is a reset.
	eventually(t, "the one that lingers is closed", func() bool {
		_, err := io.WriteString(refused, "x")
		return err != nil
	})
	there(t, "the idle one", idle)
	r.dial()
	gone(t, "the idle one", idle)
	there(t, "the last one", last)
}

// A client in a TLS handshake waits for a request, too.
func TestHandshakesMakeRoom(t *testing.T) {
	r, pool := runTLS(t, map[string]string{"a": "text"}, nil, func(s *server.Server) { withLongTimeouts(s); s.MaxConnections = 10 })
	for i := range 20 {
		if c := r.dial(); i%2 == 1 {
			c.Write([]byte{22, 3, 1}) // the beginning of a hello
		}
	}
	for range 20 {
		c, err := tls.Dial("tcp", r.addr, &tls.Config{RootCAs: pool})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(c, "GET /a HTTP/1.0\r\n\r\n")
		if b, err := io.ReadAll(c); err != nil || !strings.HasSuffix(string(b), "text") {
			t.Errorf("got %q, %v", b, err)
		}
		c.Close()
	}
}

// Clients that ask one request behind the other do not notice that others come
// and wait.
func TestActiveClientsKeepTheirConnections(t *testing.T) {
	h, _ := files(t, map[string]string{"a": "text"})
	h.ProtocolVersion = "HTTP/1.1"
	h.ErrorLog = io.Discard
	r := run(t, h, func(s *server.Server) { withLongTimeouts(s); s.MaxConnections, s.MaxConnectionsPerAddress = 64, -1 })
	stop := make(chan bool)
	var active sync.WaitGroup
	for range 4 {
		c := r.dial()
		active.Go(func() {
			in := bufio.NewReader(c)
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				io.WriteString(c, "GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
				if line, err := in.ReadString('\n'); err != nil || line != "HTTP/1.1 200 OK\r\n" {
					t.Errorf("request %d of an active client got %q, %v", n, line, err)
					return
				}
				for line := ""; line != "\r\n"; {
					line, _ = in.ReadString('\n')
				}
				io.ReadFull(in, make([]byte, len("text")))
			}
		})
	}
	for range 200 {
		r.dial()
		time.Sleep(5 * time.Millisecond)
	}
	close(stop)
	active.Wait()
}

// slowMethods respond to POST when all content is here, and GET with more than
// the buffers of a connection take.
func slowMethods() *handler.Base {
	large := handler.Bytes(make([]byte, 64<<20))
	return &handler.Base{ErrorLog: io.Discard, Methods: map[string]handler.Method{
		"POST": func(x *handler.Exchange) error {
			if _, err := io.ReadAll(x.Content); err != nil {
				return err
			}
			x.SendResponse(204, "")
			return x.EndHeaders()
		},
		"GET": func(x *handler.Exchange) error {
			x.SendResponse(200, "")
			if err := x.EndHeaders(); err != nil {
				return err
			}
			return x.SendContent(large)
		},
		"HEAD": func(x *handler.Exchange) error {
			x.SendResponse(200, "")
			return x.EndHeaders()
		},
	}}
}

// One address cannot hold every connection, however busy it keeps its own:
// others are served, and it hears at once that it has too many.
//
// departs: C-9
func TestBoundOfAnAddress(t *testing.T) {
	const most, bound = 128, 126
	r := run(t, slowMethods(), func(s *server.Server) { withLongTimeouts(s); s.MaxConnections = most })
	var slow []net.Conn
	for i := range bound {
		c := r.dialFrom("127.0.0.2")
		if i%2 == 0 {
			io.WriteString(c, "POST / HTTP/1.0\r\nContent-Length: 10\r\n\r\nslow")
		} else {
			io.WriteString(c, "GET / HTTP/1.0\r\n\r\n")
			io.ReadFull(c, make([]byte, 100))
		}
		slow = append(slow, c)
	}
	time.Sleep(50 * time.Millisecond) // the last request is there
	for range 50 {
		c := r.dialFrom("127.0.0.1")
		io.WriteString(c, "HEAD / HTTP/1.0\r\n\r\n")
		if got, err := io.ReadAll(c); err != nil || !strings.HasPrefix(string(got), "HTTP/1.0 200 ") {
			t.Fatalf("another address: got %q, %v", got, err)
		}
		c.Close()
	}
	for range 100 { // more than are read on at once
		c := r.dialFrom("127.0.0.2")
		io.WriteString(c, "HEAD / HTTP/1.0\r\n\r\n")
		got, err := io.ReadAll(c)
		if err != nil || !strings.HasPrefix(string(got), "HTTP/1.0 503 Service Unavailable\r\n") || !strings.Contains(string(got), "\r\nRetry-After: 5\r\nConnection: close\r\n") {
			t.Fatalf("one too many: got %q, %v, want 503", got, err)
		}
		c.Close()
	}
	io.WriteString(slow[0], "upload")
	if got, err := io.ReadAll(slow[0]); err != nil || !strings.HasPrefix(string(got), "HTTP/1.0 204 ") {
		t.Errorf("a slow upload: got %q, %v", got, err)
	}
	eventually(t, "the address is served again", func() bool {
		c := r.dialFrom("127.0.0.2")
		defer c.Close()
		io.WriteString(c, "HEAD / HTTP/1.0\r\n\r\n")
		got, _ := io.ReadAll(c)
		return strings.HasPrefix(string(got), "HTTP/1.0 200 ")
	})
}

// An address at its bound makes room with connections of its own, although
// another address has one that has waited longer.
func TestAddressMakesRoomItself(t *testing.T) {
	r := run(t, slowMethods(), func(s *server.Server) { withLongTimeouts(s); s.MaxConnections, s.MaxConnectionsPerAddress = 4, 2 })
	other := r.dialFrom("127.0.0.1")
	busy := r.dialFrom("127.0.0.2")
	io.WriteString(busy, "POST / HTTP/1.0\r\nContent-Length: 1\r\n\r\n")
	own := r.dialFrom("127.0.0.2")
	time.Sleep(unseen)
	third := r.dialFrom("127.0.0.2")
	gone(t, "the one that waits", own)
	io.WriteString(third, "HEAD / HTTP/1.0\r\n\r\n")
	if got, err := io.ReadAll(third); err != nil || !strings.HasPrefix(string(got), "HTTP/1.0 200 ") {
		t.Errorf("the new one: got %q, %v", got, err)
	}
	there(t, "another address", other)
	io.WriteString(busy, "x")
	if got, err := io.ReadAll(busy); err != nil || !strings.HasPrefix(string(got), "HTTP/1.0 204 ") {
		t.Errorf("the busy one: got %q, %v", got, err)
	}
}

// With TLS a connection that is one too many is just closed.
func TestRefusalOverTLS(t *testing.T) {
	r, pool := runTLS(t, nil, nil, func(s *server.Server) { withLongTimeouts(s); s.MaxConnectionsPerAddress = 1 })
	handler.BaseOf(r.Handler).Methods = slowMethods().Methods
	busy, err := tls.Dial("tcp", r.addr, &tls.Config{RootCAs: pool})
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	io.WriteString(busy, "GET / HTTP/1.0\r\n\r\n")
	io.ReadFull(busy, make([]byte, 100))
	c := r.dial()
	if got, err := io.ReadAll(c); os.IsTimeout(err) || len(got) > 0 {
		t.Errorf("got %q, %v, want the end", got, err)
	}
}

// Refused connections that stay are no reason to wait at a stop.
func TestShutdownBesideRefused(t *testing.T) {
	r := run(t, slowMethods(), func(s *server.Server) { withLongTimeouts(s); s.MaxConnectionsPerAddress = 1 })
	busy := r.dial()
	io.WriteString(busy, "GET / HTTP/1.0\r\n\r\n")
	io.ReadFull(busy, make([]byte, 100))
	for range 50 {
		c := r.dial()
		io.WriteString(c, "G") // one without a byte is not seen at once
		if got, err := io.ReadAll(c); err != nil || !strings.HasPrefix(string(got), "HTTP/1.0 503 ") {
			t.Fatalf("got %q, %v", got, err)
		}
	}
	begun := time.Now()
	r.Close()
	if d := time.Since(begun); d > timeout/2 {
		t.Errorf("closing took %v", d)
	}
}
