//go:build linux

package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// server is a running server: a process with its children.
type server struct {
	name   string // of the program
	family string // "" for plain HTTP, "log", "tls", "idle"
	addr   string
	cmd    *exec.Cmd
}

// startTimeout is how long a server may take to listen.
const startTimeout = 10 * time.Second

// launch starts a server that listens on addr.
func launch(name, family, addr string, program string, args ...string) (*server, error) {
	s := &server{name: name, family: family, addr: addr, cmd: exec.Command(program, args...)}
	if name == "Vitrine" || name == "nginx" {
		s.cmd.Stderr = os.Stderr
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	for end := time.Now().Add(startTimeout); ; time.Sleep(time.Millisecond) {
		c, err := net.Dial("tcp", addr)
		if err == nil {
			c.Close()
			return s, nil
		}
		if time.Now().After(end) {
			s.stop()
			return nil, fmt.Errorf("%s does not listen: %w", name, err)
		}
	}
}

func (s *server) stop() {
	s.cmd.Process.Signal(unix.SIGTERM)
	s.cmd.Wait()
}

func (s *server) url(path string) string {
	if s.family == "tls" {
		return "https://" + s.addr + path
	}
	return "http://" + s.addr + path
}

// processes are the server's process and its children, which do the work of
// nginx.
func (s *server) processes() []int {
	pid := s.cmd.Process.Pid
	all := []int{pid}
	children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	for _, word := range strings.Fields(string(children)) {
		if child, err := strconv.Atoi(word); err == nil {
			all = append(all, child)
		}
	}
	return all
}

// used is the processor time the server has used so far, in nanoseconds that
// the scheduler counted: see clock_getcpuclockid(3).
func (s *server) used() (total time.Duration, err error) {
	const schedClock = 2
	for _, pid := range s.processes() {
		var t unix.Timespec
		if err := unix.ClockGettime(int32(^pid<<3|schedClock), &t); err != nil {
			return 0, fmt.Errorf("%s: %w", s.name, err)
		}
		total += time.Duration(t.Nano())
	}
	return total, nil
}

// resident is the memory of the server, in KiB.
func (s *server) resident() (kib int) {
	for _, pid := range s.processes() {
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		_, line, _ := strings.Cut(string(text), "VmRSS:")
		var n int
		fmt.Sscan(line, &n)
		kib += n
	}
	return kib
}

// freePort is a port of the loopback address that was free a moment ago.
func freePort() (string, error) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
