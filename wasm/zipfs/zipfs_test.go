//go:build js

package zipfs

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"syscall/js"
	"testing"
	"testing/fstest"
	"time"
)

// fileOf makes a File.
func fileOf(p []byte, modified int64) js.Value {
	a := js.Global().Get("Uint8Array").New(len(p))
	js.CopyBytesToJS(a, p)
	return js.Global().Get("File").New([]any{a}, "site.zip", map[string]any{"lastModified": modified})
}

func opened(p []byte) *FS {
	file := fileOf(p, 1_700_000_000_000)
	return New(func() (js.Value, error) { return file, nil })
}

func TestFS(t *testing.T) {
	fsys := opened(pack(t,
		member{"index.html", "<p>stored", zip.Store},
		member{"css/site.css", strings.Repeat("p {}\n", 200), zip.Deflate},
		member{"css/empty.css", "", zip.Deflate},
		member{"empty/", "", zip.Store},
		member{"deep/in/here.txt", "text", zip.Store},
	))
	if err := fstest.TestFS(fsys, "index.html", "css/site.css", "css/empty.css", "empty", "deep/in/here.txt"); err != nil {
		t.Error(err)
	}
	info, err := fs.Stat(fsys, "css/site.css")
	if err != nil || info.Size() != 1000 || !info.ModTime().Equal(time.UnixMilli(1_700_000_000_000)) {
		t.Errorf("got %v, %v", info, err)
	}
}

// A packed folder is what is in it, whatever macOS adds.
func TestTopFolder(t *testing.T) {
	for _, tc := range []struct {
		title   string
		entries []member
		want    string
	}{
		{"one folder", []member{{"site/", "", 0}, {"site/index.html", "a", 0}}, "index.html"},
		{"of macOS", []member{{"site/index.html", "a", 0}, {"__MACOSX/site/._index.html", "", 0}}, "index.html"},
		{"two folders", []member{{"one/index.html", "a", 0}, {"two/index.html", "a", 0}}, "one/index.html"},
		{"a file beside it", []member{{"site/index.html", "a", 0}, {"readme.txt", "", 0}}, "site/index.html"},
	} {
		if p, err := fs.ReadFile(opened(pack(t, tc.entries...)), tc.want); err != nil || string(p) != "a" {
			t.Errorf("%s: got %q, %v", tc.title, p, err)
		}
	}
}

// No name of an archive leads out of the folder or hides another.
func TestHostileNames(t *testing.T) {
	fsys := opened(pack(t,
		member{"a", "first", zip.Store}, member{"a", "second", zip.Store}, member{"a/b", "below a file", zip.Store},
		member{"d/x", "in a directory", zip.Store}, member{"d", "in its place", zip.Store},
		member{"../out", "", 0}, member{"/abs", "", 0}, member{"e//f", "", 0}, member{"g/./h", "", 0}, member{"i/../j", "", 0}, member{"", "", 0},
	))
	if err := fstest.TestFS(fsys, "a", "d/x"); err != nil {
		t.Error(err)
	}
	if p, _ := fs.ReadFile(fsys, "a"); string(p) != "first" {
		t.Errorf("a: got %q", p)
	}
	entries, err := fsys.ReadDir(".")
	if err != nil || len(entries) != 2 {
		t.Errorf("the root has %v, %v; want a and d", entries, err)
	}
}

func TestEntriesThatCannotBeRead(t *testing.T) {
	whole := pack(t, member{"a.txt", strings.Repeat("text ", 1000), zip.Deflate}, member{"b.txt", "b", zip.Store})
	directory := bytes.LastIndex(whole, []byte("PK\x01\x02\x14\x00")) // of b.txt
	first := bytes.Index(whole, []byte("PK\x01\x02"))
	change := func(at int, value ...byte) []byte {
		p := bytes.Clone(whole)
		copy(p[at:], value)
		return p
	}
	if directory <= first {
		t.Fatal("the archive is not as expected")
	}
	for _, tc := range []struct {
		title string
		zip   []byte
		name  string
		want  error
	}{
		{"encrypted", change(first+8, 1), "a.txt", ErrEncrypted},
		{"another method", change(first+10, 14), "a.txt", ErrMethod},
		{"unfolds to more than it says", change(first+24, 10, 0), "a.txt", ErrDamaged},
		{"unfolds to less than it says", change(first+24, 0xff, 0xff), "a.txt", ErrDamaged},
		{"says it unfolds to 4 GB", change(first+24, 0xff, 0xff, 0xff, 0xfe), "a.txt", ErrTooLarge},
		{"no deflated data", change(45, 0xff, 0xff, 0xff, 0xff), "a.txt", ErrDamaged},
		{"stored in another length than it says", change(directory+24, 2), "b.txt", ErrDamaged},
		{"not in the archive", whole, "c.txt", fs.ErrNotExist},
		{"no path", whole, "../a.txt", fs.ErrInvalid},
	} {
		_, err := opened(tc.zip).Open(tc.name)
		if !errors.Is(err, tc.want) {
			t.Errorf("%s: got %v, want %v", tc.title, err, tc.want)
		}
	}
	for title, p := range map[string][]byte{"empty": {}, "no archive": []byte("text"), "cut off": whole[:len(whole)-30]} {
		if _, err := opened(p).Open("a.txt"); err == nil {
			t.Errorf("%s: a file could be opened", title)
		}
		if _, err := opened(p).Stat("."); err == nil {
			t.Errorf("%s: there is a root", title)
		}
	}
}

// An archive that is packed again is read again.
func TestChangedArchive(t *testing.T) {
	file := fileOf(pack(t, member{"a", "one", zip.Deflate}), 1000)
	fsys := New(func() (js.Value, error) { return file, nil })
	if p, err := fs.ReadFile(fsys, "a"); string(p) != "one" {
		t.Fatalf("got %q, %v", p, err)
	}
	file = fileOf(pack(t, member{"a", "two", zip.Deflate}), 2000)
	if p, err := fs.ReadFile(fsys, "a"); string(p) != "two" {
		t.Errorf("got %q, %v", p, err)
	}
	if info, err := fsys.Stat("a"); err != nil || info.ModTime().UnixMilli() != 2000 {
		t.Errorf("got %v, %v", info, err)
	}
}

// What is inflated is made once, and given up when there is too much of it.
func TestCache(t *testing.T) {
	var c cache
	made := 0
	make := func() (js.Value, error) {
		made++
		return js.ValueOf(made), nil
	}
	large := func() *packed { return &packed{method: deflated, unpacked: maxKept / 2} }
	a, b, d := large(), large(), large()
	for _, z := range []*packed{a, b, a, b, d} {
		c.get(z, make)
	}
	if made != 3 || c.kept != maxKept || len(c.all) != 2 {
		t.Errorf("made %d, %d bytes of %d entries are kept", made, c.kept, len(c.all))
	}
	if c.get(a, make); made != 4 {
		t.Error("an entry that was given up was not made again")
	}
	failed := errors.New("failed")
	e := large()
	if _, err := c.get(e, func() (js.Value, error) { return js.Undefined(), failed }); err != failed {
		t.Errorf("got %v", err)
	}
	if _, err := c.get(e, make); err != nil {
		t.Errorf("after a failure: got %v", err)
	}
}
