//go:build unix

package clients

import (
	"bufio"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// profile is a way to start serve.
type profile struct {
	name  string
	flags []string
}

var profiles = []profile{
	{"HTTP/1.0", nil}, // the default
	{"HTTP/1.1", []string{"--protocol", "HTTP/1.1"}},
	{"TLS", []string{"--protocol", "HTTP/1.1", "--tls-self-signed"}},
}

// server is a serve process on a free port of the loopback.
type server struct {
	profile string
	host    string // host:port
	url     string // http or https, no slash at the end
	ca      string // file with the certificate to pin; "" without TLS
	cmd     *exec.Cmd

	mu     sync.Mutex
	log    []string      // lines of standard error
	logEnd chan struct{} // closed when there are no more
}

// persistent reports whether connections are reused.
func (s *server) persistent() bool { return s.profile != "HTTP/1.0" }

// startServer starts serve on root. dir keeps its certificate.
func startServer(program, dir string, p profile) (*server, error) {
	args := append([]string{"--bind", "127.0.0.1", "--directory", root, "0"}, p.flags...)
	s := &server{profile: p.name, cmd: exec.Command(program, args...), logEnd: make(chan struct{})}
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	stderr, err := s.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	go s.readLog(stderr)
	line, err := bufio.NewReader(stdout).ReadString('\n')
	_, rest, ok := strings.Cut(line, " port ")
	port, _, _ := strings.Cut(rest, " ")
	if err != nil || !ok {
		s.kill()
		return nil, fmt.Errorf("it said %q and %q, then %v", line, s.lines(), err)
	}
	s.host = net.JoinHostPort("127.0.0.1", port)
	s.url = "http://" + s.host
	if p.name == "TLS" {
		s.url = "https://" + s.host
		s.ca = filepath.Join(dir, "certificate.pem")
		if err := s.saveCertificate(); err != nil {
			s.kill()
			return nil, err
		}
	}
	return s, nil
}

// saveCertificate writes the certificate that the server shows to s.ca, if it
// has the fingerprint that the server printed.
func (s *server) saveCertificate() error {
	conn, err := tls.Dial("tcp", s.host, &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		return err
	}
	defer conn.Close()
	cert := conn.ConnectionState().PeerCertificates[0].Raw
	sum := sha256.Sum256(cert)
	want := hex.EncodeToString(sum[:])
	printed := func() bool {
		for _, line := range s.lines() {
			if strings.Contains(strings.ToLower(strings.ReplaceAll(line, ":", "")), want) {
				return true
			}
		}
		return false
	}
	if !eventually(printed) {
		return fmt.Errorf("the certificate's fingerprint %s is not in %q", want, s.lines())
	}
	return os.WriteFile(s.ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}), 0o644)
}

func (s *server) readLog(r io.Reader) {
	defer close(s.logEnd)
	scan := bufio.NewScanner(r)
	for scan.Scan() {
		s.mu.Lock()
		s.log = append(s.log, scan.Text())
		s.mu.Unlock()
	}
}

func (s *server) lines() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.log...)
}

// logged counts the lines of the log so far that contain text.
func (s *server) logged(text string) int {
	n := 0
	for _, line := range s.lines() {
		if strings.Contains(line, text) {
			n++
		}
	}
	return n
}

// wantLogged fails the test unless n lines or more of the log contain text.
// A line may come after the response it is about.
func (s *server) wantLogged(t *testing.T, n int, text string) {
	t.Helper()
	if !eventually(func() bool { return s.logged(text) >= n }) {
		t.Errorf("%d lines of the server's log contain %q, want %d or more", s.logged(text), text, n)
	}
}

func eventually(cond func() bool) bool {
	for deadline := time.Now().Add(5 * time.Second); !cond(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			return false
		}
	}
	return true
}

// stop ends the server as a service manager does. After all the clients it
// still has to end by itself, with exit code 0.
func (s *server) stop() error {
	s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.logEnd:
	case <-time.After(15 * time.Second):
		s.kill()
		return errors.New("it still runs 15 s after SIGTERM")
	}
	if err := s.cmd.Wait(); err != nil {
		return err
	}
	if s.logged("panic") > 0 || s.logged("goroutine ") > 0 {
		return errors.New(strings.Join(s.lines(), "\n"))
	}
	return nil
}

func (s *server) kill() {
	s.cmd.Process.Kill()
	<-s.logEnd
	s.cmd.Wait()
}
