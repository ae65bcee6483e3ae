package embedfs

import (
	"embed"
	"io"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"
)

//go:embed embedfs.go testdata
var files embed.FS

func TestDated(t *testing.T) {
	at := time.Date(2026, time.November, 1, 12, 0, 0, 0, time.UTC)
	fsys := Dated(files, at)
	if err := fstest.TestFS(fsys, "embedfs.go", "testdata/below.txt"); err != nil {
		t.Error(err)
	}
	for name, want := range map[string]time.Time{"embedfs.go": at, "testdata/below.txt": at, "testdata": {}, ".": {}} {
		info, err := fs.Stat(fsys, name)
		if err != nil {
			t.Fatal(err)
		}
		if !info.ModTime().Equal(want) {
			t.Errorf("%s: got %v, want %v", name, info.ModTime(), want)
		}
	}
	f, err := fsys.Open("testdata/below.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, seeks := f.(io.Seeker)
	if _, reads := f.(io.ReaderAt); !seeks || !reads {
		t.Error("parts of a file cannot be read any more")
	}
}
