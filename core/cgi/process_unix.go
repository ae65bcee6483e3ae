//go:build unix

package cgi

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

// HaveFork says whether the host runs any executable file as a script
// (http.server's have_fork).
const HaveFork = true

// interpreter is not needed: a script names its own in its first line.
const interpreter = ""

// setApart gives the process a group of its own, so that all of it can be
// ended at once, and takes the privileges of root from it.
//
// Differs from http.server (G-15, X-6), which changes the user alone and goes
// on with the server's groups, and as root if changing fails: here the script
// does not run then.
func setApart(cmd *exec.Cmd) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if os.Geteuid() == 0 {
		cmd.SysProcAttr.Credential = nobody()
	}
	return nil
}

// nobody is the user and group scripts run as; no other group is kept.
var nobody = sync.OnceValue(func() *syscall.Credential {
	const overflow = 65534 // what Linux shows for ids it cannot map
	c := &syscall.Credential{Uid: overflow, Gid: overflow}
	if u, err := user.Lookup("nobody"); err == nil {
		if uid, err := strconv.ParseUint(u.Uid, 10, 32); err == nil && uid != 0 {
			c.Uid = uint32(uid)
		}
		if gid, err := strconv.ParseUint(u.Gid, 10, 32); err == nil && gid != 0 {
			c.Gid = uint32(gid)
		}
	}
	return c
})

func killGroup(p *os.Process) { syscall.Kill(-p.Pid, syscall.SIGKILL) }

// exitCode is the code, or the number of the signal below zero, as Python has
// it (G-19).
func exitCode(s *os.ProcessState) int {
	if status, ok := s.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return -int(status.Signal())
	}
	return s.ExitCode()
}

// IsExecutable reports whether this process may run the file (G-8).
func IsExecutable(path string) bool { return unix.Access(path, unix.X_OK) == nil }
