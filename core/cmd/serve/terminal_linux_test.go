package main

import (
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// terminal returns the two ends of a pseudo-terminal: ours, and the one that
// a program takes for a terminal.
func terminal(t *testing.T) (ours, theirs *os.File) {
	t.Helper()
	ours, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo-terminals on this computer:", err)
	}
	t.Cleanup(func() { ours.Close() })
	if err := unix.IoctlSetPointerInt(int(ours.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Skip("no pseudo-terminals on this computer:", err)
	}
	n, err := unix.IoctlGetInt(int(ours.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err = os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo-terminals on this computer:", err)
	}
	t.Cleanup(func() { theirs.Close() })
	return ours, theirs
}

// On a terminal, and only there, it says that others can read the folder.
func TestWarningOnTerminal(t *testing.T) {
	const warning = "serve --bind 127.0.0.1"
	for bind, warns := range map[string]bool{"0.0.0.0": true, "127.0.0.1": false} {
		ours, theirs := terminal(t)
		cmd := command("-b", bind, "-d", tree(t, nil), "0")
		cmd.Stderr = theirs
		p := startedAs(t, cmd)
		p.ask("GET /end HTTP/1.0\r\n\r\n") // its line in the log comes after a warning
		var got strings.Builder
		b := make([]byte, 1)
		for !strings.Contains(got.String(), `"GET /end HTTP/1.0" 404 -`) {
			if _, err := ours.Read(b); err != nil {
				t.Fatalf("after %q: %v", got.String(), err)
			}
			got.Write(b)
		}
		if strings.Contains(got.String(), warning) != warns {
			t.Errorf("bound to %s it says %q", bind, got.String())
		}
		p.signal(syscall.SIGTERM)
		p.wait()
	}
	p := started(t, "-b", "0.0.0.0", "-d", tree(t, nil), "0")
	p.signal(syscall.SIGTERM)
	p.wait()
	if p.stderr.String() != "" {
		t.Errorf("without a terminal it says %q", p.stderr)
	}
}

// The password of a key is asked for on the terminal, and not shown (TLS-4).
// spec: TLS-4
func TestPasswordIsAskedFor(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("no openssl on this computer")
	}
	dir := tree(t, nil)
	openssl(t, dir, "req", "-x509", "-days", "2", "-subj", "/CN=localhost", "-newkey", "rsa:2048",
		"-passout", "pass:sesam", "-keyout", "key.pem", "-out", "cert.pem")
	ours, theirs := terminal(t)
	cmd := command("-b", "127.0.0.1", "-d", dir, "--tls-cert", dir+"/cert.pem", "--tls-key", dir+"/key.pem", "0")
	cmd.Stdin, cmd.Stderr = theirs, theirs
	go func() {
		var got strings.Builder
		b := make([]byte, 1)
		for !strings.HasSuffix(got.String(), "Password of the private key: ") {
			if _, err := ours.Read(b); err != nil {
				return
			}
			got.Write(b)
		}
		io.WriteString(ours, "sesam\n")
		io.Copy(io.Discard, ours)
	}()
	if p := startedAs(t, cmd); !strings.HasPrefix(p.first, "Serving HTTPS on ") {
		t.Errorf("it says %q", p.first)
	}
}
