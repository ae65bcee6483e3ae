package site

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/core/handler"
)

func tree() fstest.MapFS {
	return fstest.MapFS{
		"sub/b10.txt":                 {},
		"sub/b2.txt":                  {},
		"sub/.hidden":                 {},
		"sub/Dir/x":                   {},
		"sub/a&b.txt":                 {},
		"indexed/index.html":          {Data: []byte("index")},
		"indexed/index.htm":           {Data: []byte("second")},
		"htm/index.htm":               {Data: []byte("htm")},
		"upper/INDEX.HTML":            {Data: []byte("no index")},
		"dirindex/index.html/x":       {},
		"dirindex/index.htm":          {Data: []byte("past the directory")},
		"fifoindex/index.html":        {Mode: fs.ModeNamedPipe},
		"own/default.asp":             {Data: []byte("own")},
		"empty":                       {Mode: fs.ModeDir | 0o755},
		"\u00fcml\u00e4ut/index.html": {Data: []byte("index of \u00fc")},
	}
}

// spec: D-1 D-2 D-6 K-6
func TestRedirect(t *testing.T) {
	s := testSite(t, tree())
	for target, want := range map[string]string{
		"/sub":              "/sub/",
		"/sub?x=1":          "/sub/?x=1",
		"/sub/.":            "/sub/./",
		"/sub/..":           "/sub/../",
		"/%73ub":            "/%73ub/",
		"sub":               "sub/",
		"//sub":             "/sub/",
		"?":                 "/",
		"/%C3%BCml%C3%A4ut": "/%C3%BCml%C3%A4ut/",
		"/\xfcml\xe4ut":     "/%C3%BCml%C3%A4ut/",
		"/indexed":          "/indexed/",
		"http://h/sub":      "/sub/",
	} {
		for _, method := range []string{"GET", "HEAD"} {
			a := ask(t, s, method, target, "If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT\nIf-None-Match: *\nRange: bytes=0-0")
			if a.status != 301 || a.lines() != "Location: "+want+"\nContent-Length: 0\n" || a.body.Len() > 0 || a.closed {
				t.Errorf("%s %q: got %d\n%s%q", method, target, a.status, a.lines(), a.body.String())
			}
		}
	}
	for _, target := range []string{"/sub/", "/sub%2f", "/sub%2F", "/sub/?x", "/", "http://h", "/sub/./"} {
		if a := ask(t, s, "GET", target, ""); a.status != 200 {
			t.Errorf("%q: got %d", target, a.status)
		}
	}
}

// spec: D-4
func TestIndexPage(t *testing.T) {
	s := testSite(t, tree())
	for target, want := range map[string]string{
		"/indexed/":          "index",
		"/indexed%2f":        "index",
		"/htm/":              "htm",
		"/dirindex/":         "past the directory",
		"/\xfcml\xe4ut/":     "index of \u00fc",
		"/indexed/../htm/?q": "htm",
	} {
		a := ask(t, s, "GET", target, "")
		if a.status != 200 || a.body.String() != want || a.fields.Get("Content-type") != "text/html" || a.fields.Get("Last-Modified") != modText {
			t.Errorf("%q: got %d %q\n%s", target, a.status, a.body.String(), a.lines())
		}
		if a := ask(t, s, "GET", target, "If-Modified-Since: "+modText); a.status != 304 {
			t.Errorf("%q: got %d, want 304", target, a.status)
		}
	}
	for _, target := range []string{"/upper/", "/fifoindex/", "/own/"} {
		if a := ask(t, s, "GET", target, ""); a.status != 200 || !strings.Contains(a.body.String(), "Directory listing for "+target) {
			t.Errorf("%q: got %d %q", target, a.status, a.body.String())
		}
	}
	s.IndexPages = []string{"default.asp", "index.htm"}
	for target, want := range map[string]string{"/own/": "own", "/indexed/": "second"} {
		if a := ask(t, s, "GET", target, ""); a.body.String() != want {
			t.Errorf("%q with own index pages: %q", target, a.body.String())
		}
	}
	s.IndexPages = []string{}
	if a := ask(t, s, "GET", "/indexed/", ""); !strings.Contains(a.body.String(), "<title>") {
		t.Errorf("without index pages: %q", a.body.String())
	}
}

// locked is a file system in which one file cannot be opened.
type locked struct {
	fstest.MapFS
	name string
}

func (l locked) Open(name string) (fs.File, error) {
	if name == l.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.Open(name)
}

func (l locked) NonblockingOpen() {}

// spec: D-4
func TestUnreadableIndexPage(t *testing.T) {
	a := ask(t, New(locked{tree(), "indexed/index.html"}), "GET", "/indexed/", "")
	if a.status != 404 || !strings.Contains(a.body.String(), "Message: File not found.") {
		t.Errorf("got %d %s", a.status, a.body.String())
	}
	// A locked directory still has its index page.
	a = ask(t, New(locked{tree(), "indexed"}), "GET", "/indexed/", "")
	if a.status != 200 || a.body.String() != "index" {
		t.Errorf("index of a locked directory: got %d %s", a.status, a.body.String())
	}
	// An index page of the name that cannot be opened, but is a directory.
	a = ask(t, New(locked{tree(), "dirindex/index.html"}), "GET", "/dirindex/", "")
	if a.status != 200 || a.body.String() != "past the directory" {
		t.Errorf("locked directory as index page: got %d %s", a.status, a.body.String())
	}
}

// spec: D-5
func TestNoPermissionToList(t *testing.T) {
	for _, target := range []string{"/sub/", "/sub/?x"} {
		a := ask(t, New(locked{tree(), "sub"}), "GET", target, "")
		if a.status != 404 || !strings.Contains(a.body.String(), "Message: No permission to list directory.") {
			t.Errorf("%q: got %d %s", target, a.status, a.body.String())
		}
	}
	// Reading can fail after opening, too.
	a := ask(t, New(unlistable{tree()}), "GET", "/sub/", "")
	if a.status != 404 || !strings.Contains(a.body.String(), "No permission to list directory") {
		t.Errorf("got %d %s", a.status, a.body.String())
	}
}

type unlistable struct{ fs.FS }

type unlistableDir struct{ fs.File }

func (u unlistable) Open(name string) (fs.File, error) {
	f, err := u.FS.Open(name)
	return unlistableDir{f}, err
}

func (unlistableDir) ReadDir(int) ([]fs.DirEntry, error) { return nil, fs.ErrPermission }

// spec: I-1 I-4 I-5 D-6
func TestDirectoryListing(t *testing.T) {
	s := testSite(t, tree())
	a := ask(t, s, "GET", "/sub/?x", "If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT\nIf-None-Match: *\nRange: bytes=0-0")
	want := "Content-type: text/html; charset=utf-8\nContent-Length: " + itoa(a.body.Len()) + "\nCache-Control: no-cache\n"
	if a.status != 200 || a.lines() != want || a.closed {
		t.Errorf("got %d\n%s, want\n%s", a.status, a.lines(), want)
	}
	const list = `<ul>
<li><a href=".hidden">.hidden</a></li>
<li><a href="a%26b.txt">a&amp;b.txt</a></li>
<li><a href="b10.txt">b10.txt</a></li>
<li><a href="b2.txt">b2.txt</a></li>
<li><a href="Dir/">Dir/</a></li>
</ul>
`
	if !strings.Contains(a.body.String(), list) {
		t.Errorf("got\n%s, want\n%s", a.body.String(), list)
	}
	h := ask(t, s, "HEAD", "/sub/?x", "")
	if h.status != 200 || h.lines() != a.lines() || h.body.Len() > 0 {
		t.Errorf("HEAD: got %d\n%s%q", h.status, h.lines(), h.body.String())
	}
	if a := ask(t, s, "GET", "/empty/", ""); a.status != 200 || !strings.Contains(a.body.String(), "<ul>\n</ul>") {
		t.Errorf("empty: got %d %s", a.status, a.body.String())
	}
}

// spec: I-6 I-7 P-13
func TestLinksInListing(t *testing.T) {
	root := t.TempDir()
	for _, err := range []error{
		os.MkdirAll(root+"/d/dir", 0o777),
		os.WriteFile(root+"/d/file", []byte("x"), 0o666),
		os.Symlink("file", root+"/d/tofile"),
		os.Symlink("dir", root+"/d/todir"),
		os.Symlink("nothere", root+"/d/broken"),
		os.Symlink("loop", root+"/d/loop"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	s := New(os.DirFS(root))
	a := ask(t, s, "GET", "/d/", "")
	const want = `<ul>
<li><a href="broken">broken@</a></li>
<li><a href="dir/">dir/</a></li>
<li><a href="file">file</a></li>
<li><a href="loop">loop@</a></li>
<li><a href="todir/">todir@</a></li>
<li><a href="tofile">tofile@</a></li>
</ul>
`
	if !strings.Contains(a.body.String(), want) {
		t.Errorf("got\n%s", a.body.String())
	}
	for target, status := range map[string]int{"/d/tofile": 200, "/d/todir": 301, "/d/todir/": 200, "/d/broken": 404, "/d/loop": 404} {
		if a := ask(t, s, "GET", target, ""); a.status != status {
			t.Errorf("%s: got %d, want %d", target, a.status, status)
		}
	}
}

func TestBoundedListing(t *testing.T) {
	many := fstest.MapFS{}
	for i := range 3000 {
		many["d/"+itoa(i)] = &fstest.MapFile{}
	}
	s := testSite(t, many)
	for _, tc := range []struct{ limit, shown int }{{0, 3000}, {-1, 3000}, {3000, 3000}, {2999, 2999}, {1024, 1024}, {1, 1}} {
		s.MaxEntries = tc.limit
		page := ask(t, s, "GET", "/d/", "").body.String()
		if n := strings.Count(page, "<li>"); n != tc.shown {
			t.Errorf("at most %d: %d entries", tc.limit, n)
		}
		if cut := strings.Contains(page, "<p>Only the first "+itoa(tc.shown)+" entries are shown.</p>"); cut != (tc.shown < 3000) {
			t.Errorf("at most %d: the page says it was cut: %v", tc.limit, cut)
		}
	}
	// A file system that lists by itself is bounded just the same.
	s.FS = lister{many}
	s.MaxEntries = 5
	if n := strings.Count(ask(t, s, "GET", "/d/", "").body.String(), "<li>"); n != 5 {
		t.Errorf("ReadDirFS: %d entries", n)
	}
}

type lister struct{ fstest.MapFS }

func (l lister) Open(name string) (fs.File, error) {
	f, err := l.MapFS.Open(name)
	return struct{ fs.File }{f}, err
}

// Names that no link could lead to are left out.
func TestOddEntries(t *testing.T) {
	s := New(odd{fstest.MapFS{"d/ok": {}}})
	page := ask(t, s, "GET", "/d/", "").body.String()
	if strings.Count(page, "<li>") != 1 || !strings.Contains(page, `href="ok"`) {
		t.Errorf("got %s", page)
	}
}

type odd struct{ fs.FS }

type oddEntry struct {
	fs.DirEntry
	name string
}

func (e oddEntry) Name() string { return e.name }

type oddDir struct{ fs.File }

func (o odd) Open(name string) (fs.File, error) {
	f, err := o.FS.Open(name)
	return oddDir{f}, err
}

func (d oddDir) ReadDir(n int) (list []fs.DirEntry, err error) {
	list, err = d.File.(fs.ReadDirFile).ReadDir(n)
	if len(list) > 0 {
		for _, name := range []string{"", ".", "..", "//evil.example", "a/b"} {
			list = append(list, oddEntry{list[0], name})
		}
	}
	return list, err
}

func TestOverrides(t *testing.T) {
	s := testSite(t, tree())
	s.GuessType = func(name string) string { return "x/" + name }
	s.TranslatePath = func(target string) (string, bool, error) {
		if target == "/root" {
			return ".", true, nil
		}
		return TranslatePath("/indexed" + target)
	}
	s.ListDirectory = func(x *handler.Exchange, name string) (handler.Content, error) {
		x.SendResponse(200, "")
		x.SendHeader("Content-Length", "3")
		return handler.Bytes("dir"), x.EndHeaders()
	}
	if a := ask(t, s, "GET", "/index.htm", ""); a.body.String() != "second" || a.fields.Get("Content-type") != "x/indexed/index.htm" {
		t.Errorf("got %q\n%s", a.body.String(), a.lines())
	}
	if a := ask(t, s, "GET", "/root", ""); a.body.String() != "dir" {
		t.Errorf("got %q", a.body.String())
	}
	if a := ask(t, s, "HEAD", "/root", ""); a.body.Len() > 0 || a.fields.Get("Content-Length") != "3" {
		t.Errorf("HEAD got %q\n%s", a.body.String(), a.lines())
	}
}

// What must not be sent is not sent as an index page either.
func TestForbidden(t *testing.T) {
	s := testSite(t, tree())
	s.Forbidden = func(x *handler.Exchange, name string) bool { return strings.HasSuffix(name, "index.html") }
	for _, target := range []string{"/indexed/", "/indexed/index.html", "/indexed/.", "/indexed/index.html/"} {
		for _, method := range []string{"GET", "HEAD"} {
			want := 403
			if target == "/indexed/." {
				want = 301
			}
			if a := ask(t, s, method, target, "Range: bytes=0-0"); a.status != want || a.body.String() == "index" {
				t.Errorf("%s %s: got %d %q, want %d", method, target, a.status, a.body.String(), want)
			}
		}
	}
	if a := ask(t, s, "GET", "/htm/", ""); a.status != 200 || a.body.String() != "htm" {
		t.Errorf("another: got %d %q", a.status, a.body.String())
	}
}
