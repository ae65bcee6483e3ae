package conformance

import (
	"bufio"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
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
		if serve.dir, serve.err = os.MkdirTemp("", "conformance"); serve.err != nil {
			return
		}
		serve.path = filepath.Join(serve.dir, "serve")
		var out []byte
		if out, serve.err = exec.Command("go", "build", "-o", serve.path, "vitrine/core/cmd/serve").CombinedOutput(); serve.err != nil {
			t.Logf("%s", out)
		}
	})
	if serve.err != nil {
		t.Fatalf("serve cannot be built: %v", serve.err)
	}
	return serve.path
}

// program is a server that runs in a process of its own.
type program struct {
	addr string
	cmd  *exec.Cmd

	mu  sync.Mutex
	log []string // lines of standard error
	end chan struct{}
}

// startProgram starts a server whose first line on standard output says where
// it listens, as http.server's does, and stops it when the test is over.
func startProgram(t *testing.T, env []string, path string, args ...string) *program {
	t.Helper()
	p := &program{cmd: exec.Command(path, args...), end: make(chan struct{})}
	// No script may see a variable that only an old request could have set.
	p.cmd.Env = append(os.Environ(), append(env, "HTTP_X_STALE=stale")...)
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatalf("%s cannot be started: %v", path, err)
	}
	go p.readLog(stderr)
	t.Cleanup(p.stop)

	line, err := bufio.NewReader(stdout).ReadString('\n')
	_, rest, ok := strings.Cut(line, " port ")
	port, _, _ := strings.Cut(rest, " ")
	if err != nil || !ok {
		p.stop()
		t.Fatalf("%s said %q, %v and %q", path, line, err, p.lines())
	}
	p.addr = net.JoinHostPort("127.0.0.1", port)
	return p
}

func (p *program) readLog(r io.Reader) {
	defer close(p.end)
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		p.mu.Lock()
		p.log = append(p.log, scan.Text())
		p.mu.Unlock()
	}
}

// lines are the lines of standard error so far.
func (p *program) lines() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.log...)
}

// stop kills the server. Scripts that outlive it may hold its log open, but
// not for ever.
func (p *program) stop() {
	p.cmd.Process.Kill()
	select {
	case <-p.end:
	case <-time.After(time.Second):
	}
	p.cmd.Wait()
}

// startServe starts serve on a folder and a free port of the loopback.
func startServe(t *testing.T, dir string, flags ...string) *program {
	t.Helper()
	return startProgram(t, nil, buildServe(t), append([]string{"--bind", "127.0.0.1", "--directory", dir, "0"}, flags...)...)
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
		t.Errorf("reading the answer to %.80q: %v after %.80q", sent, err, got)
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
