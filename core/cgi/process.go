//go:build unix || windows

package cgi

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Bounds of what a script's standard error may add to the log, in bytes.
const (
	maxStderrLine = 4 << 10
	maxStderr     = 64 << 10
)

// leftover is how long output is waited for when a script has ended, but
// something it started and that is out of reach still holds the pipe.
const leftover = time.Second

// processes is the Runner that starts processes.
type processes struct{}

// process is a script as a process with pipes for its three streams.
type process struct {
	cmd    *exec.Cmd
	stdin  *os.File
	stdout output
	stderr *os.File
	lines  chan struct{} // closed when stderr is over

	mu    sync.Mutex
	ended bool
}

// Start starts c.
//
// Differs from http.server (G-14, X-6), where standard input is the
// connection itself: a script sees the content of its own request only.
func (processes) Start(c *Command) (Process, error) {
	cmd := &exec.Cmd{Path: c.Path, Args: c.Args, Env: c.Env, Dir: c.Dir}
	if err := setApart(cmd); err != nil {
		return nil, err
	}
	var ours, theirs [3]*os.File
	closeAll := func(files [3]*os.File) {
		for _, f := range files {
			f.Close() // harmless where there is none
		}
	}
	var in, out, stderr error
	theirs[0], ours[0], in = os.Pipe()
	ours[1], theirs[1], out = os.Pipe()
	ours[2], theirs[2], stderr = os.Pipe()
	err := errors.Join(in, out, stderr)
	if err == nil {
		cmd.Stdin, cmd.Stdout, cmd.Stderr = theirs[0], theirs[1], theirs[2]
		err = children.start(cmd)
	}
	closeAll(theirs)
	if err != nil {
		closeAll(ours)
		return nil, err
	}
	p := &process{cmd: cmd, stdin: ours[0], stdout: output{file: ours[1]}, stderr: ours[2], lines: make(chan struct{})}
	go func() {
		defer close(p.lines)
		readLines(p.stderr, c.Stderr)
	}()
	return p, nil
}

func (p *process) Stdin() io.WriteCloser { return p.stdin }
func (p *process) Stdout() io.ReadCloser { return &p.stdout }

// Wait waits for the process. What is left of its group then ends with it: a
// script that means to leave something running starts a session of its own.
func (p *process) Wait() (code int, err error) {
	err = p.cmd.Wait()
	children.ended(p.cmd)
	p.mu.Lock()
	p.ended = true
	killGroup(p.cmd.Process)
	p.mu.Unlock()
	p.stdout.end()
	p.stderr.SetReadDeadline(time.Now().Add(leftover))
	<-p.lines
	p.stderr.Close()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return exitCode(failed.ProcessState), nil
	}
	return 0, err
}

// Kill ends the process and its group.
func (p *process) Kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended { // else the number may be another's
		killGroup(p.cmd.Process)
		p.cmd.Process.Kill()
	}
}

// output is the reading end of standard output. Once the script is over, a
// read waits for what is in the pipe and not much longer.
type output struct {
	file *os.File
	over atomic.Bool
}

func (o *output) end() {
	o.over.Store(true)
	o.file.SetReadDeadline(time.Now().Add(leftover))
}

func (o *output) Read(p []byte) (int, error) {
	if o.over.Load() {
		o.file.SetReadDeadline(time.Now().Add(leftover))
	}
	n, err := o.file.Read(p)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		if n == 0 && !o.over.Load() {
			return 0, nil
		}
		err = io.EOF
	}
	return n, err
}

func (o *output) Close() error { return o.file.Close() }

// readLines hands on lines until r ends, and then how much was too much.
func readLines(r io.Reader, line func(string)) {
	b := bufio.NewReaderSize(r, maxStderrLine)
	total, dropped := 0, 0
	for {
		text, err := b.ReadSlice('\n')
		if total += len(text); total > maxStderr {
			dropped += len(text)
		} else if len(text) > 0 {
			line(strings.TrimRight(string(text), "\r\n"))
		}
		if err != nil && err != bufio.ErrBufferFull {
			break
		}
	}
	if dropped > 0 {
		line("CGI script wrote " + strconv.Itoa(dropped) + " bytes more to its standard error")
	}
}

func serverEnviron() []string { return os.Environ() }
