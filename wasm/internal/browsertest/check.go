//go:build js

package browsertest

import (
	"errors"
	"io/fs"
	"syscall/js"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"
)

// Check tests a file system that has the files of Tree.
func Check(t *testing.T, fsys fs.FS) {
	t.Run("io/fs", func(t *testing.T) {
		if err := fstest.TestFS(fsys, Paths()...); err != nil {
			t.Error(err)
		}
	})
	t.Run("content", func(t *testing.T) { checkContent(t, fsys) })
	t.Run("errors", func(t *testing.T) { checkErrors(t, fsys) })
}

// checkContent reads each file, which has to be at hand by reference as well.
func checkContent(t *testing.T, fsys fs.FS) {
	for name, want := range Tree {
		f, err := fsys.Open(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if err := iotest.TestReader(f, []byte(want)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		stat, err := f.Stat()
		if err != nil || stat.Size() != int64(len(want)) || !stat.ModTime().Equal(time.UnixMilli(Modified)) {
			t.Errorf("%s: got %+v, %v", name, stat, err)
		}
		reference, ok := f.(interface{ Blob() js.Value })
		if !ok || int(reference.Blob().Get("size").Float()) != len(want) {
			t.Errorf("%s is not handed on by reference", name)
		}
		if err := f.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := f.Read(make([]byte, 1)); !errors.Is(err, fs.ErrClosed) {
			t.Errorf("%s: read after close: got %v, want %v", name, err, fs.ErrClosed)
		}
	}
}

func checkErrors(t *testing.T, fsys fs.FS) {
	for _, tc := range []struct {
		name string
		want error
	}{
		{"nothing", fs.ErrNotExist},
		{"css/nothing", fs.ErrNotExist},
		{"nothing/at/all", fs.ErrNotExist},
		{"index.html/below", fs.ErrNotExist}, // a file on the way
		{"", fs.ErrInvalid},
		{"/", fs.ErrInvalid},
		{"css/", fs.ErrInvalid},
		{"../index.html", fs.ErrInvalid},
		{"css/../index.html", fs.ErrInvalid},
		{"./index.html", fs.ErrInvalid},
		{"\xff", fs.ErrInvalid},
	} {
		_, err := fsys.Open(tc.name)
		if path, ok := errors.AsType[*fs.PathError](err); !ok || !errors.Is(err, tc.want) || path.Path != tc.name {
			t.Errorf("%q: got %v, want %v", tc.name, err, tc.want)
		}
	}
}
