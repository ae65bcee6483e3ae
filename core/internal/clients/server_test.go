//go:build unix

package clients

import (
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"vitrine/core/internal/servetest"
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
	*servetest.Process
}

// persistent reports whether connections are reused.
func (s *server) persistent() bool { return s.profile != "HTTP/1.0" }

// startServer starts serve on root. dir keeps its certificate.
func startServer(program, dir string, p profile) (*server, error) {
	process, err := servetest.Start(exec.Command(program, servetest.Args(root, p.flags...)...))
	if err != nil {
		return nil, err
	}
	s := &server{profile: p.name, host: process.Addr, Process: process}
	s.url = "http://" + s.host
	if p.name == "TLS" {
		s.url = "https://" + s.host
		s.ca = filepath.Join(dir, "certificate.pem")
		if err := s.saveCertificate(); err != nil {
			s.Kill()
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
		for _, line := range s.Lines() {
			if strings.Contains(strings.ToLower(strings.ReplaceAll(line, ":", "")), want) {
				return true
			}
		}
		return false
	}
	if !eventually(printed) {
		return fmt.Errorf("the certificate's fingerprint %s is not in %q", want, s.Lines())
	}
	return os.WriteFile(s.ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}), 0o644)
}

// wantLogged fails the test unless n lines or more of the log contain text.
// A line may come after the response it is about.
func (s *server) wantLogged(t *testing.T, n int, text string) {
	t.Helper()
	if !eventually(func() bool { return s.Logged(text) >= n }) {
		t.Errorf("%d lines of the server's log contain %q, want %d or more", s.Logged(text), text, n)
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
	s.Cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.LogEnd:
	case <-time.After(15 * time.Second):
		s.Kill()
		return errors.New("it still runs 15 s after SIGTERM")
	}
	if err := s.Cmd.Wait(); err != nil {
		return err
	}
	if s.Logged("panic") > 0 || s.Logged("goroutine ") > 0 {
		return errors.New(strings.Join(s.Lines(), "\n"))
	}
	return nil
}
