//go:build js

package browserfs

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"syscall/js"
	"testing"
	"testing/fstest"

	"vitrine/wasm/internal/browsertest"
	"vitrine/wasm/promise"
)

func newList(t *testing.T) *List {
	l := new(List)
	browsertest.AddTree(t, l.Add)
	return l
}

func newHandles() (*Handles, browsertest.Directory) {
	d := browsertest.TreeDirectory()
	return NewHandles(d.Handle), d
}

func newEntries() *Entries { return NewEntries(browsertest.TreeDirectory().Entry()) }

func sources(t *testing.T) map[string]fs.FS {
	handles, _ := newHandles()
	return map[string]fs.FS{"handles": handles, "list": newList(t), "entries": newEntries()}
}

func TestFS(t *testing.T) {
	for name, fsys := range sources(t) {
		t.Run(name, func(t *testing.T) { browsertest.Check(t, fsys) })
	}
}

// What was remembered of a folder must never hide what became of it.
func TestHandlesSeeTheDisk(t *testing.T) {
	h, disk := newHandles()
	read := func(name string) string {
		f, err := h.Open(name)
		if err != nil {
			if !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: %v", name, err)
			}
			return "nothing"
		}
		p, err := io.ReadAll(f)
		if err != nil {
			return "directory"
		}
		return string(p)
	}
	expect := func(what, name, want string) {
		t.Helper()
		if got := read(name); got != want {
			t.Errorf("%s: %s: got %q, want %q", what, name, got, want)
		}
	}
	expect("at first", "docs/deep/er/x.js", "export default 1")
	disk.Put("docs/deep/er/x.js", browsertest.File("x.js", "changed"))
	expect("changed", "docs/deep/er/x.js", "changed")
	disk.Remove("docs/deep")
	expect("directory gone", "docs/deep/er/x.js", "nothing")
	disk.Put("docs/deep/er/x.js", browsertest.File("x.js", "back"))
	expect("directory back", "docs/deep/er/x.js", "back")
	disk.Remove("docs/deep")
	disk.Put("docs/deep", browsertest.File("deep", "a file now"))
	expect("directory became a file", "docs/deep", "a file now")
	expect("directory became a file", "docs/deep/er/x.js", "nothing")
	disk.Remove("docs/deep")
	disk.Put("docs/deep/y", browsertest.File("y", "y"))
	expect("file became a directory", "docs/deep", "directory")
	expect("file became a directory", "docs/deep/y", "y")
}

func TestHandlesRememberTheWay(t *testing.T) {
	h, disk := newHandles()
	for range 5 {
		if _, err := h.Open("docs/deep/er/x.js"); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{"", "docs", "docs/deep", "docs/deep/er"} {
		if got := disk.Asked(dir); got != 1 {
			t.Errorf("asked %q %d times for the way to the same file, want 1", dir, got)
		}
	}
}

// A name that handles hide is reached by the other way, if there is one.
func TestHiddenNames(t *testing.T) {
	names := []string{"hidden?.txt", "docs/hidden.d/a/b.txt", "docs/hidden.d/hidden.txt"}
	h, disk := newHandles()
	for _, name := range names {
		disk.Put(name, browsertest.File(name, name))
		if _, err := h.Open(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s without another way: got %v, want %v", name, err, fs.ErrNotExist)
		}
	}
	if entries, err := h.ReadDir("docs"); err != nil || len(entries) != 3 {
		t.Errorf("listing without another way: got %v, %v", entries, err)
	}
	h.Rest = NewEntries(disk.Entry())
	if err := fstest.TestFS(h, append(browsertest.Paths(), names...)...); err != nil {
		t.Error(err)
	}
}

func TestChangedFile(t *testing.T) {
	small, large := "0123456789", strings.Repeat("0123456789", readWhole)
	for _, tc := range []struct {
		name string
		file js.Value
		want error
	}{
		{"refused, Chromium", browsertest.Unreadable("NotReadableError"), ErrChanged},
		{"deleted, Firefox", browsertest.Unreadable("AbortError"), ErrChanged},
		{"shrunk", browsertest.Rewritten(small, small[:5]), ErrChanged},
		{"emptied", browsertest.Rewritten(small, ""), ErrChanged},
		{"grown", browsertest.Rewritten(small, small+small), ErrChanged},
		{"no longer empty", browsertest.Rewritten("", small), ErrChanged},
		{"large and shrunk", browsertest.Rewritten(large, small), ErrChanged},
		{"large and grown", browsertest.Rewritten(large, large+small), nil}, // not read whole
		{"as it was", browsertest.File("a", small), nil},
		{"large, as it was", browsertest.File("a", large), nil},
		{"empty, as it was", browsertest.File("a", ""), nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l := newList(t)
			if err := l.Add("changed.txt", tc.file); err != nil {
				t.Fatal(err)
			}
			if _, err := l.Open("changed.txt"); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}

// What a browser says goes into sentences that end by themselves.
func TestReasonWithoutFullStop(t *testing.T) {
	_, err := promise.Call(browsertest.Unreadable("DataError"), "arrayBuffer")
	if got, want := Reason(err).Error(), "DataError: The operation was refused"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestListAdd(t *testing.T) {
	l := newList(t)
	x := browsertest.File("x", "x")
	for _, tc := range []struct {
		name string
		want error
	}{
		{"docs", fs.ErrExist},           // a directory is there
		{"index.html/x", fs.ErrExist},   // a file is on the way
		{".", fs.ErrInvalid},            // the root
		{"../x", fs.ErrInvalid},         // out of the folder
		{"a//b", fs.ErrInvalid},         //
		{"docs/deep/er/x.js", nil},      // replaces a file
		{"new/way/to/somewhere/x", nil}, //
	} {
		if err := l.Add(tc.name, x); !errors.Is(err, tc.want) {
			t.Errorf("%q: got %v, want %v", tc.name, err, tc.want)
		}
	}
	if err := l.AddDir("docs"); err != nil {
		t.Errorf("a directory that is there: %v", err)
	}
	if _, err := l.Open("docs/deep/er/x.js"); err != nil {
		t.Errorf("AddDir emptied a directory: %v", err)
	}
	if err := l.AddDir("index.html"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a directory over a file: got %v, want %v", err, fs.ErrExist)
	}
}
