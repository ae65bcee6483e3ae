package osfs

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestSettled(t *testing.T) {
	now := time.Unix(1000, 500)
	at := func(sec, nsec int64) unix.Timespec { return unix.NsecToTimespec(sec*1e9 + nsec) }
	for _, tc := range []struct {
		name         string
		mtime, ctime unix.Timespec
		want         bool
	}{
		{"long ago", at(10, 0), at(900, 0), true},
		{"two seconds and a bit", at(998, 499), at(998, 499), true},
		{"two seconds", at(998, 500), at(998, 500), false},
		{"changed just now, time set back", at(10, 0), at(999, 0), false},
		{"time in the future", at(2000, 0), at(10, 0), false},
		{"change in the future: the clock was set back", at(10, 0), at(2000, 0), false},
	} {
		s := stamp{mtime: tc.mtime, ctime: tc.ctime}
		if got := s.settled(now); got != tc.want {
			t.Errorf("%s: got %v, want %v", tc.name, got, tc.want)
		}
	}
}

// keeping is a folder with files that have settled, which keeps up to n.
func keeping(t *testing.T, n int, files map[string]int) *Folder {
	t.Helper()
	dir := localDir(t)
	for name, size := range files {
		if err := os.WriteFile(filepath.Join(dir, name), bytes.Repeat([]byte(name[:1]), size), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f, err := Open(dir, Follow)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	f.Keep(n)
	if f.kept == nil {
		t.Fatal("a local file system, and no file is kept")
	}
	time.Sleep(keepSettled + 100*time.Millisecond)
	return f
}

// localDir is a directory on a local file system: where temporary files are, or
// in memory, as in a container whose own file system is not one.
func localDir(t *testing.T) string {
	t.Helper()
	for _, parent := range []string{os.TempDir(), "/dev/shm"} {
		dir, err := os.MkdirTemp(parent, "kept")
		if err != nil {
			continue
		}
		t.Cleanup(func() { os.RemoveAll(dir) })
		f, err := os.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		local := isLocal(int(f.Fd()))
		f.Close()
		if local {
			return dir
		}
	}
	t.Skip("neither temporary files nor /dev/shm are on a local file system")
	return ""
}

// opened opens a file and reports whether it is a kept one.
func opened(t *testing.T, f *Folder, name string) (file *File, kept bool) {
	t.Helper()
	got, err := f.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	file = got.(*File)
	t.Cleanup(func() { file.Close() })
	return file, file.kept != nil
}

func TestKeep(t *testing.T) {
	t.Parallel()
	f := keeping(t, 2, map[string]int{"a": 10, "big": 100_000, "c": 10})
	for i, want := range []bool{false, false, true, true} {
		file, kept := opened(t, f, "a")
		if kept != want {
			t.Errorf("Open number %d: kept is %v, want %v", i+1, kept, want)
		}
		if info, err := file.Stat(); err != nil || info.Size() != 10 || info.Name() != "a" {
			t.Errorf("Open number %d: %v, %v", i+1, info, err)
		}
		if b, err := io.ReadAll(file); string(b) != "aaaaaaaaaa" || err != nil {
			t.Errorf("Open number %d: content %q, %v", i+1, b, err)
		}
	}
	for range 4 {
		opened(t, f, "big")
		opened(t, f, "c")
	}
	big, kept := opened(t, f, "big")
	if !kept {
		t.Error("the second file is not kept")
	}
	if _, kept := opened(t, f, "c"); kept || len(f.kept.files) != 2 {
		t.Errorf("%d files are kept, want 2", len(f.kept.files))
	}
	if err := big.Close(); err != nil {
		t.Error(err)
	}
	if err := big.Close(); err == nil {
		t.Error("a file is closed twice without an error")
	}
}

// A file that is no longer asked for is released, and one that is in use stays
// readable whatever becomes of the folder.
func TestKeptFilesAreReleased(t *testing.T) {
	t.Parallel()
	f := keeping(t, 10, map[string]int{"a": 10, "big": 100_000})
	for range 3 {
		for _, name := range []string{"a", "big"} {
			file, err := f.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			file.Close()
		}
	}
	k := f.kept
	opening, err := f.Open("big")
	if err != nil {
		t.Fatal(err)
	}
	used := opening.(*File)
	k.releaseUnused()
	if opened(t, f, "a"); len(k.files) != 2 {
		t.Errorf("%d files after half the time, want 2", len(k.files))
	}
	k.releaseUnused()
	if len(k.files) != 1 || k.files["a"] == nil {
		t.Errorf("%d files are kept, want the one that was used", len(k.files))
	}
	if b, err := io.ReadAll(used); len(b) != 100_000 || err != nil {
		t.Errorf("a file in use has %d bytes, %v", len(b), err)
	}
	f.Close()
	if b, err := io.ReadAll(io.NewSectionReader(used, 0, 1<<20)); len(b) != 100_000 || err != nil {
		t.Errorf("a file in use has %d bytes once the folder is closed, %v", len(b), err)
	}
	fd := used.Fd()
	used.Close()
	if _, err := unix.FcntlInt(fd, unix.F_GETFD, 0); err == nil {
		t.Error("the file is open, and nothing uses it")
	}
}

func TestNotKept(t *testing.T) {
	t.Parallel()
	f := keeping(t, 10, map[string]int{"old": 1, "future": 1, "hidden": 1})
	if err := os.Chtimes(filepath.Join(f.Dir(), "future"), time.Time{}, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(f.Dir(), "young"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(f.Dir(), "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	hidden, err := os.Open(filepath.Join(f.Dir(), "hidden"))
	if err != nil {
		t.Fatal(err)
	}
	defer hidden.Close()
	if err := f.Hide(hidden); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		for _, name := range []string{"young", "future", "folder"} {
			if _, kept := opened(t, f, name); kept {
				t.Errorf("%s is kept", name)
			}
		}
		if _, err := f.Open("hidden"); err == nil {
			t.Error("a hidden file is opened")
		}
		if _, err := f.Open("missing"); err == nil {
			t.Error("a missing file is opened")
		}
		opened(t, f, "old")
	}
	if len(f.kept.files) != 1 {
		t.Errorf("%d files are kept, want 1", len(f.kept.files))
	}
	for _, dir := range []string{"/proc", "/sys"} {
		if other, err := Open(dir, Follow); err == nil {
			if other.Keep(10); other.kept != nil {
				t.Errorf("files of %s are kept", dir)
			}
			other.Close()
		}
	}
	inside, err := Open(f.Dir(), Inside)
	if err != nil {
		t.Fatal(err)
	}
	defer inside.Close()
	inside.Keep(10)
	for range 4 {
		file, err := inside.Open("old")
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := file.(*File); ok {
			t.Error("a file is opened past os.Root")
		}
		file.Close()
	}
	if f.Keep(0); f.kept != nil {
		t.Error("with 0 files are kept")
	}
}

// A kept file costs no more memory than its handle.
func TestKeptFileAllocatesItsHandle(t *testing.T) {
	f := keeping(t, 10, map[string]int{"a": 10})
	open := func() fs.File {
		file, err := f.Open("a")
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	for range 3 {
		open().Close()
	}
	if n := testing.AllocsPerRun(100, func() { open().Close() }); n > 1 {
		t.Errorf("%v allocations, want 1", n)
	}
}

// Content in memory is what the file has now, and only system calls find out
// that it has less.
func TestMapped(t *testing.T) {
	t.Parallel()
	f := keeping(t, 10, map[string]int{"a": 5000, "big": maxMapping + 1, "empty": 0})
	for range 2 {
		for _, name := range []string{"a", "big", "empty"} {
			if file, _ := opened(t, f, name); file.Mapped(0, 1) != nil {
				t.Errorf("%s is mapped before it is kept", name)
			}
		}
	}
	a, _ := opened(t, f, "a")
	for _, tc := range []struct {
		off, n int64
		want   bool
	}{{0, 5000, true}, {4999, 1, true}, {1000, 10, true}, {0, 0, false}, {0, 5001, false}, {5000, 1, false}, {-1, 2, false}, {1, -1, false}, {1, 1<<63 - 1, false}} {
		if got := a.Mapped(tc.off, tc.n); (got != nil) != tc.want || got != nil && int64(len(got)) != tc.n {
			t.Errorf("%d bytes from %d: %d bytes, want them: %v", tc.n, tc.off, len(got), tc.want)
		}
	}
	for _, name := range []string{"big", "empty"} {
		file, kept := opened(t, f, name)
		if !kept || file.Mapped(0, 1) != nil {
			t.Errorf("%s: kept is %v, and it is mapped", name, kept)
		}
	}
	if n := f.kept.mapped.Load(); n != 5000 {
		t.Errorf("%d bytes are mapped, want 5000", n)
	}

	path := filepath.Join(f.Dir(), "a")
	content := a.Mapped(0, 5000)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	if err := os.WriteFile(path, bytes.Repeat([]byte("b"), 5000), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := unix.Write(int(w.Fd()), content); err != nil {
		t.Fatal(err)
	}
	now := make([]byte, 5000)
	if _, err := io.ReadFull(r, now); err != nil || now[0] != 'b' || now[4999] != 'b' {
		t.Errorf("%q...%q, %v, want what was written", now[0], now[4999], err)
	}
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := unix.Write(int(w.Fd()), content); err != unix.EFAULT {
		t.Errorf("a file that was cut short: %v, want EFAULT", err)
	}

	a.Close()
	if a.Mapped(0, 1) != nil {
		t.Error("a closed file is mapped")
	}
	f.Close()
	if n := f.kept.mapped.Load(); n != 0 {
		t.Errorf("%d bytes are mapped behind the end", n)
	}
}
