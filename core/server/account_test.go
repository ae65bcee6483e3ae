package server_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/core/handler"
	"vitrine/core/server"
	"vitrine/core/trace"
)

// account is what the records of one connection say about it.
type account struct {
	opened, closed []time.Time
	who, why       string
	texts          string // the last record as a transcript
}

// accounts waits until the log has the end of the first n connections and
// returns what it says of each, in the order in which they were opened.
func accounts(t *testing.T, log *trace.Log, n int) []*account {
	t.Helper()
	var list []*account
	eventually(t, "every connection has its end in the log", func() bool {
		list = nil
		kept, _ := log.Records()
		for _, r := range kept {
			for len(list) < int(r.Conn) {
				list = append(list, new(account))
			}
			a := list[r.Conn-1]
			for i := range r.Steps {
				switch s := &r.Steps[i]; s.Code {
				case trace.ConnOpened:
					a.opened = append(a.opened, r.Start.Add(s.At))
				case trace.ConnClosed:
					a.closed = append(a.closed, r.Start.Add(s.At))
					a.who, a.why = s.Args[0], s.Args[1]
					a.texts = string(trace.AppendTranscript(nil, r, nil))
				}
			}
		}
		return len(list) >= n && !slices.ContainsFunc(list[:n], func(a *account) bool { return len(a.closed) == 0 })
	})
	return list
}

// check demands that every connection was opened once and closed once, in this
// order.
func (a *account) check(t *testing.T, number int) {
	t.Helper()
	if len(a.opened) != 1 || len(a.closed) != 1 {
		t.Errorf("connection %d was opened %d times and closed %d times", number, len(a.opened), len(a.closed))
	} else if a.closed[0].Before(a.opened[0]) {
		t.Errorf("connection %d was closed %v before it was opened", number, a.opened[0].Sub(a.closed[0]))
	}
}

const getA = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"

// Whatever ends a connection, the log has who and why.
func TestAccountOfAConnection(t *testing.T) {
	asks := func(c net.Conn) {
		io.WriteString(c, getA)
		one(t, bufio.NewReader(c))
	}
	idle := func(s *server.Server) { s.IdleTimeout = short }
	waits := func(r *running, c net.Conn) { io.ReadAll(c) }
	for _, tc := range []struct {
		name string
		set  func(*server.Server)
		do   func(r *running, c net.Conn)
		want string // who, why
		text string // is in the last record
	}{
		{"client closes at once", nil, func(_ *running, c net.Conn) { c.Close() }, "client end", "# record "},
		{"client closes between two requests", nil, func(_ *running, c net.Conn) { asks(c); c.Close() }, "client end", "# record "},
		{"client breaks off", nil, func(_ *running, c net.Conn) { asks(c); c.(*net.TCPConn).SetLinger(0); c.Close() }, "client reset", "# record "},
		{"client asks for it", nil, func(r *running, c net.Conn) {
			io.WriteString(c, "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
			waits(r, c)
		}, "server client", "# exchange "},
		{"idle at once", idle, waits, "server idle", "# record "},
		{"idle between two requests", idle, func(r *running, c net.Conn) { asks(c); waits(r, c) }, "server idle", "# record "},
		{"half a head", func(s *server.Server) { s.ReadHeaderTimeout = short }, func(r *running, c net.Conn) {
			io.WriteString(c, "GET /a HTTP/1.1\r\nHost: x\r\nCook")
			waits(r, c)
		}, "server head", "> GET /a HTTP/1.1\\r\\n\n> Host: x\\r\\n\n> Cook\n"},
		{"shutdown while idle", nil, func(r *running, c net.Conn) {
			asks(c)
			time.Sleep(short) // the server waits again
			r.Shutdown(context.Background())
		}, "server stopping", "# record "},
		{"close in half a head", nil, func(r *running, c net.Conn) {
			io.WriteString(c, "GET /a")
			time.Sleep(short)
			r.Close()
		}, "server stopping", "> GET /a\n"},
		{"another needs its place", func(s *server.Server) { s.MaxConnections, s.MaxConnectionsPerAddress = 1, -1 }, func(r *running, c net.Conn) {
			asks(c)
			r.dial().Close()
			waits(r, c)
		}, "server room", "# record "},
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
			tc.do(r, r.dial())
			list := accounts(t, log, 1)
			a := list[0]
			a.check(t, 1)
			if got := a.who + " " + a.why; got != tc.want || !strings.Contains(a.texts, tc.text) {
				t.Errorf("got %s, want %s with %q in\n%s", got, tc.want, tc.text, a.texts)
			}
		})
	}
}

// A client whose address has its number of connections is refused; what it was
// sent is in the log.
func TestAccountOfARefusal(t *testing.T) {
	log := new(trace.Log)
	h, _ := files(t, nil)
	begun, end := make(chan bool), make(chan bool)
	h.Methods["GET"] = func(x *handler.Exchange) error {
		begun <- true
		<-end
		return x.SendError(404, "", "")
	}
	r := run(t, h, func(s *server.Server) { s.Log, s.MaxConnectionsPerAddress = log, 1 })
	c := r.dial()
	io.WriteString(c, getA)
	<-begun
	got := r.ask("")
	close(end)
	io.ReadAll(c)
	list := accounts(t, log, 2)
	list[0].check(t, 1)
	list[1].check(t, 2)
	if a := list[1]; a.who+" "+a.why != "server address" || !strings.Contains(a.texts, " status 503 size 56\n") || !strings.HasPrefix(a.texts, "# record ") || !strings.Contains(got, " 503 ") {
		t.Errorf("got %q and\n%s", got, a.texts)
	}
}

// A connection that never got through its TLS handshake has its account, too.
func TestAccountOfAHandshake(t *testing.T) {
	for _, tc := range []struct {
		name string
		do   func(r *running, c net.Conn)
		want string
		text string
	}{
		{"client goes", func(_ *running, c net.Conn) { c.Close() }, "client handshake", "! tls.failed EOF"},
		{"client does not trust", func(_ *running, c net.Conn) {
			tls.Client(c, &tls.Config{ServerName: "localhost"}).Handshake()
		}, "client handshake", "bad certificate"},
		{"version too old", func(_ *running, c net.Conn) {
			tls.Client(c, &tls.Config{ServerName: "localhost", MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}).Handshake()
		}, "server handshake", "unsupported versions"},
		{"silence", func(_ *running, c net.Conn) { io.ReadAll(c) }, "server handshake-timeout", "! tls.failed "},
		{"plain HTTP", func(_ *running, c net.Conn) { io.WriteString(c, getA); io.ReadAll(c) }, "server plain-http", "> GET /\n"},
		{"shutdown", func(r *running, c net.Conn) { io.WriteString(c, "\x16"); time.Sleep(short / 2); r.Close() }, "server stopping", "# record "},
		{"a request", func(r *running, c net.Conn) {
			s := tls.Client(c, &tls.Config{InsecureSkipVerify: true})
			io.WriteString(s, getA)
			io.ReadAll(s)
		}, "server server", "# exchange "},
	} {
		t.Run(tc.name, func(t *testing.T) {
			log := new(trace.Log)
			r, _ := runTLS(t, map[string]string{"a": "text"}, nil, func(s *server.Server) {
				s.Log, s.LingerTimeout = log, -1
				if tc.name == "silence" {
					s.TLSHandshakeTimeout = short
				}
			})
			tc.do(r, r.dial())
			a := accounts(t, log, 1)[0]
			a.check(t, 1)
			if got := a.who + " " + a.why; got != tc.want || !strings.Contains(a.texts, tc.text) {
				t.Errorf("got %s, want %s with %q in\n%s", got, tc.want, tc.text, a.texts)
			}
		})
	}
}

// Many connections that end in every way at once: each is opened once and
// closed once, and records of one connection are in the order of time.
func TestAccountsOfManyConnections(t *testing.T) {
	const conns = 200
	log := new(trace.Log)
	h, _ := files(t, map[string]string{"a": "text"})
	h.ProtocolVersion = "HTTP/1.1"
	r := run(t, h, func(s *server.Server) {
		s.Log, s.MaxConnections, s.IdleTimeout, s.ReadHeaderTimeout = log, 40, 2*short, short
	})
	var all sync.WaitGroup
	for i := range conns {
		all.Go(func() {
			c, err := net.Dial("tcp", r.addr)
			if err != nil {
				t.Error(err)
				return
			}
			defer c.Close()
			c.SetDeadline(time.Now().Add(timeout))
			io.WriteString(c, []string{
				"", "GET /a HT", "nonsense\r\n\r\n", getA, getA + getA, "GET /a HTTP/1.0\r\n\r\n",
				"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n",
			}[i%7])
			if i%3 != 0 {
				io.ReadAll(c)
			}
		})
	}
	all.Wait()
	list := accounts(t, log, conns)
	if len(list) != conns {
		t.Errorf("%d connections, want %d", len(list), conns)
	}
	for i, a := range list {
		a.check(t, i+1)
	}
	last := map[int64]time.Time{}
	kept, _ := log.Records()
	for _, rec := range kept {
		if rec.Start.Before(last[rec.Conn]) {
			t.Errorf("record %d of connection %d begins before the one before it ended", rec.ID, rec.Conn)
		}
		last[rec.Conn] = rec.Start.Add(rec.Elapsed).Truncate(time.Microsecond)
	}
}
