package osfs_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"vitrine/core/osfs"
)

func open(t *testing.T, dir string, links osfs.Links) *osfs.Folder {
	t.Helper()
	f, err := osfs.Open(dir, links)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// tree is a folder with a file, a directory and a file in it.
func tree(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"a.txt": "hello", "sub/b.txt": "deeper", ".hidden": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestIsAFileSystem(t *testing.T) {
	for _, links := range []osfs.Links{osfs.Follow, osfs.Inside} {
		if err := fstest.TestFS(open(t, tree(t), links), "a.txt", "sub/b.txt", ".hidden"); err != nil {
			t.Error(err)
		}
	}
}

func TestNamesThatAreNone(t *testing.T) {
	for _, links := range []osfs.Links{osfs.Follow, osfs.Inside} {
		f := open(t, tree(t), links)
		for _, name := range []string{"", "/", "/a.txt", "..", "../x", "sub/..", "sub/../a.txt", "./a.txt", "sub/.", "sub/", "sub//b.txt", "a\x00", "a.txt\x00"} {
			var p *fs.PathError
			if _, err := f.Open(name); !errors.Is(err, fs.ErrInvalid) || !errors.As(err, &p) {
				t.Errorf("Open(%q): %v, want fs.ErrInvalid", name, err)
			}
			if _, err := f.Stat(name); !errors.Is(err, fs.ErrInvalid) {
				t.Errorf("Stat(%q): %v, want fs.ErrInvalid", name, err)
			}
			if _, err := f.ReadDir(name); !errors.Is(err, fs.ErrInvalid) {
				t.Errorf("ReadDir(%q): %v, want fs.ErrInvalid", name, err)
			}
		}
		for _, name := range []string{"none", "a.txt/x", "sub/none"} {
			if _, err := f.Open(name); err == nil || errors.Is(err, fs.ErrInvalid) {
				t.Errorf("Open(%q): %v", name, err)
			}
		}
		if _, err := f.Open("none"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Open of nothing: %v, want fs.ErrNotExist", err)
		}
	}
}

func TestFile(t *testing.T) {
	dir := tree(t)
	file, err := open(t, dir, osfs.Follow).Open("a.txt")
	if err != nil {
		t.Fatal(err)
	}
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.Stat(filepath.Join(dir, "a.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Name() != "a.txt" || info.Size() != 5 || info.Mode() != want.Mode() || !info.ModTime().Equal(want.ModTime()) || info.IsDir() {
		t.Errorf("Stat: %s %d %v %v", info.Name(), info.Size(), info.Mode(), info.ModTime())
	}
	at := file.(io.ReaderAt)
	b := make([]byte, 10)
	if n, err := at.ReadAt(b, 1); n != 4 || err != io.EOF || string(b[:n]) != "ello" {
		t.Errorf("ReadAt past the end: %q, %v", b[:n], err)
	}
	if n, err := at.ReadAt(b[:2], 1); n != 2 || err != nil {
		t.Errorf("ReadAt inside: %d, %v", n, err)
	}
	if _, err := at.ReadAt(b, -1); err == nil {
		t.Error("ReadAt before the start succeeded")
	}
	seek := file.(io.Seeker)
	if n, err := seek.Seek(-2, io.SeekEnd); n != 3 || err != nil {
		t.Errorf("Seek: %d, %v", n, err)
	}
	if rest, err := io.ReadAll(file); string(rest) != "lo" || err != nil {
		t.Errorf("Read: %q, %v", rest, err)
	}
	if err := file.Close(); err != nil {
		t.Error(err)
	}
	if err := file.Close(); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("second Close: %v, want fs.ErrClosed", err)
	}
	for what, err := range map[string]error{
		"Stat":   second(file.Stat()),
		"Read":   second(file.Read(b)),
		"ReadAt": second(at.ReadAt(b, 0)),
		"Seek":   second(seek.Seek(0, 0)),
	} {
		if err == nil {
			t.Errorf("%s after Close succeeded", what)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestDirectory(t *testing.T) {
	for _, links := range []osfs.Links{osfs.Follow, osfs.Inside} {
		f := open(t, tree(t), links)
		entries, err := f.ReadDir(".")
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
			if info, err := e.Info(); err != nil || info.IsDir() != (e.Name() == "sub") {
				t.Errorf("Info of %s: %v, %v", e.Name(), info, err)
			}
		}
		slices.Sort(names)
		if want := []string{".hidden", "a.txt", "sub"}; !slices.Equal(names, want) {
			t.Errorf("ReadDir: %q, want %q", names, want)
		}
		if _, err := f.ReadDir("a.txt"); err == nil {
			t.Error("ReadDir of a file succeeded")
		}
	}
}

func TestFolderThatIsNone(t *testing.T) {
	dir := tree(t)
	for _, links := range []osfs.Links{osfs.Follow, osfs.Inside} {
		for _, name := range []string{"none", "a.txt"} {
			if f, err := osfs.Open(filepath.Join(dir, name), links); err == nil {
				f.Close()
				t.Errorf("%s could be opened", name)
			}
		}
	}
}

func TestDirIsAbsolute(t *testing.T) {
	t.Chdir(tree(t))
	if f := open(t, "sub", osfs.Follow); !filepath.IsAbs(f.Dir()) || filepath.Base(f.Dir()) != "sub" {
		t.Errorf("Dir is %q", f.Dir())
	}
}
