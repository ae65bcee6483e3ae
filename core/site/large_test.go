package site

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// largeFolder is a directory whose listing is shared.
func largeFolder() fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := range largeListing + 1 {
		fsys[fmt.Sprintf("dir/file%05d", i)] = &fstest.MapFile{}
	}
	return fsys
}

func TestLargeListing(t *testing.T) {
	s := New(largeFolder())
	small := AppendListing(nil, "/dir/", s.entriesOf("dir", readAll(t, s.FS)), false)
	for _, target := range []string{"/dir/", "/x/../dir/"} {
		got := ask(t, s, "GET", target, "")
		want := strings.ReplaceAll(string(small), "for /dir/<", "for "+target+"<")
		if got.body.String() != want {
			t.Errorf("%s: the page of a large directory is not the one of a small one", target)
		}
	}
}

func readAll(t *testing.T, fsys fs.FS) []fs.DirEntry {
	t.Helper()
	list, err := fs.ReadDir(fsys, "dir")
	if err != nil {
		t.Fatal(err)
	}
	return list
}
