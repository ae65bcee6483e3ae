//go:build js

package filefs

import (
	"errors"
	"io"
	"io/fs"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"

	"vitrine/wasm/message"
)

func sources(t *testing.T) map[string]fs.FS {
	return map[string]fs.FS{
		"handles":           newHandles(t),
		"list":              newList(t),
		"entries":           newEntries(t),
		"handles over port": newRemote(t, newHandles(t)),
		"list over port":    newRemote(t, newList(t)),
	}
}

func TestFS(t *testing.T) {
	for name, fsys := range sources(t) {
		t.Run(name, func(t *testing.T) {
			if err := fstest.TestFS(fsys, paths()...); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestContent(t *testing.T) {
	for source, fsys := range sources(t) {
		for name, want := range tree {
			f, err := fsys.Open(name)
			if err != nil {
				t.Errorf("%s: %v", source, err)
				continue
			}
			if err := iotest.TestReader(f, []byte(want)); err != nil {
				t.Errorf("%s: %s: %v", source, name, err)
			}
			stat, _ := f.Stat()
			if stat.Size() != int64(len(want)) || !stat.ModTime().Equal(time.UnixMilli(modified)) {
				t.Errorf("%s: %s: got size %d and time %v", source, name, stat.Size(), stat.ModTime())
			}
			blob, ok := f.(Blob)
			if !ok || int(blob.Blob().Get("size").Float()) != len(want) {
				t.Errorf("%s: %s is not handed on by reference", source, name)
			}
			f.Close()
			if _, err := f.Read(make([]byte, 1)); !errors.Is(err, fs.ErrClosed) {
				t.Errorf("%s: %s: read after close: got %v, want %v", source, name, err, fs.ErrClosed)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	for source, fsys := range sources(t) {
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
			var path *fs.PathError
			if !errors.Is(err, tc.want) || !errors.As(err, &path) || path.Path != tc.name {
				t.Errorf("%s: %q: got %v, want %v", source, tc.name, err, tc.want)
			}
		}
	}
}

// What was remembered of a folder must never hide what became of it.
func TestHandlesSeeTheDisk(t *testing.T) {
	h := newHandles(t)
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
	h.root.Call("add", "docs/deep/er/x.js", jsFile("x.js", "changed"))
	expect("changed", "docs/deep/er/x.js", "changed")
	h.root.Call("remove", "docs/deep")
	expect("directory gone", "docs/deep/er/x.js", "nothing")
	h.root.Call("add", "docs/deep/er/x.js", jsFile("x.js", "back"))
	expect("directory back", "docs/deep/er/x.js", "back")
	h.root.Call("remove", "docs/deep")
	h.root.Call("add", "docs/deep", jsFile("deep", "a file now"))
	expect("directory became a file", "docs/deep", "a file now")
	expect("directory became a file", "docs/deep/er/x.js", "nothing")
	h.root.Call("remove", "docs/deep")
	h.root.Call("add", "docs/deep/y", jsFile("y", "y"))
	expect("file became a directory", "docs/deep", "directory")
	expect("file became a directory", "docs/deep/y", "y")
}

func TestHandlesRememberTheWay(t *testing.T) {
	h := newHandles(t)
	for range 5 {
		if _, err := h.Open("docs/deep/er/x.js"); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{"", "docs", "docs/deep", "docs/deep/er"} {
		if got := h.root.Call("asked", dir).Int(); got != 1 {
			t.Errorf("asked %q %d times for the way to the same file, want 1", dir, got)
		}
	}
}

// A name that handles hide is reached by the other way, if there is one.
func TestHiddenNames(t *testing.T) {
	names := []string{"hidden?.txt", "docs/hidden.d/a/b.txt", "docs/hidden.d/hidden.txt"}
	h := newHandles(t)
	for _, name := range names {
		h.root.Call("add", name, jsFile(name, name))
		if _, err := h.Open(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s without another way: got %v, want %v", name, err, fs.ErrNotExist)
		}
	}
	if entries, err := h.ReadDir("docs"); err != nil || len(entries) != 3 {
		t.Errorf("listing without another way: got %v, %v", entries, err)
	}
	h.Rest = NewEntries(h.root.Get("entry"))
	if err := fstest.TestFS(h, append(paths(), names...)...); err != nil {
		t.Error(err)
	}
}

func TestChangedFile(t *testing.T) {
	l := newList(t)
	if err := l.Add("changed.txt", unreadable(t)); err != nil {
		t.Fatal(err)
	}
	remote := newRemote(t, l)
	for source, fsys := range map[string]fs.FS{"list": l, "remote": remote} {
		if _, err := fsys.Open("changed.txt"); !errors.Is(err, ErrChanged) {
			t.Errorf("%s: got %v, want %v", source, err, ErrChanged)
		}
	}
}

func TestListAdd(t *testing.T) {
	l := newList(t)
	x := jsFile("x", "x")
	for _, tc := range []struct {
		name string
		want error
	}{
		{"docs", fs.ErrExist},           // a directory is there
		{"index.html/x", fs.ErrExist},   // a file is on the way
		{".", fs.ErrInvalid},            // the root
		{"../x", fs.ErrInvalid},         // out of the folder
		{"a//b", fs.ErrInvalid},         //
		{"docs/deep/er/x.js", nil},      // takes the place of a file
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

// A request for a directory takes one round trip, whether it has an index
// page or is listed.
func TestRemoteAsksOnce(t *testing.T) {
	for _, tc := range []struct {
		title, dir string
		page       string // "" if there is none
		entries    int
	}{
		{"with an index page", ".", "index.html", 0},
		{"without", "docs", "", 3},
	} {
		r := newRemote(t, newHandles(t))
		r.Index, r.List = []string{"index.html", "index.htm"}, true
		asked, ask := 0, r.Ask
		r.Ask = func(look message.Look) (*message.Node, error) { asked++; return ask(look) }
		if _, err := r.Open(tc.dir); err != nil {
			t.Fatal(err)
		}
		found := ""
		for _, page := range r.Index {
			name := page
			if tc.dir != "." {
				name = tc.dir + "/" + page
			}
			if _, err := r.Open(name); err == nil {
				found = page
				break
			}
		}
		if found == "" {
			entries, err := r.ReadDir(tc.dir)
			if err != nil || len(entries) != tc.entries {
				t.Errorf("%s: got %v, %v, want %d entries", tc.title, entries, err, tc.entries)
			}
		}
		if found != tc.page || asked != 1 {
			t.Errorf("%s: found %q with %d questions, want %q with 1", tc.title, found, asked, tc.page)
		}
	}
}

// What follows from one answer is not asked again, and is right.
func TestRemoteLearnsRightly(t *testing.T) {
	r := newRemote(t, newHandles(t))
	r.Index = []string{"default.htm", "index.html"}
	if _, err := r.Open("."); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Open("default.htm"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("default.htm: got %v", err)
	}
	if p, err := fs.ReadFile(r, "index.html"); err != nil || string(p) != tree["index.html"] {
		t.Errorf("index.html: got %q, %v", p, err)
	}
	entries, err := r.ReadDir(".")
	if err != nil || len(entries) != 5 {
		t.Errorf("entries of a directory with an index page: got %v, %v", entries, err)
	}
}

func TestLookupReadsOtherFileSystems(t *testing.T) {
	fsys := fstest.MapFS{
		"a/b.txt": {Data: []byte("plain"), ModTime: time.UnixMilli(modified)},
	}
	r := newRemote(t, fsys)
	p, err := fs.ReadFile(r, "a/b.txt")
	if err != nil || string(p) != "plain" {
		t.Errorf("got %q, %v", p, err)
	}
	if err := fstest.TestFS(r, "a/b.txt"); err != nil {
		t.Error(err)
	}
}
