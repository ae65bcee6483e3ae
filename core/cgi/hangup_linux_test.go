package cgi_test

import (
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/core/server"
)

// A script that writes nothing ends soon after its client has gone, or when the
// server closes its connection, long before its own time limit.
//
// departs: G-21
func TestScriptEndsWithItsClient(t *testing.T) {
	for name, leave := range map[string]func(*server.Server, net.Conn){
		"the client closes": func(_ *server.Server, c net.Conn) { c.Close() },
		"the server closes": func(s *server.Server, _ net.Conn) { s.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t, map[string]string{"!cgi-bin/wait.sh": "#!/bin/sh\necho $$ > \"$MARK\"\nsleep 600\n"})
			mark := filepath.Join(p.root, "mark")
			os.WriteFile(mark, nil, 0o666)
			os.Chmod(mark, 0o666)
			p.h.Environ = []string{"MARK=" + mark}
			s := server.NewThreadingHTTPServer("127.0.0.1:0", p.h)
			s.HalfCloseTimeout = 10 * time.Millisecond
			if err := s.Listen(); err != nil {
				t.Fatal(err)
			}
			go s.ServeForever()
			defer s.Close()
			c, err := net.Dial("tcp", s.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			io.WriteString(c, "GET /cgi-bin/wait.sh HTTP/1.0\r\n\r\n")
			var pid string
			until(t, "the script", func() bool {
				b, _ := os.ReadFile(mark)
				pid = strings.TrimSpace(string(b))
				return pid != ""
			})
			leave(s, c)
			until(t, "its end", func() bool {
				_, err := os.Stat("/proc/" + pid)
				return err != nil
			})
			until(t, "the log", func() bool { return strings.Contains(p.log.String(), "CGI script ended: server: ") })
		})
	}
}

// until waits for what must happen.
func until(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for begin := time.Now(); !happened(); time.Sleep(5 * time.Millisecond) {
		if time.Since(begin) > 30*time.Second {
			t.Fatalf("%s: waited in vain", what)
		}
	}
}
