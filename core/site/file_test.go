package site

import (
	"errors"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"vitrine/core/conditional"
	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/trace"
)

func files() fstest.MapFS {
	return fstest.MapFS{
		"f.txt":      {Data: []byte("0123456789")},
		"empty.css":  {},
		"a.tar.gz":   {Data: []byte("gz")},
		".htaccess":  {Data: []byte("secret")},
		"sub/x.html": {Data: []byte("<p>")},
		"fifo":       {Mode: fs.ModeNamedPipe},
		"socket":     {Mode: fs.ModeSocket},
		"device":     {Mode: fs.ModeDevice | fs.ModeCharDevice},
	}
}

const fileLines = "Content-type: text/plain\nContent-Length: 10\nLast-Modified: " + modText + "\nETag: " + tagOf10 + "\nAccept-Ranges: bytes\nCache-Control: no-cache\n"

// spec: F-4 F-5 W-4 K-6
func TestFile(t *testing.T) {
	s := testSite(t, files())
	a := ask(t, s, "GET", "/f.txt?v=1", "")
	if a.status != 200 || a.lines() != fileLines || a.body.String() != "0123456789" || a.closed || a.err != nil {
		t.Errorf("got %d\n%s%q closed %v %v", a.status, a.lines(), a.body.String(), a.closed, a.err)
	}
	a = ask(t, s, "HEAD", "/f.txt", "")
	if a.status != 200 || a.lines() != fileLines || a.body.Len() != 0 || a.closed || a.err != nil {
		t.Errorf("HEAD: got %d\n%s%q closed %v %v", a.status, a.lines(), a.body.String(), a.closed, a.err)
	}
	a = ask(t, s, "GET", "/empty.css", "")
	if a.status != 200 || a.fields.Get("Content-Length") != "0" || a.fields.Get("Content-type") != "text/css" || a.body.Len() != 0 {
		t.Errorf("empty: got %d\n%s", a.status, a.lines())
	}
}

// spec: F-6 T-1 P-12
func TestFileFields(t *testing.T) {
	s := testSite(t, files())
	for target, want := range map[string]string{
		"/a.tar.gz":   "application/gzip",
		"/.htaccess":  "application/octet-stream",
		"/sub/x.html": "text/html",
	} {
		a := ask(t, s, "GET", target, "Accept-Encoding: gzip\nAccept: image/png")
		if a.status != 200 || a.fields.Get("Content-type") != want {
			t.Errorf("%s: got %d %s, want %s", target, a.status, a.fields.Get("Content-type"), want)
		}
		for _, name := range []string{"Content-Encoding", "Vary"} {
			if a.fields.Has(name) {
				t.Errorf("%s: has %s", target, name)
			}
		}
	}
}

// spec: F-1 F-2
// departs: F-3, P-8, P-11
func TestNotFound(t *testing.T) {
	s := testSite(t, files())
	for _, target := range []string{
		"/nothere", "/nothere/", "/f.txt/", "/f.txt%2f", "/f.txt%2F", "/f.txt/x", "/F.TXT", "/%FF", "/%ED%B3%BF", "/*",
		"/a%00b", "/%00/", "/%ED%A0%80", "/" + strings.Repeat("n", 5000),
		"/fifo", "/fifo/", "/socket", "/device", "http:/h/f.txt",
	} {
		for _, method := range []string{"GET", "HEAD"} {
			a := ask(t, s, method, target, "If-None-Match: *\nRange: bytes=0-0")
			if a.status != 404 || a.fields.Get("Content-Length") != "460" || !a.closed || a.err != nil {
				t.Errorf("%s %.40q: got %d\n%s%v", method, target, a.status, a.lines(), a.err)
			}
			if (a.body.Len() == 460) != (method == "GET") || method == "GET" && !strings.Contains(a.body.String(), "Message: File not found.") {
				t.Errorf("%s %.40q: %q", method, target, a.body.String())
			}
			if len(a.steps) == 0 {
				t.Errorf("%s %.40q: nothing says why", method, target)
			}
		}
	}
}

// broken fails at everything but in its own words.
type broken struct {
	fs.FS
	err error
}

func (b broken) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: "/secret/" + name, Err: b.err}
}

func (b broken) Stat(name string) (fs.FileInfo, error) { return fs.Stat(b.FS, name) }

// spec: F-2 D-5
func TestOpenErrors(t *testing.T) {
	for _, err := range []error{fs.ErrPermission, fs.ErrNotExist, fs.ErrInvalid, fs.ErrClosed, errors.New("too many levels of symbolic links"), errors.New("too many open files")} {
		s := New(broken{files(), err})
		for _, target := range []string{"/f.txt", "/nothere", "/f.txt/"} {
			a := ask(t, s, "GET", target, "")
			if a.status != 404 || !strings.Contains(a.body.String(), "Message: File not found.") {
				t.Errorf("%v: got %d\n%s", err, a.status, a.body.String())
			}
			if strings.Contains(a.body.String(), "secret") {
				t.Errorf("%v: the page tells too much: %s", err, a.body.String())
			}
		}
	}
	// A directory that cannot be read redirects all the same, and says so.
	s := New(broken{files(), fs.ErrPermission})
	if a := ask(t, s, "GET", "/sub", ""); a.status != 301 {
		t.Errorf("closed directory: %d", a.status)
	}
	a := ask(t, s, "GET", "/sub/", "")
	if a.status != 404 || !strings.Contains(a.body.String(), "Message: No permission to list directory.") || !a.noted("permission denied") {
		t.Errorf("closed directory: %d %s %v", a.status, a.body.String(), a.steps)
	}
}

// Every case is in TestDecide; this is what it looks like outside.
// spec: N-1 K-6
// departs: N-2 (RFC 9110 §13: conditions beyond If-Modified-Since count)
func TestConditions(t *testing.T) {
	s := testSite(t, files())
	for _, tc := range []struct {
		method, fields string
		status         int
		lines          string
	}{
		{"GET", "If-None-Match: " + tagOf10, 304, "ETag: " + tagOf10 + "\nCache-Control: no-cache\n"},
		{"HEAD", "If-None-Match: W/" + tagOf10, 304, "ETag: " + tagOf10 + "\nCache-Control: no-cache\n"},
		{"GET", "If-Modified-Since: " + modText, 304, "ETag: " + tagOf10 + "\nCache-Control: no-cache\n"},
		{"GET", "If-Modified-Since: " + modText + "\nIf-None-Match:", 200, fileLines},
		{"GET", "If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT", 200, fileLines},
		{"GET", "If-None-Match: \"other\"", 200, fileLines},
		{"GET", "Cache-Control: no-cache\nPragma: no-cache\nIf-Modified-Since: " + modText, 304, "ETag: " + tagOf10 + "\nCache-Control: no-cache\n"}, // spec: N-2
		{"GET", "Cache-Control: only-if-cached", 200, fileLines},
	} {
		a := ask(t, s, tc.method, "/f.txt", tc.fields)
		if a.status != tc.status || a.lines() != tc.lines || a.closed || tc.status == 304 && a.body.Len() > 0 {
			t.Errorf("%s %s: got %d\n%s, want %d\n%s", tc.method, tc.fields, a.status, a.lines(), tc.status, tc.lines)
		}
	}
	a := ask(t, s, "GET", "/f.txt", "If-Match: \"other\"")
	if a.status != 412 || !a.closed || !strings.Contains(a.body.String(), "Precondition Failed") {
		t.Errorf("412: got %d\n%s%s", a.status, a.lines(), a.body.String())
	}
}

// departs: F-6 (RFC 9110 §14: ranges and entity tags)
func TestRanges(t *testing.T) {
	s := testSite(t, files())
	part := func(n, r string) string {
		return "Content-type: text/plain\nContent-Length: " + n + "\nLast-Modified: " + modText +
			"\nContent-Range: bytes " + r + "/10\nETag: " + tagOf10 + "\nAccept-Ranges: bytes\nCache-Control: no-cache\n"
	}
	for _, tc := range []struct {
		fields string
		status int
		lines  string
		body   string
	}{
		{"Range: bytes=0-0", 206, part("1", "0-0"), "0"},
		{"Range: bytes=-3", 206, part("3", "7-9"), "789"},
		{"Range: bytes=4-", 206, part("6", "4-9"), "456789"},
		{"Range: bytes=0-", 206, part("10", "0-9"), "0123456789"},
		{"Range: bytes=50-60,2-3", 206, part("2", "2-3"), "23"},
		{"Range: bytes=2-3\nIf-Range: " + tagOf10, 206, part("2", "2-3"), "23"},
		{"Range: bytes=2-3\nIf-Range: " + modText, 206, part("2", "2-3"), "23"},
		{"Range: bytes=2-3\nIf-Range: \"x\"", 200, fileLines, "0123456789"},
		{"Range: lines=2-3", 200, fileLines, "0123456789"},
		{"Range: bytes=3-2", 200, fileLines, "0123456789"},
		{"Range: bytes=2-3\nIf-None-Match: " + tagOf10, 304, "ETag: " + tagOf10 + "\nCache-Control: no-cache\n", ""},
	} {
		a := ask(t, s, "GET", "/f.txt", tc.fields)
		if a.status != tc.status || a.lines() != tc.lines || a.body.String() != tc.body {
			t.Errorf("%s: got %d\n%s%q, want %d\n%s%q", tc.fields, a.status, a.lines(), a.body.String(), tc.status, tc.lines, tc.body)
		}
	}
	if a := ask(t, s, "HEAD", "/f.txt", "Range: bytes=0-0"); a.status != 200 || a.lines() != fileLines {
		t.Errorf("HEAD: got %d\n%s", a.status, a.lines())
	}
	a := ask(t, s, "GET", "/f.txt", "Range: bytes=10-")
	if a.status != 416 || !strings.HasSuffix(a.lines(), "Content-Range: bytes */10\n") || !a.closed {
		t.Errorf("416: got %d\n%s", a.status, a.lines())
	}
}

func TestManyRanges(t *testing.T) {
	s := testSite(t, files())
	a := ask(t, s, "GET", "/f.txt", "Range: bytes=0-1, -1")
	mediaType := a.fields.Get("Content-type")
	boundary, ok := strings.CutPrefix(mediaType, "multipart/byteranges; boundary=")
	want := "\r\n--" + boundary + "\r\nContent-type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\n01" +
		"\r\n--" + boundary + "\r\nContent-type: text/plain\r\nContent-Range: bytes 9-9/10\r\n\r\n9" +
		"\r\n--" + boundary + "--\r\n"
	if a.status != 206 || !ok || a.body.String() != want || a.fields.Has("Content-Range") {
		t.Errorf("got %d\n%s%q", a.status, a.lines(), a.body.String())
	}
	if n := a.fields.Get("Content-Length"); n != itoa(a.body.Len()) {
		t.Errorf("Content-Length %s of %d bytes", n, a.body.Len())
	}
}

// A file that can only be read from its start is not sent in several parts.
func TestRangesOfStream(t *testing.T) {
	s := New(streams{files()})
	if a := ask(t, s, "GET", "/f.txt", "Range: bytes=0-1,4-5"); a.status != 200 || a.body.String() != "0123456789" {
		t.Errorf("two ranges: %d %q", a.status, a.body.String())
	}
	if a := ask(t, s, "GET", "/f.txt", "Range: bytes=4-5"); a.status != 206 || a.body.String() != "45" {
		t.Errorf("one range: %d %q", a.status, a.body.String())
	}
}

type streams struct{ fs.FS }

func (s streams) Open(name string) (fs.File, error) {
	f, err := s.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return struct{ fs.File }{f}, nil
}

// spec: F-4
// departs: F-4
func TestFileThatChangesItsLength(t *testing.T) {
	for _, tc := range []struct {
		announced int64
		body      string
		err       error
	}{
		{4, "0123", nil},                        // it grew: what was announced is sent
		{20, "0123456789", io.ErrUnexpectedEOF}, // it shrank: the transport must cut off
		{-1, "", nil},                           // no size a file can have
		{1 << 62, "0123456789", io.ErrUnexpectedEOF},
	} {
		s := New(lying{files(), tc.announced})
		a := ask(t, s, "GET", "/f.txt", "")
		if a.status != 200 || a.body.String() != tc.body || !errors.Is(a.err, tc.err) {
			t.Errorf("%d bytes announced: got %d %q %v", tc.announced, a.status, a.body.String(), a.err)
		}
		if n := a.fields.Get("Content-Length"); n != strconv.FormatInt(max(tc.announced, 0), 10) {
			t.Errorf("%d bytes announced: Content-Length %s", tc.announced, n)
		}
	}
}

// lying reports another size than the file has.
type lying struct {
	fs.FS
	size int64
}

type lyingFile struct {
	fs.File
	size int64
}

type lyingInfo struct {
	fs.FileInfo
	size int64
}

func (l lying) Open(name string) (fs.File, error) {
	f, err := l.FS.Open(name)
	return lyingFile{f, l.size}, err
}

func (f lyingFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	return lyingInfo{info, f.size}, err
}

func (i lyingInfo) Size() int64 { return i.size }

// spec: W-4
func TestTimes(t *testing.T) {
	for _, tc := range []struct {
		name     string
		mod      time.Time
		modified string
		etag     string
	}{
		{"fraction before 1970", time.Unix(-1, 5e8), "Wed, 31 Dec 1969 23:59:59 GMT", `"-1.1dcd6500-0"`},
		{"unknown", time.Time{}, "", ""},
		{"epoch", time.Unix(0, 0), "Thu, 01 Jan 1970 00:00:00 GMT", ""},
		{"year 10000", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), "", `W/"3afff44180.0-0"`},
		{"just changed", testNow.Add(-time.Second), "Sun, 23 Nov 2025 11:59:59 GMT", `W/"6922f73f.0-0"`},
		{"stable", testNow.Add(-2 * time.Second), "Sun, 23 Nov 2025 11:59:58 GMT", `"6922f73e.0-0"`},
	} {
		s := New(fstest.MapFS{"f": {ModTime: tc.mod}})
		s.Now = func() time.Time { return testNow }
		a := ask(t, s, "GET", "/f", "")
		if got := a.fields.Get("Last-Modified"); a.status != 200 || got != tc.modified || a.fields.Has("Last-Modified") != (tc.modified != "") {
			t.Errorf("%s: got %d %q, want %q", tc.name, a.status, got, tc.modified)
		}
		if got := a.fields.Get("ETag"); got != tc.etag || a.fields.Has("ETag") != (tc.etag != "") {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.etag)
		}
	}
}

// Two files asked for in turn never get each other's fields.
func TestValidatorCache(t *testing.T) {
	tree := fstest.MapFS{}
	for i := range 300 {
		name := "f" + itoa(i)
		tree[name] = &fstest.MapFile{Data: make([]byte, i%7), ModTime: modTime.Add(time.Duration(i/7) * time.Nanosecond)}
	}
	s := testSite(t, tree)
	for range 2 {
		for name, f := range tree {
			a := ask(t, s, "GET", "/"+name, "")
			want := conditional.EntityTag(int64(len(f.Data)), f.ModTime, testNow)
			if a.fields.Get("ETag") != want || a.fields.Get("Content-Length") != itoa(len(f.Data)) {
				t.Fatalf("%s: got\n%s, want %s", name, a.lines(), want)
			}
		}
	}
}

// Who keeps a file asks before each use, whatever the age of the file.
// departs: F-4 (RFC 9111)
func TestCacheControl(t *testing.T) {
	for _, tc := range []struct {
		title, value string
		extra        http1.Fields
		want, of304  string // "" means no such field
	}{
		{"by default", "", nil, "no-cache", "no-cache"},
		{"another", "max-age=60", nil, "max-age=60", "max-age=60"},
		{"off", CacheOff, nil, "", ""},
		{"a field of one's own", "", http1.Fields{{Name: "cache-control", Value: "no-store"}}, "no-store", "no-store"},
		{"a field of one's own, and off", CacheOff, http1.Fields{{Name: "cache-control", Value: "no-store"}}, "no-store", "no-store"},
	} {
		s := testSite(t, files())
		s.CacheControl, s.ExtraFields = tc.value, tc.extra
		for target, fields := range map[string]string{"/f.txt": "", "/f.txt?": "Range: bytes=0-1", "/sub/": ""} {
			if a := ask(t, s, "GET", target, fields); a.fields.Get("Cache-Control") != tc.want || strings.Count(strings.ToLower(a.lines()), "cache-control") > 1 {
				t.Errorf("%s: %s: got\n%s", tc.title, target, a.lines())
			}
		}
		if a := ask(t, s, "GET", "/f.txt", "If-None-Match: "+tagOf10); a.status != 304 || a.fields.Get("Cache-Control") != tc.of304 {
			t.Errorf("%s: got %d\n%s", tc.title, a.status, a.lines())
		}
		for _, target := range []string{"/nothere", "/sub"} {
			if a := ask(t, s, "GET", target, ""); a.fields.Has("Cache-Control") {
				t.Errorf("%s: %s: got\n%s", tc.title, target, a.lines())
			}
		}
	}
}

// The fields of Python 3.15's --header and --content-type.
func TestExtraFields(t *testing.T) {
	s := testSite(t, files())
	s.DefaultType = "text/plain"
	s.ExtraFields = http1.Fields{{Name: "X-A", Value: "1"}, {Name: "x-a", Value: "2"}, {Name: "content-type", Value: "no"}, {Name: "etag", Value: "no"}, {Name: "Date", Value: "no"}}
	a := ask(t, s, "GET", "/f.txt", "")
	want := strings.Replace(fileLines, "ETag", "X-A: 1\nx-a: 2\nETag", 1)
	if a.lines() != want {
		t.Errorf("file: got\n%s, want\n%s", a.lines(), want)
	}
	if a := ask(t, s, "GET", "/f.txt", "Range: bytes=0-0"); a.status != 206 || a.fields.Get("X-A") != "1" {
		t.Errorf("part: got %d\n%s", a.status, a.lines())
	}
	a = ask(t, s, "GET", "/sub/", "")
	if !strings.HasSuffix(a.lines(), "\nX-A: 1\nx-a: 2\netag: no\nCache-Control: no-cache\n") {
		t.Errorf("listing: got\n%s", a.lines())
	}
	for target, fields := range map[string]string{
		"/sub": "", "/nothere": "", "/f.txt": "If-None-Match: *", "/f.txt?": "Range: bytes=99-",
	} {
		if a := ask(t, s, "GET", target, fields); a.fields.Has("X-A") || a.status == 200 {
			t.Errorf("%s %s: got %d\n%s", target, fields, a.status, a.lines())
		}
	}
	if a := ask(t, s, "GET", "/.htaccess", ""); a.fields.Get("Content-type") != "text/plain" {
		t.Errorf("unknown type: %s", a.lines())
	}
}

// spec: M-1 M-2
func TestMethods(t *testing.T) {
	s := testSite(t, files())
	for _, method := range []string{"POST", "get", "OPTIONS", "PUT"} {
		if a := ask(t, s, method, "/f.txt", ""); a.status != 501 {
			t.Errorf("%s: %d", method, a.status)
		}
	}
	s.Methods["POST"] = func(x *handler.Exchange) error { return x.SendError(403, "", "") }
	if a := ask(t, s, "POST", "/f.txt", ""); a.status != 403 {
		t.Errorf("POST of one's own: %d", a.status)
	}
}

// On Windows names that mean something else there are not even tried.
func TestWindowsNames(t *testing.T) {
	s := testSite(t, fstest.MapFS{"c:x": {}, "nul.txt": {}, "ok.txt": {}})
	s.Windows = true
	for target, want := range map[string]int{"/c:x": 404, "/c%3Ax": 404, "/NUL.txt": 404, "/nul.txt": 404, "/ok.txt": 200, "/": 200} {
		if a := ask(t, s, "GET", target, ""); a.status != want {
			t.Errorf("%s: got %d, want %d", target, a.status, want)
		}
	}
	s.Windows = false
	if a := ask(t, s, "GET", "/nul.txt", ""); a.status != 200 {
		t.Errorf("elsewhere: %d", a.status)
	}
}

// Steps tell how a file was found, and cost nothing when they are not recorded.
func TestNotes(t *testing.T) {
	s := testSite(t, files())
	a := ask(t, s, "GET", "/sub/%2e%2e/f%2Etxt?q#f", "If-None-Match: \"x\"\nRange: bytes=0-0")
	for _, text := range []string{
		"path.cut /sub/%2e%2e/f%2Etxt", "path.decoded /sub/../f.txt", "path.cleaned f.txt", "type.by-name f.txt text/plain",
		`cond.if-none-match "x" passed new`, "cond.range bytes=0-0 decided satisfiable",
	} {
		if !a.noted(text) {
			t.Errorf("no step says %q: %v", text, a.steps)
		}
	}
	for _, s := range a.steps {
		if s.Kind != trace.Note || !s.Code.Valid() {
			t.Errorf("step %+v", s)
		}
	}
}
