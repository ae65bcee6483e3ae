//go:build js

package remotefs

import (
	"errors"
	"io/fs"
	"syscall/js"
	"testing"
	"testing/fstest"
	"time"

	"vitrine/wasm/browserfs"
	"vitrine/wasm/internal/browsertest"
)

func newHandles() *browserfs.Handles {
	return browserfs.NewHandles(browsertest.TreeDirectory().Handle)
}

func newList(t *testing.T) *browserfs.List {
	l := new(browserfs.List)
	browsertest.AddTree(t, l.Add)
	return l
}

// newRemote serves fsys over a real port with real structured clones.
func newRemote(t *testing.T, fsys fs.FS) *Remote {
	channel := js.Global().Get("MessageChannel").New()
	near, far := channel.Get("port1"), channel.Get("port2")
	serve := js.FuncOf(func(_ js.Value, args []js.Value) any {
		m, err := Decode(args[0].Get("data"))
		if err != nil {
			t.Error(err)
			return nil
		}
		look := m.(Look)
		go func() {
			far.Call("postMessage", Encode(Found{Number: look.Number, Node: Lookup(fsys, look)}))
		}()
		return nil
	})
	waiting := make(map[int]chan *Node)
	receive := js.FuncOf(func(_ js.Value, args []js.Value) any {
		m, err := Decode(args[0].Get("data"))
		if err != nil {
			t.Error(err)
			return nil
		}
		found := m.(Found)
		waiting[found.Number] <- found.Node
		return nil
	})
	far.Set("onmessage", serve)
	near.Set("onmessage", receive)
	t.Cleanup(func() {
		near.Call("close")
		far.Call("close")
		serve.Release()
		receive.Release()
	})
	number := 0
	return &Remote{Ask: func(look Look) (*Node, error) {
		number++
		look.Number = number
		response := make(chan *Node, 1)
		waiting[look.Number] = response
		near.Call("postMessage", Encode(look))
		return <-response, nil
	}}
}

func sources(t *testing.T) map[string]fs.FS {
	return map[string]fs.FS{"handles": newRemote(t, newHandles()), "list": newRemote(t, newList(t))}
}

func TestFS(t *testing.T) {
	for name, fsys := range sources(t) {
		t.Run(name, func(t *testing.T) { browsertest.Check(t, fsys) })
	}
}

func TestChangedFile(t *testing.T) {
	l := newList(t)
	if err := l.Add("changed.txt", browsertest.Unreadable("NotReadableError")); err != nil {
		t.Fatal(err)
	}
	if _, err := newRemote(t, l).Open("changed.txt"); !errors.Is(err, browserfs.ErrChanged) {
		t.Errorf("got %v, want %v", err, browserfs.ErrChanged)
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
		r := newRemote(t, newHandles())
		r.Index, r.List = []string{"index.html", "index.htm"}, true
		asked, ask := 0, r.Ask
		r.Ask = func(look Look) (*Node, error) { asked++; return ask(look) }
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

// What follows from one response is not asked again, and is right.
func TestRemoteLearnsRightly(t *testing.T) {
	r := newRemote(t, newHandles())
	r.Index = []string{"default.htm", "index.html"}
	if _, err := r.Open("."); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Open("default.htm"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("default.htm: got %v", err)
	}
	if p, err := fs.ReadFile(r, "index.html"); err != nil || string(p) != browsertest.Tree["index.html"] {
		t.Errorf("index.html: got %q, %v", p, err)
	}
	entries, err := r.ReadDir(".")
	if err != nil || len(entries) != 5 {
		t.Errorf("entries of a directory with an index page: got %v, %v", entries, err)
	}
}

// A response lasts as long as its file only if nothing else was looked for.
func TestLasting(t *testing.T) {
	now := time.UnixMilli(browsertest.Modified).Add(time.Hour)
	for _, tc := range []struct {
		title string
		names []string // that are opened; the last is sent
		index []string
		want  string
	}{
		{"a file", []string{"index.html"}, nil, "index.html"},
		{"an index page that is looked for first", []string{".", "index.html"}, []string{"index.html", "index.htm"}, "index.html"},
		{"one that another would come before", []string{".", "index.html"}, []string{"default.htm", "index.html"}, ""},
		{"what stands in for a missing file", []string{"users", "index.html"}, nil, ""},
	} {
		r := newRemote(t, newHandles())
		r.Index = tc.index
		for _, name := range tc.names {
			r.Open(name)
		}
		n := r.known[tc.names[len(tc.names)-1]]
		if n == nil || n.Code != Exists {
			t.Fatalf("%s: got %+v", tc.title, n)
		}
		if got, _ := r.Lasting(n.Blob, now); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.title, got, tc.want)
		}
	}
}

func TestLookupReadsOtherFileSystems(t *testing.T) {
	fsys := fstest.MapFS{
		"a/b.txt": {Data: []byte("plain"), ModTime: time.UnixMilli(browsertest.Modified)},
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
