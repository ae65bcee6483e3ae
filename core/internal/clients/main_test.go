//go:build unix

package clients

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"vitrine/core/internal/servetest"
)

// mode is "" (no test runs), "present" or "required".
var mode = os.Getenv("VITRINE_CLIENTS")

// root is the folder that is served, servers has one server of each profile.
var (
	root    string
	servers []*server
)

func TestMain(m *testing.M) {
	if mode == "" {
		os.Exit(m.Run())
	}
	os.Exit(withServers(m))
}

func withServers(m *testing.M) int {
	dir, err := os.MkdirTemp("", "clients")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer os.RemoveAll(dir)
	root = filepath.Join(dir, "root")
	program, err := servetest.Build(dir)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	if err := writeTree(root); err != nil {
		fmt.Println(err)
		return 1
	}
	for _, p := range profiles {
		s, err := startServer(program, dir, p)
		if err != nil {
			fmt.Printf("serve %s: %v\n", strings.Join(p.flags, " "), err)
			return 1
		}
		defer s.Kill()
		servers = append(servers, s)
	}
	code := m.Run()
	for _, s := range servers {
		if err := s.stop(); err != nil {
			fmt.Printf("serve in profile %s did not end well: %v\n", s.profile, err)
			code = 1
		}
	}
	results.print()
	return code
}

// client is one program under test.
type client struct {
	name  string
	needs []string // programs, all on PATH
	noTLS bool     // it has no TLS
}

// missing says which of the programs is not there, "" if none.
func (c *client) missing() string {
	for _, program := range c.needs {
		if _, err := exec.LookPath(program); errors.Is(err, exec.ErrNotFound) {
			return program
		}
	}
	return ""
}

// runs reports whether the client is tested in this run.
func (c *client) runs() bool { return mode != "" && c.missing() == "" }

// eachProfile runs f as a subtest against each server. f gets a scratch
// directory of its own by t.TempDir.
func (c *client) eachProfile(t *testing.T, f func(t *testing.T, s *server)) {
	if mode == "" {
		t.Skip("VITRINE_CLIENTS is not set; see make test-clients")
	}
	if program := c.missing(); program != "" {
		c.skip(t, program+" is not installed")
		return
	}
	t.Parallel()
	for _, s := range servers {
		if c.noTLS && s.ca != "" {
			results.set(c.name, s.profile, "has no TLS")
			continue
		}
		t.Run(s.profile, func(t *testing.T) {
			t.Parallel()
			t.Cleanup(func() {
				result := "ok"
				if t.Failed() {
					result = "FAILED"
				}
				results.set(c.name, s.profile, result)
			})
			f(t, s)
		})
	}
}

// skip leaves a client out that cannot run here, or fails where all clients
// are required.
func (c *client) skip(t *testing.T, why string) {
	for _, s := range servers {
		results.set(c.name, s.profile, "missing")
	}
	results.lack(c.name)
	if mode == "required" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// report is what the run ends with: a row for each client, and the missing
// ones in the last line.
type report struct {
	mu     sync.Mutex
	rows   map[string]map[string]string // client, profile: result
	lacked []string
}

var results = report{rows: map[string]map[string]string{}}

func (r *report) set(client, profile, result string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.rows[client] == nil {
		r.rows[client] = map[string]string{}
	}
	r.rows[client][profile] = result
}

func (r *report) lack(client string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lacked = append(r.lacked, client)
}

func (r *report) print() {
	r.mu.Lock()
	defer r.mu.Unlock()
	names := make([]string, 0, len(r.rows))
	for name := range r.rows {
		names = append(names, name)
	}
	slices.Sort(names)
	const row = "%-10s %-12s %-12s %s\n"
	fmt.Printf(row, "client", profiles[0].name, profiles[1].name, profiles[2].name)
	for _, name := range names {
		of := r.rows[name]
		fmt.Printf(row, name, of[profiles[0].name], of[profiles[1].name], of[profiles[2].name])
	}
	slices.Sort(r.lacked)
	if len(r.lacked) == 0 {
		fmt.Println("Clients missing here: none.")
		return
	}
	fmt.Printf("Clients missing here: %s.\n", strings.Join(r.lacked, ", "))
}
