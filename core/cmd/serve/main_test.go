//go:build unix

package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// timeout is how long a test waits for something that must happen. Only a
// failing test waits so long.
const timeout = 30 * time.Second

// The test binary is the program, too: with this variable it runs main.
const mainEnv = "VITRINE_SERVE_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(mainEnv) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func command(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), mainEnv+"=1")
	return cmd
}

// finished runs serve to its end.
func finished(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	cmd := command(args...)
	var out, err bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &err
	timer := time.AfterFunc(timeout, func() { cmd.Process.Kill() })
	defer timer.Stop()
	if e := cmd.Run(); e != nil && cmd.ProcessState == nil {
		t.Fatal(e)
	}
	return cmd.ProcessState.ExitCode(), out.String(), err.String()
}

// process is a running serve.
type process struct {
	t      *testing.T
	cmd    *exec.Cmd
	first  string // line of standard output
	addr   string // from it
	stdout *lockedBuffer
	stderr *lockedBuffer
	over   chan struct{}
}

// started runs serve until it says where it listens. It is killed when the
// test ends, if it still runs.
func started(t *testing.T, args ...string) *process {
	t.Helper()
	return startedAs(t, command(args...))
}

func startedAs(t *testing.T, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{t: t, cmd: cmd, stdout: new(lockedBuffer), stderr: new(lockedBuffer), over: make(chan struct{})}
	out, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout = w
	if cmd.Stderr == nil {
		cmd.Stderr = p.stderr
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	lines := make(chan string, 100)
	var copied sync.WaitGroup
	copied.Go(func() {
		defer close(lines)
		for in := bufio.NewReader(out); ; {
			line, err := in.ReadString('\n')
			io.WriteString(p.stdout, line)
			if err != nil {
				return
			}
			lines <- line
		}
	})
	go func() {
		cmd.Wait()
		copied.Wait()
		close(p.over)
	}()
	t.Cleanup(func() {
		cmd.Process.Kill()
		<-p.over
	})
	select {
	case line, ok := <-lines:
		if !ok {
			t.Fatalf("serve said nothing; stderr: %s", p.stderr)
		}
		p.first = line
	case <-time.After(timeout):
		t.Fatal("serve says nothing")
	}
	_, url, _ := strings.Cut(p.first, "://")
	p.addr, _, _ = strings.Cut(url, "/")
	p.addr = strings.Replace(p.addr, "0.0.0.0", "127.0.0.1", 1)
	go func() {
		for range lines {
		}
	}()
	return p
}

// signal sends a signal.
func (p *process) signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// wait returns the exit code.
func (p *process) wait() int {
	p.t.Helper()
	select {
	case <-p.over:
	case <-time.After(timeout):
		p.t.Fatal("serve does not end")
	}
	return p.cmd.ProcessState.ExitCode()
}

func (p *process) dial() net.Conn {
	p.t.Helper()
	c, err := net.Dial("tcp", p.addr)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(timeout))
	return c
}

// ask sends text on a connection of its own and returns all that comes back.
func (p *process) ask(text string) string {
	p.t.Helper()
	c := p.dial()
	io.WriteString(c, text)
	b, err := io.ReadAll(c)
	if err != nil {
		p.t.Fatalf("after %q: %v", b, err)
	}
	return string(b)
}

// eventually waits until ok.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(timeout); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not after %v", what, timeout)
		}
	}
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// tree makes a folder with these files.
func tree(t *testing.T, content map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range content {
		if err := os.WriteFile(dir+"/"+name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// isErrno reports whether err comes from the system with that number.
func isErrno(err error, number syscall.Errno) bool { return errors.Is(err, number) }
