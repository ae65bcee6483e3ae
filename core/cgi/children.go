//go:build unix || windows

package cgi

import (
	"os/exec"
	"sync"
)

// children are the scripts of this program that run or are not waited for yet:
// their exit codes belong to those who have started them (see ReapOrphans).
var children family

// family is a set of processes. The zero value is empty.
type family struct {
	// starting is held for reading while a process is started, so that whoever
	// holds it for writing sees none that is not in pids yet.
	starting sync.RWMutex
	mu       sync.Mutex
	pids     map[int]bool
}

func (f *family) start(cmd *exec.Cmd) error {
	f.starting.RLock()
	defer f.starting.RUnlock()
	if err := cmd.Start(); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.pids == nil {
		f.pids = make(map[int]bool)
	}
	f.pids[cmd.Process.Pid] = true
	return nil
}

// ended is called when the process was waited for.
func (f *family) ended(cmd *exec.Cmd) {
	f.mu.Lock()
	delete(f.pids, cmd.Process.Pid)
	f.mu.Unlock()
}
