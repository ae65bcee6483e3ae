package osfs_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"testing/fstest"

	"vitrine/core/osfs"
)

// A hidden file is there under none of its names: not by Open or Stat, and
// not in a listing. Everything else is as before.
func TestHide(t *testing.T) {
	for _, links := range []osfs.Links{osfs.Follow, osfs.Inside} {
		dir := tree(t)
		log, err := os.Create(filepath.Join(dir, "log.txt"))
		if err != nil {
			t.Fatal(err)
		}
		defer log.Close()
		names := []string{"log.txt"}
		if os.Link(log.Name(), filepath.Join(dir, "sub/hard.txt")) == nil {
			names = append(names, "sub/hard.txt")
		}
		if os.Symlink("../log.txt", filepath.Join(dir, "sub/link.txt")) == nil {
			names = append(names, "sub/link.txt")
			os.Symlink("sub", filepath.Join(dir, "linked"))
			names = append(names, "linked/link.txt", "linked/hard.txt")
		}
		f := open(t, dir, links)
		if err := f.Hide(log); err != nil {
			t.Fatal(err)
		}
		check := func() {
			t.Helper()
			for _, name := range names {
				if file, err := f.Open(name); !errors.Is(err, osfs.ErrHidden) || !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("Open(%q): got %v %v, want ErrHidden", name, file, err)
				}
				if info, err := f.Stat(name); !errors.Is(err, osfs.ErrHidden) || !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("Stat(%q): got %v %v, want ErrHidden", name, info, err)
				}
			}
			for name, want := range map[string][]string{".": {".hidden", "a.txt", "sub"}, "sub": {"b.txt"}} {
				entries, err := f.ReadDir(name)
				var got []string
				for _, e := range entries {
					if e.Name() != "linked" {
						got = append(got, e.Name())
					}
				}
				if !slices.Equal(got, want) || err != nil {
					t.Errorf("ReadDir(%q): got %q %v, want %q", name, got, err, want)
				}
			}
			if b, err := fs.ReadFile(f, "a.txt"); string(b) != "hello" || err != nil {
				t.Errorf("a.txt: got %q %v", b, err)
			}
		}
		check()
		if err := fstest.TestFS(f, "a.txt", "sub/b.txt"); err != nil {
			t.Error(err)
		}
		// It is the file that is hidden, not its name.
		if err := os.Rename(log.Name(), filepath.Join(dir, "log.1")); err == nil {
			names[0] = "log.1"
			os.Remove(filepath.Join(dir, "sub/link.txt"))
			names = slices.DeleteFunc(names, func(name string) bool { return filepath.Base(name) == "link.txt" })
			check()
		}
	}
}

// A piece of a listing is never empty before its end, though all that was
// read for it is hidden.
func TestHideInPieces(t *testing.T) {
	for _, links := range []osfs.Links{osfs.Follow, osfs.Inside} {
		dir := t.TempDir()
		log, err := os.Create(filepath.Join(dir, "log"))
		if err != nil {
			t.Fatal(err)
		}
		defer log.Close()
		for i := range 20 {
			if err := os.Link(log.Name(), filepath.Join(dir, "log"+strconv.Itoa(i))); err != nil {
				t.Skip("this file system has no hard links: ", err)
			}
		}
		os.WriteFile(filepath.Join(dir, "plain"), nil, 0o644)
		f := open(t, dir, links)
		f.Hide(log)
		file, err := f.Open(".")
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		entries, err := file.(fs.ReadDirFile).ReadDir(1)
		if len(entries) != 1 || entries[0].Name() != "plain" || err != nil {
			t.Errorf("got %v %v, want plain", entries, err)
		}
		if entries, err := file.(fs.ReadDirFile).ReadDir(1); len(entries) != 0 || err != io.EOF {
			t.Errorf("got %v %v, want the end", entries, err)
		}
	}
}

// What is not regular is never served, and a closed file cannot be hidden.
func TestHideNothing(t *testing.T) {
	f := open(t, tree(t), osfs.Follow)
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Hide(null); err != nil {
		t.Error(err)
	}
	null.Close()
	if err := f.Hide(null); err == nil {
		t.Error("a closed file was hidden")
	}
}
