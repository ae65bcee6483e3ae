//go:build !race

// The race detector's way of sending (nowait_race_linux.go) knows no MSG_MORE.

package server_test

import (
	"io"
	"net"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// Who has the last byte of a connection knows that it was the last: the end
// comes in the same packet. wget, which takes HTTP/1.0 for persistent, would
// send its next request into a connection that is about to be closed.
func TestEndComesWithTheLastByte(t *testing.T) {
	h, _ := files(t, map[string]string{"small": "text", "large": strings.Repeat("large", 40_000)})
	r := run(t, h, nil)
	for _, request := range []string{
		"GET /small HTTP/1.0\r\n\r\n",
		"GET /large HTTP/1.0\r\n\r\n",
		"HEAD /small HTTP/1.0\r\n\r\n",
		"GET /missing HTTP/1.0\r\n\r\n",
		"GET / HTTP/1.0\r\n\r\n",
	} {
		size := len(r.ask(request))
		early := 0
		for range 200 {
			c := r.dial()
			io.WriteString(c, request)
			if _, err := io.ReadFull(c, make([]byte, size)); err != nil {
				t.Fatalf("%q: %v", request, err)
			}
			if !atEnd(t, c) {
				early++
			}
			c.Close()
		}
		if early > 0 {
			t.Errorf("%q: in %d of 200 the end was not there with the last byte", request, early)
		}
	}
}

// atEnd reports whether the end of a connection has arrived.
func atEnd(t *testing.T, c net.Conn) (end bool) {
	t.Helper()
	raw, err := c.(*net.TCPConn).SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	raw.Control(func(fd uintptr) {
		n, _, err := unix.Recvfrom(int(fd), make([]byte, 1), unix.MSG_PEEK|unix.MSG_DONTWAIT)
		end = n == 0 && err == nil
	})
	return end
}
