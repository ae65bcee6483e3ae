//go:build unix

package clients

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// timeout bounds each command. The slowest takes a few seconds alone.
const timeout = 20 * time.Second

// environ is all that a client sees of the environment: no proxies, no
// settings of the user.
func environ(home string) []string {
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "LC_ALL=C.UTF-8", "TZ=UTC"}
}

// try runs a command in dir to its end, with env added to the environment.
func try(dir string, env []string, name string, args ...string) (stdout, stderr string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = append(environ(dir), env...)
	// The helpers that git and apt start end with them.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		err = fmt.Errorf("not done after %v", timeout)
	}
	return out.String(), errs.String(), err
}

// run runs a command in dir, fails the test unless it ends with 0, and
// returns its standard output.
func run(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	stdout, stderr, err := try(dir, nil, name, args...)
	if err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, tail(stdout), tail(stderr))
	}
	return stdout
}

// tail is the last lines of an output. Those that show progress end in CR.
func tail(s string) string {
	lines := strings.FieldsFunc(s, func(r rune) bool { return r == '\r' || r == '\n' })
	lines = lines[max(0, len(lines)-10):]
	return strings.Join(lines, "\n") + "\n"
}

// wantContent compares a file with what it should hold.
func wantContent(t *testing.T, file string, want []byte) {
	t.Helper()
	got, err := os.ReadFile(file)
	if err != nil {
		t.Error(err)
		return
	}
	if sha256.Sum256(got) != sha256.Sum256(want) {
		t.Errorf("%s: %d bytes with SHA-256 %x, want %d bytes with %x",
			filepath.Base(file), len(got), sha256.Sum256(got), len(want), sha256.Sum256(want))
	}
}

// wantTree compares the files of a folder, names and content, with those of
// the served one.
func wantTree(t *testing.T, dir, served string) {
	t.Helper()
	got, want := hashes(t, dir), hashes(t, filepath.Join(root, served))
	for name, sum := range want {
		if got[name] != sum {
			t.Errorf("%q has SHA-256 %q, want %q", name, got[name], sum)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%q is there and should not be", name)
		}
	}
}

// hashes is the SHA-256 of each file below dir by its name relative to dir.
func hashes(t *testing.T, dir string) map[string]string {
	t.Helper()
	sums := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		sums[name] = fmt.Sprintf("%x", sha256.Sum256(b))
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return sums
}
