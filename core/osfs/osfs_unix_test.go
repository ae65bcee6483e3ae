//go:build unix

package osfs_test

import (
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"vitrine/core/osfs"
)

// spec: P-10
func TestNamesOfBytes(t *testing.T) {
	dir := t.TempDir()
	names := []string{"\xff", "caf\xe9", "a\nb", "\\", "%41", " ", "\U0001f980", "a:b", "x\xed\xa0\x80"}
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o644); err != nil {
			t.Skipf("this file system does not take %q: %v", name, err)
		}
	}
	for _, links := range []osfs.Links{osfs.Follow, osfs.Inside} {
		f := open(t, dir, links)
		entries, err := f.ReadDir(".")
		if err != nil || len(entries) != len(names) {
			t.Fatalf("ReadDir: %d entries, %v", len(entries), err)
		}
		for _, e := range entries {
			file, err := f.Open(e.Name())
			if err != nil {
				t.Error(err)
				continue
			}
			if b, err := io.ReadAll(file); string(b) != e.Name() || err != nil {
				t.Errorf("%q has %q, %v", e.Name(), b, err)
			}
			file.Close()
		}
	}
}

// departs: F-3
func TestOnlyFilesAndDirectories(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o644); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", filepath.Join(dir, "socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := os.Symlink("/dev/null", filepath.Join(dir, "device")); err != nil {
		t.Fatal(err)
	}
	f := open(t, dir, osfs.Follow)
	for _, name := range []string{"fifo", "socket", "device"} {
		if _, err := f.Open(name); !errors.Is(err, osfs.ErrNotServable) {
			t.Errorf("Open(%s): %v, want ErrNotServable", name, err)
		}
		if info, err := f.Stat(name); err != nil || info.Mode().IsRegular() || info.IsDir() {
			t.Errorf("Stat(%s): %v", name, err)
		}
	}
	inside := open(t, dir, osfs.Inside)
	for _, name := range []string{"fifo", "socket", "device"} {
		if _, err := inside.Open(name); err == nil {
			t.Errorf("inside: %s could be opened", name)
		}
	}
}

// spec: P-13
// departs: P-13
func TestLinkPolicies(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	dir := tree(t)
	for link, to := range map[string]string{
		"in": "a.txt", "in-dir": "sub", "sub/up": "../a.txt",
		"out": filepath.Join(outside, "secret"), "out-dir": outside, "dots": "../" + filepath.Base(outside),
		"absolute": filepath.Join(dir, "a.txt"), "broken": "nothing", "loop": "loop",
	} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name           string
		follow, inside error // nil means it opens
	}{
		{"in", nil, nil},
		{"in-dir/b.txt", nil, nil},
		{"sub/up", nil, nil},
		{"out", nil, osfs.ErrLeaves},
		{"out-dir", nil, osfs.ErrLeaves},
		{"out-dir/secret", nil, osfs.ErrLeaves},
		{"dots/secret", nil, osfs.ErrLeaves},
		{"absolute", nil, osfs.ErrLeaves},
		{"broken", fs.ErrNotExist, fs.ErrNotExist},
		{"loop", syscall.ELOOP, syscall.ELOOP},
	}
	follow, inside := open(t, dir, osfs.Follow), open(t, dir, osfs.Inside)
	for _, tc := range tests {
		for _, p := range []struct {
			f    *osfs.Folder
			want error
		}{{follow, tc.follow}, {inside, tc.inside}} {
			file, err := p.f.Open(tc.name)
			if err == nil {
				file.Close()
			}
			if !errors.Is(err, p.want) {
				t.Errorf("Open(%s): %v, want %v", tc.name, err, p.want)
			}
			if _, err := p.f.Stat(tc.name); !errors.Is(err, p.want) {
				t.Errorf("Stat(%s): %v, want %v", tc.name, err, p.want)
			}
		}
	}
	if !errors.Is(osfs.ErrLeaves, fs.ErrPermission) {
		t.Error("ErrLeaves is no fs.ErrPermission")
	}
}

// The folder is the one that was opened, whatever its name becomes.
func TestFolderIsOpenedOnce(t *testing.T) {
	for _, links := range []osfs.Links{osfs.Follow, osfs.Inside} {
		dir := filepath.Join(t.TempDir(), "old")
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "a"), []byte("first"), 0o644); err != nil {
			t.Fatal(err)
		}
		f := open(t, dir, links)
		if err := os.Rename(dir, dir+"er"); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "a"), []byte("second"), 0o644); err != nil {
			t.Fatal(err)
		}
		if b, err := fs.ReadFile(f, "a"); string(b) != "first" || err != nil {
			t.Errorf("got %q, %v, want the file of the folder that was opened", b, err)
		}
	}
}

// A file stays what it was when it was opened.
func TestStatDoesNotAskAgain(t *testing.T) {
	dir := tree(t)
	file, err := open(t, dir, osfs.Follow).Open("a.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := os.Truncate(filepath.Join(dir, "a.txt"), 2); err != nil {
		t.Fatal(err)
	}
	if info, err := file.Stat(); err != nil || info.Size() != 5 {
		t.Errorf("Stat: %v, %v", info, err)
	}
	if n, err := file.(io.ReaderAt).ReadAt(make([]byte, 5), 0); n != 2 || err != io.EOF {
		t.Errorf("ReadAt: %d, %v; want what is there now", n, err)
	}
}

func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a"), []byte("text"), 0o644); err != nil {
		b.Fatal(err)
	}
	for name, fsys := range map[string]fs.FS{"folder": mustOpen(b, dir, osfs.Follow), "inside": mustOpen(b, dir, osfs.Inside), "os.DirFS": os.DirFS(dir)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f, err := fsys.Open("a")
				if err != nil {
					b.Fatal(err)
				}
				f.Stat()
				f.Close()
			}
		})
	}
}

func mustOpen(b *testing.B, dir string, links osfs.Links) *osfs.Folder {
	f, err := osfs.Open(dir, links)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { f.Close() })
	return f
}

// A folder that may not be searched has nothing to serve.
func TestUnsearchableFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		unprivileged(t)
		return
	}
	dir := t.TempDir()
	for _, tc := range []struct {
		mode os.FileMode
		ok   bool
	}{{0, false}, {0o400, false}, {0o100, true}, {0o500, true}} {
		if err := os.Chmod(dir, tc.mode); err != nil {
			t.Fatal(err)
		}
		f, err := osfs.Open(dir, osfs.Follow)
		if (err == nil) != tc.ok || err != nil && !errors.Is(err, fs.ErrPermission) {
			t.Errorf("mode %o: %v", tc.mode, err)
		}
		if err == nil {
			f.Close()
		}
	}
	os.Chmod(dir, 0o700)
}

// unprivileged runs the test again as nobody: root may search everything.
func unprivileged(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	program := dir + "/test"
	text, err := os.ReadFile(os.Args[0])
	if err == nil {
		err = os.WriteFile(program, text, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	temporary := dir + "/tmp"
	os.Mkdir(temporary, 0o777)
	os.Chmod(temporary, 0o777)
	for d := dir; d != "/" && d != os.TempDir(); d = filepath.Dir(d) {
		os.Chmod(d, 0o755)
	}
	cmd := exec.Command(program, "-test.run", "^"+t.Name()+"$")
	cmd.Dir = temporary
	cmd.Env = append(os.Environ(), "TMPDIR="+temporary)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("as nobody: %v\n%s", err, out)
	}
}

// The number of a descriptor that was closed may be that of another file.
func TestFolderIsClosedOnce(t *testing.T) {
	for _, links := range []osfs.Links{osfs.Follow, osfs.Inside} {
		f, err := osfs.Open(t.TempDir(), links)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		other, err := os.Open(os.DevNull)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); links == osfs.Follow && !errors.Is(err, fs.ErrClosed) {
			t.Errorf("closed again: got %v, want %v", err, fs.ErrClosed)
		}
		if err := other.Close(); err != nil {
			t.Errorf("a file that is none of the folder's: %v", err)
		}
	}
}
