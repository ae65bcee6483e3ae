package conformance

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/internal/servetest"
	"vitrine/core/server"
)

// A log on a terminal has no colours and nothing else that acts on it: only
// text, as http.server before Python 3.15.
//
// departs: L-8 (no colours anywhere)
// spec: L-4
func TestTerminal(t *testing.T) {
	master, slave := openTerminal(t)
	dir := t.TempDir()
	cmd := exec.Command(buildServe(t), servetest.Args(dir)...)
	cmd.Stderr = slave
	p := startProgram(t, cmd, "TERM=xterm-256color", "FORCE_COLOR=1")
	slave.Close()
	overSocket(t, p.Addr, "GET /\x1b[31mred\x1b[0m\x9b HTTP/1.0\r\n\r\n")

	lines := bufio.NewReader(master)
	for {
		text, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("%q, %v", text, err)
		}
		if strings.ContainsAny(text, "\x1b\u009b") || strings.Contains(text, "\x9b[") {
			t.Errorf("the terminal got %q", text)
		}
		if strings.HasSuffix(text, "404 -\r\n") {
			if want := `"GET /\x1b[31mred\x1b[0m\x9b HTTP/1.0" 404 -` + "\r\n"; !strings.HasSuffix(text, want) {
				t.Errorf("got %q, want %q at its end", text, want)
			}
			return
		}
	}
}

// openTerminal opens a pseudo-terminal.
func openTerminal(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { master.Close() })
	fd := int(master.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	slave, err = os.OpenFile("/dev/pts/"+itoa(n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return master, slave
}

// Clients that go away in the middle of a response leave their request in the
// log and nothing else.
//
// departs: C-7
// spec: C-6
func TestVanishedClients(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "large"), make([]byte, 64<<20), 0o644); err != nil {
		t.Fatal(err)
	}
	s := startServe(t, dir)
	for range 20 {
		conn := dial(t, s.Addr)
		if conn == nil {
			return
		}
		io.WriteString(conn, "GET /large HTTP/1.0\r\n\r\n")
		io.ReadFull(conn, make([]byte, 1000))
		conn.SetLinger(0) // closing sends RST
		conn.Close()
	}
	overSocket(t, s.Addr, "GET /last HTTP/1.0\r\n\r\n")
	for deadline := time.Now().Add(timeout); !strings.Contains(strings.Join(s.Lines(), "\n"), "/last"); {
		if time.Now().After(deadline) {
			t.Fatalf("got the log %q", s.Lines())
		}
		time.Sleep(time.Millisecond)
	}
	count := 0
	for _, l := range s.Lines() {
		switch {
		case strings.HasSuffix(l, `"GET /large HTTP/1.0" 200 -`):
			count++
		case !strings.HasSuffix(l, "/last HTTP/1.0\" 404 -") && !strings.HasSuffix(l, "code 404, message File not found"):
			t.Errorf("got the line %q", l)
		}
	}
	if count != 20 {
		t.Errorf("got %d lines for 20 requests", count)
	}
}

// 100 Continue leaves at once: a client that waits for it before it sends its
// content gets it.
//
// spec: E-1 E-4
func TestContinue(t *testing.T) {
	s := startTarget(t, http1.Rules{}, "HTTP/1.1")
	conn := dial(t, s.Addr().String())
	if conn == nil {
		return
	}
	defer conn.Close()
	io.WriteString(conn, "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\n")
	interim := make([]byte, len("HTTP/1.1 100 Continue\r\n\r\n"))
	if _, err := io.ReadFull(conn, interim); err != nil || string(interim) != "HTTP/1.1 100 Continue\r\n\r\n" {
		t.Fatalf("got %q, %v", interim, err)
	}
	io.WriteString(conn, "hello")
	response, err := io.ReadAll(conn)
	if err != nil || !strings.HasPrefix(string(response), "HTTP/1.1 200 OK\r\n") || !strings.HasSuffix(string(response), "\r\n\r\nhello") {
		t.Errorf("got %q, %v", response, err)
	}
}

// What a method wrote has left when it returns: a client that keeps its side
// open and says nothing more gets all of it.
//
// spec: M-3 C-1
func TestFlush(t *testing.T) {
	h := &handler.Base{ProtocolVersion: "HTTP/1.1", Methods: map[string]handler.Method{"GET": func(x *handler.Exchange) error {
		x.SendResponse(200, "")
		x.SendHeader("Content-Length", "5")
		if err := x.EndHeaders(); err != nil {
			return err
		}
		_, err := x.Write([]byte("hello"))
		return err
	}}}
	s := server.NewThreadingHTTPServer("127.0.0.1:0", h)
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	go s.ServeForever()
	defer s.Close()
	conn := dial(t, s.Addr().String())
	if conn == nil {
		return
	}
	defer conn.Close()
	for range 3 {
		io.WriteString(conn, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
		client := http1.NewConn(http1.Client, http1.Rules{})
		client.Append(nil, &http1.Request{Method: "GET", Target: "/", Fields: http1.Fields{{Name: "Host", Value: "a"}}})
		client.Append(nil, &http1.End{})
		got := ""
		for over := false; !over; {
			ev, err := client.Next()
			if err != nil {
				t.Fatal(err)
			}
			switch ev := ev.(type) {
			case http1.NeedData:
				n, err := conn.Read(client.Space(1))
				if err != nil {
					t.Fatalf("%v after %q", err, got)
				}
				client.Filled(n)
			case *http1.Data:
				got += string(ev.Bytes)
			case *http1.End:
				over = true
			}
		}
		if got != "hello" {
			t.Fatalf("got %q", got)
		}
	}
}
