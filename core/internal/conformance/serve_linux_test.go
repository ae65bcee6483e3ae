package conformance

import (
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/core/internal/servetest"
)

// These tests are for Linux: the trees have names that differ only in case,
// and names that are no UTF-8, which other disks do not keep apart.

// timeout bounds whatever should happen at once. No test waits for it unless
// it fails.
const timeout = 20 * time.Second

// serve is the program itself, built once for all tests.
var serve struct {
	once sync.Once
	dir  string
	path string
	err  error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if serve.dir != "" {
		os.RemoveAll(serve.dir)
	}
	os.Exit(code)
}

func buildServe(t *testing.T) string {
	t.Helper()
	serve.once.Do(func() {
		if serve.dir, serve.err = os.MkdirTemp("", "conformance"); serve.err == nil {
			serve.path, serve.err = servetest.Build(serve.dir)
		}
	})
	if serve.err != nil {
		t.Fatal(serve.err)
	}
	return serve.path
}

// startProgram starts a server and kills it when the test is over.
func startProgram(t *testing.T, cmd *exec.Cmd, env ...string) *servetest.Process {
	t.Helper()
	// No script may see a variable that only an old request could have set.
	cmd.Env = append(os.Environ(), append(env, "HTTP_X_STALE=stale")...)
	p, err := servetest.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill)
	return p
}

// startServe starts serve on a folder and a free port of the loopback.
func startServe(t *testing.T, dir string, flags ...string) *servetest.Process {
	t.Helper()
	return startProgram(t, exec.Command(buildServe(t), servetest.Args(dir, flags...)...))
}

// dial opens a connection, nil after a failure of the test.
func dial(t *testing.T, addr string) *net.TCPConn {
	conn, err := net.DialTimeout("tcp", addr, timeout)
	if err != nil {
		t.Error(err)
		return nil
	}
	conn.SetDeadline(time.Now().Add(timeout))
	return conn.(*net.TCPConn)
}

// overSocket writes all of sent in the background, closes our side and returns
// what comes back until the server closes its side.
func overSocket(t *testing.T, addr, sent string) string {
	conn := dial(t, addr)
	if conn == nil {
		return ""
	}
	defer conn.Close()
	go func() {
		io.WriteString(conn, sent)
		conn.CloseWrite()
	}()
	got, err := io.ReadAll(conn)
	if err != nil && !isReset(err) {
		t.Errorf("reading the response to %.80q: %v after %.80q", sent, err, got)
	}
	return string(got)
}

func portOf(conn net.Conn) int { return conn.LocalAddr().(*net.TCPAddr).Port }

func isReset(err error) bool { return strings.Contains(err.Error(), "connection reset") }

// each runs f for all elements, as many at a time as there are workers.
func each[E any](workers int, list []E, f func(int, E)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range next {
				f(i, list[i])
			}
		}()
	}
	for i := range list {
		next <- i
	}
	close(next)
	wg.Wait()
}
