//go:build unix

package clients

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// packages are what the repository holds: several, so that apt pipelines its
// requests.
const packages = 6

// TestApt updates from a flat repository twice and downloads its packages,
// with a configuration and directories apart from those of the system.
func TestApt(t *testing.T) {
	c := client{name: "apt", needs: []string{"apt-get", "dpkg-deb"}}
	if c.runs() {
		makeDebs(t)
	}
	c.eachProfile(t, func(t *testing.T, s *server) {
		dir := t.TempDir()
		apt := aptConfig(t, s, dir)
		if out := apt("update"); strings.Contains(out, "Hit:") || !strings.Contains(out, "Get:") {
			t.Errorf("the first update fetched nothing: %q", out)
		}
		if out := apt("update"); !strings.Contains(out, "Hit:") {
			t.Errorf("the second update fetched all again: %q", out)
		}
		download := []string{"download"}
		for i := range packages {
			download = append(download, debName(i))
		}
		apt(download...)
		for i := range packages {
			want, err := os.ReadFile(filepath.Join(root, "apt", debFile(i)))
			if err != nil {
				t.Fatal(err)
			}
			wantContent(t, filepath.Join(dir, debFile(i)), want)
		}
	})
}

// aptConfig writes a configuration for the repository of s below dir, and
// returns a function that runs apt-get with it.
func aptConfig(t *testing.T, s *server, dir string) (apt func(args ...string) string) {
	for _, sub := range []string{"etc/apt/apt.conf.d", "etc/apt/preferences.d", "var/lib/apt/lists/partial", "var/cache/apt/archives/partial"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	writeFile(t, dir, "etc/apt/sources.list", fmt.Appendf(nil, "deb [trusted=yes] %s/apt ./\n", s.url))
	writeFile(t, dir, "status", nil)
	config := fmt.Sprintf(`Dir "%s/";
Dir::State::status "%[1]s/status";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "0";
`, dir)
	if s.ca != "" {
		config += fmt.Sprintf("Acquire::https::CAInfo %q;\n", s.ca)
	}
	file := writeFile(t, dir, "apt.conf", []byte(config))
	return func(args ...string) string {
		t.Helper()
		stdout, stderr, err := try(dir, []string{"APT_CONFIG=" + file}, "apt-get", args...)
		// apt-get update ends with 0 after a failed fetch, too.
		if err != nil || strings.Contains(stderr, "W:") || strings.Contains(stdout, "Err:") {
			t.Fatalf("apt-get %s: %v\n%s%s", strings.Join(args, " "), err, tail(stdout), tail(stderr))
		}
		return stdout
	}
}

func debName(i int) string { return fmt.Sprint("probe", i) }
func debFile(i int) string { return debName(i) + "_1.0_all.deb" }

// makeDebs writes the repository apt: packages, their index and its Release.
func makeDebs(t *testing.T) {
	repo := filepath.Join(root, "apt")
	if err := os.Mkdir(repo, 0o755); err != nil {
		t.Fatal(err)
	}
	var index strings.Builder
	for i := range packages {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, "DEBIAN"), 0o755); err != nil {
			t.Fatal(err)
		}
		control := fmt.Sprintf("Package: %s\nVersion: 1.0\nArchitecture: all\nMaintainer: A <a@example.org>\nDescription: a probe\n", debName(i))
		writeFile(t, dir, "DEBIAN/control", []byte(control))
		writeFile(t, dir, "data", noise(byte(10+i), 50_000))
		file := filepath.Join(repo, debFile(i))
		run(t, dir, "dpkg-deb", "--root-owner-group", "-Znone", "--build", ".", file)
		deb, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&index, "%sFilename: ./%s\nSize: %d\nSHA256: %x\n\n", control, debFile(i), len(deb), sha256.Sum256(deb))
	}
	writeFile(t, repo, "Packages", []byte(index.String()))
	writeFile(t, repo, "Release", fmt.Appendf(nil, "Date: Tue, 14 Nov 2023 22:13:20 UTC\nSHA256:\n %x %d Packages\n",
		sha256.Sum256([]byte(index.String())), index.Len()))
}
