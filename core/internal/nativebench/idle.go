//go:build linux

package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// rest is how long connections are left alone before memory is looked at.
const rest = 8 * time.Second

// fewIdle is how many idle connections the other figure of memory is with.
const fewIdle = 1_000

// measureIdle measures the memory of the servers with idle connections, each of
// which has had one response.
func (b *bench) measureIdle() {
	const few, many = "RSS with 1,000 idle connections", "RSS per idle connection at 9,000"
	if !b.loads.MatchString(few) && !b.loads.MatchString(many) {
		return
	}
	for _, start := range []func(string) (*server, error){b.startServe, b.startNginx} {
		s, err := start("idle")
		if err != nil {
			b.fail(err)
			return
		}
		time.Sleep(time.Second)
		empty := s.resident()
		b.note("RSS before the first request", s.name, float64(empty)/1024, "MiB")
		var conns []net.Conn
		hold := func(n int) (kib int) {
			for len(conns) < n {
				c, err := idleConn(s.addr)
				if err != nil {
					b.fail(fmt.Errorf("%s: %w", s.name, err))
					return 0
				}
				conns = append(conns, c)
			}
			time.Sleep(rest)
			return s.resident()
		}
		b.note(few, s.name, float64(hold(fewIdle))/1024, "MiB")
		b.note(many, s.name, float64(hold(manyIdle)-empty)/manyIdle, "KiB")
		for _, c := range conns {
			c.Close()
		}
		s.stop()
	}
}

// idleConn is a connection that has had its response.
func idleConn(addr string) (net.Conn, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(c, "GET /1k.html HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		return nil, err
	}
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err == nil {
		_, err = io.Copy(io.Discard, res.Body)
	}
	return c, err
}
