//go:build linux

package main

import (
	"io"
	"net"
	"os/exec"
	"time"
)

// starts is how often each server is started.
const starts = 21

// measureStart measures the time from the start of a server's process to its
// first response.
func (b *bench) measureStart() {
	const name = "start to first response"
	if !b.loads.MatchString(name) {
		return
	}
	for range starts {
		addr, err := freePort()
		if err != nil {
			b.fail(err)
			return
		}
		_, port, _ := net.SplitHostPort(addr)
		cmd := exec.Command(b.serve, "-p", "HTTP/1.1", "-b", "127.0.0.1", "-d", b.tree, "--log-format", "off", port)
		began := time.Now()
		if err := cmd.Start(); err != nil {
			b.fail(err)
			return
		}
		err = firstResponse(addr, began.Add(startTimeout))
		took := time.Since(began)
		cmd.Process.Kill()
		cmd.Wait()
		if err != nil {
			b.fail(err)
			return
		}
		b.note(name, "Vitrine", float64(took.Microseconds())/1000, "ms")
	}
}

// firstResponse asks until there is a response.
func firstResponse(addr string, end time.Time) error {
	for {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			if time.Now().After(end) {
				return err
			}
			time.Sleep(50 * time.Microsecond)
			continue
		}
		defer c.Close()
		if _, err := io.WriteString(c, "GET /1k.html HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
			return err
		}
		_, err = c.Read(make([]byte, 1))
		return err
	}
}
