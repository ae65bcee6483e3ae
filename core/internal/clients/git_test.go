//go:build unix

package clients

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// TestGit clones over the dumb protocol: a repository is files, some of its
// objects in a pack and some loose.
func TestGit(t *testing.T) {
	c := client{name: "git", needs: []string{"git"}}
	if c.runs() {
		makeRepository(t)
	}
	c.eachProfile(t, func(t *testing.T, s *server) {
		dir := t.TempDir()
		config := "http.proxy="
		if s.ca != "" {
			config = "http.sslCAInfo=" + s.ca
		}
		run(t, dir, "git", "-c", config, "clone", "--quiet", s.url+"/repo.git", "clone")
		clone := filepath.Join(dir, "clone")
		run(t, clone, "git", "fsck", "--full", "--strict")
		got := run(t, clone, "git", "rev-parse", "HEAD", "HEAD^{tree}")
		if want := run(t, filepath.Join(root, "repo.git"), "git", "rev-parse", "HEAD", "HEAD^{tree}"); got != want {
			t.Errorf("cloned %q, want %q", got, want)
		}
		if n := strings.TrimSpace(run(t, clone, "git", "rev-list", "--count", "HEAD")); n != "12" {
			t.Errorf("%s commits, want 12", n)
		}
		wantContent(t, filepath.Join(clone, "file.txt"), []byte("version 12\n"))
	})
}

// makeRepository writes repo.git: ten commits in a pack, two loose.
func makeRepository(t *testing.T) {
	work := t.TempDir()
	bare := filepath.Join(root, "repo.git")
	git := func(args ...string) {
		t.Helper()
		run(t, work, "git", append([]string{"-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "gc.auto=0"}, args...)...)
	}
	commit := func(i int) {
		writeFile(t, work, "file.txt", fmt.Appendf(nil, "version %d\n", i))
		git("add", "file.txt")
		git("commit", "--quiet", "--message", fmt.Sprint("commit ", i))
	}
	git("init", "--quiet", "--initial-branch=main")
	for i := range 10 {
		commit(i + 1)
	}
	git("repack", "-a", "-d", "--quiet")
	commit(11)
	commit(12)
	// A local clone takes the objects as they are.
	git("clone", "--quiet", "--bare", "--local", ".", bare)
	git("--git-dir="+bare, "update-server-info")
	packs, _ := filepath.Glob(filepath.Join(bare, "objects/pack/*.pack"))
	loose, _ := filepath.Glob(filepath.Join(bare, "objects/??/*"))
	if len(packs) != 1 || len(loose) != 6 {
		t.Fatalf("%d packs and %d loose objects, want 1 and 6", len(packs), len(loose))
	}
}
