package main

import (
	"os/exec"
	"strings"
	"testing"
)

// As process 1 of a container the server waits for what scripts leave behind.
//
// departs: G-9
func TestProcess1LeavesNoZombies(t *testing.T) {
	unshare := []string{"unshare", "--fork", "--pid", "--mount-proc", "--kill-child"}
	if out, err := exec.Command(unshare[0], append(unshare[1:], "true")...).CombinedOutput(); err != nil {
		t.Skipf("no process namespace can be made here, which takes root or user namespaces: %v: %s", err, out)
	}
	dir := scripts(t, map[string]string{
		// What is left in the group of the script is killed with it, what
		// has left the group ends later.
		"leave": "sleep 1000 >/dev/null 2>&1 &\nsetsid sleep 0.05 </dev/null >/dev/null 2>&1 &\nprintf '\\n'\nexit 3\n",
		"state": "printf '\\n'\ncat /proc/[0-9]*/stat 2>/dev/null\n",
	})
	cmd := command("-b", "127.0.0.1", "-d", dir, "--cgi", "0")
	cmd.Path, _ = exec.LookPath(unshare[0])
	cmd.Args = append(unshare, cmd.Args...)
	p := startedAs(t, cmd)
	for range 5 {
		p.ask("GET /cgi-bin/leave HTTP/1.0\r\n\r\n")
	}
	var state string
	eventually(t, "the end of all zombies", func() bool {
		state = p.ask("GET /cgi-bin/state HTTP/1.0\r\n\r\n")
		return strings.Contains(state, "\n1 (") && !strings.Contains(state, ") Z ") && !strings.Contains(state, "(sleep)")
	})
	if n := strings.Count(p.stderr.String(), "CGI script exit code 3\n"); n != 5 {
		t.Errorf("%d of 5 exit codes are in the log:\n%s", n, p.stderr)
	}
}
