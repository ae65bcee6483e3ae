//go:build unix

package server

import "golang.org/x/sys/unix"

// descriptors is how many descriptors the process may have.
func descriptors() (n int, ok bool) {
	var r unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &r) != nil {
		return 0, false
	}
	return int(min(uint64(r.Cur), 1<<30)), true
}
