//go:build !js

package site

import (
	"io/fs"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/core/handler/handlertest"
)

// statedFS is a file system whose directories tell a state.
type statedFS struct {
	fstest.MapFS
	state string
	reads int
}

type statedDir struct {
	fs.ReadDirFile
	fsys *statedFS
}

func (s *statedFS) Open(name string) (fs.File, error) {
	f, err := s.MapFS.Open(name)
	if d, ok := f.(fs.ReadDirFile); ok && err == nil {
		return statedDir{d, s}, nil
	}
	return f, err
}

func (d statedDir) State() string { return d.fsys.state }

func (d statedDir) ReadDir(n int) ([]fs.DirEntry, error) {
	d.fsys.reads++
	return d.ReadDirFile.ReadDir(n)
}

// A listing is read again when the directory's state is another one, or none,
// and each time where there is a symbolic link in it.
func TestListingOfTheSameState(t *testing.T) {
	for _, count := range []int{300, 5000} {
		fsys := &statedFS{MapFS: fstest.MapFS{}}
		for i := range count {
			fsys.MapFS["file-"+strconv.Itoa(i)] = &fstest.MapFile{}
		}
		s := New(fsys)
		ask := func() (page string, reads int) {
			fsys.reads = 0
			return string(handlertest.Serve(s, "GET / HTTP/1.0\r\n\r\n").Content), fsys.reads
		}
		want, _ := ask()
		if strings.Count(want, "<li>") != count {
			t.Fatalf("%d lines, want %d", strings.Count(want, "<li>"), count)
		}
		for _, step := range []struct {
			what, state string
			change      func()
			again       bool // it is read
		}{
			{"no state", "", func() {}, true},
			{"a state", "1", func() {}, true},
			{"the same state", "1", func() {}, false},
			{"another state", "2", func() { fsys.MapFS["more"] = &fstest.MapFile{} }, true},
			{"that state", "2", func() {}, false},
			{"no state again", "", func() { delete(fsys.MapFS, "more") }, true},
			{"a link", "3", func() { fsys.MapFS["link"] = &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("file-1")} }, true},
			{"a link, the same state", "3", func() {}, true},
		} {
			step.change()
			fsys.state = step.state
			page, reads := ask()
			if (reads > 0) != step.again {
				t.Errorf("%d files, %s: %d reads", count, step.what, reads)
			}
			for _, name := range []string{"more", "link"} {
				if _, there := fsys.MapFS[name]; there != strings.Contains(page, ">"+name) {
					t.Errorf("%d files, %s: the page has %q or not, wrongly", count, step.what, name)
				}
			}
		}
	}
}
