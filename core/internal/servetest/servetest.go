// Package servetest runs serve, or http.server, in a process of its own, for
// tests that talk to it over sockets.
//
// The one rule: a server says where it listens on the first line of standard
// output, as http.server does, so a test waits for that and for no time.
package servetest

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Build builds serve in dir and returns the path of the program.
func Build(dir string) (program string, err error) {
	program = filepath.Join(dir, "serve.exe") // Windows wants the ending
	out, err := exec.Command("go", "build", "-o", program, "vitrine/core/cmd/serve").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("serve cannot be built: %w\n%s", err, out)
	}
	return program, nil
}

// Args are the arguments of serve for a folder and a free port of the loopback.
func Args(dir string, flags ...string) []string {
	return append([]string{"--bind", "127.0.0.1", "--directory", dir, "0"}, flags...)
}

// Process is a server that runs.
type Process struct {
	Addr string // 127.0.0.1 and the port
	Cmd  *exec.Cmd
	// LogEnd is closed when there are no more lines of standard error.
	LogEnd chan struct{}

	mu  sync.Mutex
	log []string
}

// Start starts cmd, waits until it says where it listens and keeps the lines of
// its standard error, unless cmd.Stderr is set. Kill ends it.
func Start(cmd *exec.Cmd) (*Process, error) {
	p := &Process{Cmd: cmd, LogEnd: make(chan struct{})}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	var stderr io.Reader = strings.NewReader("")
	if cmd.Stderr == nil {
		if stderr, err = cmd.StderrPipe(); err != nil {
			return nil, err
		}
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go p.readLog(stderr)
	line, err := bufio.NewReader(stdout).ReadString('\n')
	_, rest, ok := strings.Cut(line, " port ")
	port, _, _ := strings.Cut(rest, " ")
	if err != nil || !ok {
		p.Kill()
		return nil, fmt.Errorf("%s said %q and %q, then %v", cmd.Path, line, p.Lines(), err)
	}
	p.Addr = net.JoinHostPort("127.0.0.1", port)
	return p, nil
}

func (p *Process) readLog(r io.Reader) {
	defer close(p.LogEnd)
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		p.mu.Lock()
		p.log = append(p.log, scan.Text())
		p.mu.Unlock()
	}
}

// Lines are the lines of standard error so far.
func (p *Process) Lines() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.log...)
}

// Logged counts the lines of the log so far that contain text.
func (p *Process) Logged(text string) int {
	n := 0
	for _, line := range p.Lines() {
		if strings.Contains(line, text) {
			n++
		}
	}
	return n
}

// Kill ends the process at once. Scripts that outlive it may hold its log open,
// but not for ever.
func (p *Process) Kill() {
	p.Cmd.Process.Kill()
	select {
	case <-p.LogEnd:
	case <-time.After(time.Second):
	}
	p.Cmd.Wait()
}
