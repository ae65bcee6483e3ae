package cgi

import (
	"context"
	"os"
	"os/signal"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// ReapOrphans waits for processes that scripts have left behind and that have
// ended, until ctx is done. It is for a program that is process 1, as in a
// container without an init: orphans become its children, and each that it does
// not wait for stays in the process table for good. In any other program they
// go to the system's process 1 (or to a nearer PR_SET_CHILD_SUBREAPER, which
// this package does not ask to be), and ReapOrphans returns at once.
//
// It waits for every child but scripts that run: a program that is process 1
// and starts other processes must not call it, or their exit codes are lost.
func ReapOrphans(ctx context.Context) {
	if os.Getpid() == 1 {
		reapOrphans(ctx, &children)
	}
}

func reapOrphans(ctx context.Context, ours *family) {
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, unix.SIGCHLD)
	defer signal.Stop(ended)
	for {
		var again <-chan time.Time
		if !reap(ours) {
			again = time.After(retryReap)
		}
		select {
		case <-ended:
		case <-again:
		case <-ctx.Done():
			return
		}
	}
}

// retryReap is how long reaping waits for whoever is to wait for a script that
// has ended: until then the kernel shows no other.
const retryReap = 10 * time.Millisecond

// reap waits for all orphans that have ended. It reports whether there is
// nothing more to wait for now, and false if a script stands before it.
//
// WNOWAIT looks without taking. Between the look and the waiting no process is
// started, so a number that is not ours cannot become ours.
func reap(ours *family) bool {
	ours.starting.Lock()
	defer ours.starting.Unlock()
	for {
		var info unix.Siginfo
		err := unix.Waitid(unix.P_ALL, 0, &info, unix.WEXITED|unix.WNOWAIT|unix.WNOHANG, nil)
		pid := pidOf(&info)
		switch {
		case err == unix.EINTR:
			continue
		case err != nil || pid == 0:
			return true
		case ours.has(pid):
			return false
		}
		unix.Wait4(pid, nil, unix.WNOHANG, nil)
	}
}

func (f *family) has(pid int) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.pids[pid]
}

// pidOf is si_pid: the first number behind the three at the start, where a
// pointer could stand.
func pidOf(info *unix.Siginfo) int {
	const align = unsafe.Sizeof(uintptr(0))
	const at = (3*4 + align - 1) &^ (align - 1)
	return int(*(*int32)(unsafe.Add(unsafe.Pointer(info), at)))
}
