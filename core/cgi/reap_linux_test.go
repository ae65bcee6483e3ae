package cgi

import (
	"context"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// Orphans are waited for, and the exit codes of scripts are not taken from
// those who wait for them. This process is a subreaper for the test, so that
// it gets orphans as process 1 does.
func TestReapOrphans(t *testing.T) {
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		t.Skip("cannot become a subreaper: ", err)
	}
	defer unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
	ctx, cancel := context.WithCancel(context.Background())
	var reaper sync.WaitGroup
	reaper.Go(func() { reapOrphans(ctx, &children) })
	defer reaper.Wait()
	defer cancel()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 25 {
				p, err := processes{}.Start(&Command{
					Path: "/bin/sh", Args: []string{"sh", "-c", "(setsid sleep 0.01 </dev/null >/dev/null 2>&1 &); exit 3"},
					Env: []string{"PATH=/usr/bin:/bin"}, Stderr: func(string) {},
				})
				if err != nil {
					t.Error(err)
					return
				}
				if code, err := p.Wait(); code != 3 || err != nil {
					t.Errorf("got %d, %v, want exit code 3", code, err)
				}
				p.Stdin().Close()
				p.Stdout().Close()
			}
		})
	}
	all.Wait()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if unix.Waitid(unix.P_ALL, 0, nil, unix.WEXITED|unix.WNOWAIT|unix.WNOHANG, nil) == unix.ECHILD {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("there are still children")
		}
	}
	if len(children.pids) != 0 {
		t.Errorf("%d scripts are still known", len(children.pids))
	}
}
