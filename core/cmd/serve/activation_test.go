//go:build unix

package main

import (
	"bytes"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// activated is serve as a service manager starts it: LISTEN_PID is its own, and
// the files are its descriptors from 3 on.
func activated(t *testing.T, fds string, files []*os.File, args ...string) *exec.Cmd {
	t.Helper()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no sh to set LISTEN_PID with")
	}
	cmd := exec.Command("sh", append([]string{"-c", `LISTEN_PID=$$ exec "$0" "$@"`, os.Args[0]}, args...)...)
	cmd.Env = append(os.Environ(), mainEnv+"=1", "LISTEN_FDS="+fds, "LISTEN_FDNAMES=web")
	cmd.ExtraFiles = files
	return cmd
}

// passable returns the descriptor of a listener, and the listener closed.
func passable(t *testing.T, l interface {
	File() (*os.File, error)
	Close() error
}) *os.File {
	t.Helper()
	f, err := l.File()
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	t.Cleanup(func() { f.Close() })
	return f
}

func tcpSocket(t *testing.T, address string) (f *os.File, addr string) {
	t.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	return passable(t, l.(*net.TCPListener)), l.Addr().String()
}

func TestPassedSocket(t *testing.T) {
	dir := tree(t, map[string]string{"a": "text"})
	f, addr := tcpSocket(t, "127.0.0.1:0")
	// The port and the address of the command line do not count.
	p := startedAs(t, activated(t, "1", []*os.File{f}, "-d", dir, "-b", "192.0.2.1", "1"))
	_, port, _ := strings.Cut(addr, ":")
	if want := "Serving HTTP on 127.0.0.1 port " + port + " (http://" + addr + "/) ...\n"; p.first != want {
		t.Errorf("it says %q, want %q", p.first, want)
	}
	for range 3 {
		if got := p.ask("GET /a HTTP/1.0\r\n\r\n"); !strings.HasSuffix(got, "\r\n\r\ntext") {
			t.Errorf("got %q", got)
		}
	}
	// It is a loopback address, whatever --bind says.
	if got := p.ask(head("/a", "HTTP/1.0", "attacker.example")); !strings.HasPrefix(got, "HTTP/1.0 421 ") {
		t.Errorf("a foreign host: %q", got)
	}
	p.signal(syscall.SIGINT)
	if code := p.wait(); code != 0 {
		t.Errorf("exit %d", code)
	}
}

func TestPassedSocketsOfAllKinds(t *testing.T) {
	dir := tree(t, map[string]string{"a": "text"})
	first, addr := tcpSocket(t, "127.0.0.1:0")
	second, other := tcpSocket(t, "127.0.0.1:0")
	path := t.TempDir() + "/socket"
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	l.SetUnlinkOnClose(false)
	p := startedAs(t, activated(t, "3", []*os.File{first, second, passable(t, l)}, "-d", dir, "--trace", dir+"/trace"))
	eventually(t, "three lines", func() bool { return strings.Count(p.stdout.String(), "\n") == 3 })
	if got := p.stdout.String(); !strings.Contains(got, "http://"+addr+"/") || !strings.Contains(got, "http://"+other+"/") || !strings.HasSuffix(got, "Serving HTTP on unix:"+path+" ...\n") {
		t.Errorf("it says %q", got)
	}
	for network, address := range map[string]string{"tcp": addr, "tcp4": other, "unix": path} {
		c, err := net.Dial(network, address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		// Who reaches a Unix socket is a program of this machine, such as a
		// proxy that passes Host on.
		host := map[bool]string{true: "site.example", false: "localhost"}[network == "unix"]
		io.WriteString(c, head("/a", "HTTP/1.0", host))
		if got, err := io.ReadAll(c); !strings.HasSuffix(string(got), "\r\n\r\ntext") {
			t.Errorf("%s: got %q, %v", network, got, err)
		}
	}
	eventually(t, "three lines of the log", func() bool { return strings.Count(p.stderr.String(), `"GET /a HTTP/1.0" 200 -`) == 3 })
	eventually(t, "three exchanges", func() bool { return strings.Count(logFile(dir+"/trace").String(), "# exchange") == 3 })
}

// Scripts inherit neither the variables nor the sockets.
func TestPassedSocketIsNotInherited(t *testing.T) {
	dir := scripts(t, map[string]string{"env": `echo 'Content-Type: text/plain'; echo; env | grep LISTEN; for n in 3 4 5; do ( true <&$n ) 2>/dev/null && echo "descriptor $n"; done; echo end`})
	f, _ := tcpSocket(t, "127.0.0.1:0")
	p := startedAs(t, activated(t, "1", []*os.File{f}, "-d", dir, "--cgi"))
	if got := p.ask("GET /cgi-bin/env HTTP/1.0\r\n\r\n"); !strings.HasSuffix(got, "text/plain\r\n\r\nend\n") {
		t.Errorf("got %q", got)
	}
}

func TestSocketOfAnotherProcess(t *testing.T) {
	dir := tree(t, map[string]string{"a": "text"})
	f, addr := tcpSocket(t, "127.0.0.1:0")
	for _, env := range [][]string{{"LISTEN_PID=1", "LISTEN_FDS=1"}, {"LISTEN_FDS=1"}, {"LISTEN_PID=x", "LISTEN_FDS=1"}} {
		cmd := command("-b", "127.0.0.1", "-d", dir, "0")
		cmd.Env = append(cmd.Env, env...)
		cmd.ExtraFiles = []*os.File{f}
		if p := startedAs(t, cmd); p.addr == addr {
			t.Errorf("%q: it serves on %s", env, p.addr)
		}
	}
	for _, fds := range []string{"0", "-1", ""} {
		if p := startedAs(t, activated(t, fds, []*os.File{f}, "-b", "127.0.0.1", "-d", dir, "0")); p.addr == addr {
			t.Errorf("LISTEN_FDS=%s: it serves on %s", fds, p.addr)
		}
	}
}

func TestPassedDescriptorErrors(t *testing.T) {
	dir := tree(t, map[string]string{"a": "text"})
	file, err := os.Open(dir + "/a")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	packets, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	listener, addr := tcpSocket(t, "127.0.0.1:0")
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	const no = "is not a listening TCP or Unix socket: "
	for _, tc := range []struct {
		name  string
		fds   string
		files []*os.File
		want  string
	}{
		{"a file", "1", []*os.File{file}, "descriptor 3, passed by LISTEN_FDS, " + no},
		{"a UDP socket", "1", []*os.File{passable(t, packets)}, "descriptor 3, passed by LISTEN_FDS, " + no + "not a stream socket"},
		{"a connection", "1", []*os.File{passable(t, conn.(*net.TCPConn))}, "descriptor 3, passed by LISTEN_FDS, " + no + "it does not listen"},
		{"fewer than said", "9", []*os.File{listener}, ", passed by LISTEN_FDS, " + no},
		{"no number", "many", []*os.File{listener}, "LISTEN_FDS is not a number of sockets: 'many'"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cmd := activated(t, tc.fds, tc.files, "-d", dir)
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			cmd.Run()
			if code := cmd.ProcessState.ExitCode(); code != 1 || stdout.Len() > 0 || strings.Count(stderr.String(), "\n") != 1 || !strings.Contains(stderr.String(), tc.want) {
				t.Errorf("exit %d, stdout %q, stderr %q, want %q", code, &stdout, &stderr, tc.want)
			}
		})
	}
}
