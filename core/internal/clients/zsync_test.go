//go:build unix

package clients

import (
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// TestZsync brings an older file up to date: zsync fetches the blocks that
// changed, by one range or by several in one request.
func TestZsync(t *testing.T) {
	c := client{name: "zsync", needs: []string{"zsync", "zsyncmake"}, noTLS: true}
	if c.runs() {
		run(t, root, "zsyncmake", "-u", "/medium.bin", "-o", filepath.Join(root, "medium.zsync"), filepath.Join(root, "medium.bin"))
	}
	fetched := regexp.MustCompile(`fetched (\d+)`)
	const change = 5000 // bytes; they touch three or four blocks of 2,048
	c.eachProfile(t, func(t *testing.T, s *server) {
		for _, tc := range []struct {
			name    string
			changes []int // where
		}{
			{"one range", []int{1_000_000}},
			{"four ranges", []int{100_000, 1_000_000, 1_500_000, 3_000_000}},
		} {
			t.Run(tc.name, func(t *testing.T) {
				dir := t.TempDir()
				old := append([]byte(nil), medium...)
				for _, at := range tc.changes {
					copy(old[at:], noise(4, change))
				}
				writeFile(t, dir, "seed", old)
				out := run(t, dir, "zsync", "-i", "seed", "-o", "got", s.url+"/medium.zsync")
				wantContent(t, filepath.Join(dir, "got"), medium)
				m := fetched.FindStringSubmatch(out)
				if m == nil {
					t.Fatalf("zsync does not say what it fetched: %q", tail(out))
				}
				low, high := change*len(tc.changes), 3*change*len(tc.changes)
				if n, err := strconv.Atoi(m[1]); err != nil || n < low || n > high {
					t.Errorf("fetched %s bytes, want %d to %d", m[1], low, high)
				}
			})
		}
	})
}
