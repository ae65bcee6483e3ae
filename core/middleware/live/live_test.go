package live_test

import (
	"bytes"
	"io"
	"net"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"vitrine/core/handler"
	"vitrine/core/handler/handlertest"
	"vitrine/core/http1"
	"vitrine/core/middleware/live"
	"vitrine/core/session"
	"vitrine/core/session/sessiontest"
	"vitrine/core/site"
)

var tag = regexp.MustCompile(`<script src="/\.vitrine/live\.js\?since=[0-9a-z]+\.\d+"></script>\n$`)

func files() fstest.MapFS {
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text), ModTime: now} }
	return fstest.MapFS{
		"index.html": file("<p>start"), "page.htm": file("<p>page"), "empty.html": file(""),
		"site.css": file("p {}"), "dir/a.js": file("a()"),
	}
}

func TestScriptIsAdded(t *testing.T) {
	plain := site.New(files())
	h := handler.Wrap(plain, live.New().Wrap)
	for _, tc := range []struct {
		name, request string
		status        int
		added         bool
	}{
		{"a page", "GET /index.html HTTP/1.1\r\n", 200, true},
		{"the index page of a directory", "GET / HTTP/1.1\r\n", 200, true},
		{"an empty page", "GET /empty.html HTTP/1.1\r\n", 200, true},
		{"a listing", "GET /dir/ HTTP/1.1\r\n", 200, true},
		{"an error page", "GET /none.html HTTP/1.1\r\n", 404, true},
		{"an error page for a picture", "GET /none.png HTTP/1.1\r\n", 404, true},
		{"a method that is not known", "POST / HTTP/1.1\r\nContent-Length: 0\r\n", 501, true},
		{"in a frame", "GET /page.htm HTTP/1.1\r\nSec-Fetch-Dest: iframe\r\n", 200, true},
		{"a page that is in the cache", "GET /index.html HTTP/1.1\r\nIf-Modified-Since: Sun, 29 Nov 2026 12:00:00 GMT\r\n", 200, true},
		{"a part of a page is the whole of it", "GET /index.html HTTP/1.1\r\nRange: bytes=0-1\r\n", 200, true},
		{"a page that a script fetches", "GET /page.htm HTTP/1.1\r\nSec-Fetch-Dest: empty\r\n", 200, false},
		{"a style sheet", "GET /site.css HTTP/1.1\r\n", 200, false},
		{"a part of a script", "GET /dir/a.js HTTP/1.1\r\nRange: bytes=0-0\r\n", 206, false},
		{"a style sheet that is in the cache", "GET /site.css HTTP/1.1\r\nIf-Modified-Since: Sun, 29 Nov 2026 12:00:00 GMT\r\n", 304, false},
		{"a redirect", "GET /dir HTTP/1.1\r\n", 301, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := handlertest.Serve(h, tc.request+"\r\n")
			if r.Err != nil || r.Status != tc.status {
				t.Fatalf("got %d, %v, want %d", r.Status, r.Err, tc.status)
			}
			if got := tag.Match(r.Content); got != tc.added {
				t.Errorf("the script was added: %t, want %t: %q", got, tc.added, r.Content)
			}
			if n := r.Fields.Get("Content-Length"); n != "" && r.Status != 304 && n != strconv.Itoa(len(r.Content)) {
				t.Errorf("Content-Length is %s, content %d bytes", n, len(r.Content))
			}
			if tc.added && (r.Fields.Has("ETag") || r.Fields.Has("Last-Modified") || r.Fields.Has("Accept-Ranges")) {
				t.Errorf("a page with the script has a validator of the file: %q", r.Fields)
			}
			if !tc.added {
				if want := handlertest.Serve(plain, tc.request+"\r\n"); !bytes.Equal(r.Content, want.Content) || len(r.Fields) != len(want.Fields) {
					t.Errorf("got %q %q, without the middleware %q %q", r.Fields, r.Content, want.Fields, want.Content)
				}
			}
			// Ranges count with GET only.
			if rest, ok := strings.CutPrefix(tc.request, "GET"); ok && r.Status != 206 {
				head := handlertest.Serve(h, "HEAD"+rest+"\r\n")
				if got, want := head.Fields.Get("Content-Length"), r.Fields.Get("Content-Length"); got != want || len(head.Content) > 0 {
					t.Errorf("HEAD has length %s and %d bytes, GET length %s", got, len(head.Content), want)
				}
			}
		})
	}
}

// Content whose length is not known ends with the script as well.
func TestScriptBehindAStream(t *testing.T) {
	h := handler.Wrap(handler.HandlerFunc(func(x *handler.Exchange) error {
		x.SendResponse(200, "")
		x.SendHeader("Content-Type", "Text/HTML; charset=utf-8")
		if err := x.EndHeaders(); err != nil {
			return err
		}
		return x.SendContent(handler.Stream{Reader: strings.NewReader("<p>made as it goes")})
	}), live.New().Wrap)
	if r := handlertest.Get(h, "/"); string(tag.ReplaceAll(r.Content, nil)) != "<p>made as it goes" || !tag.Match(r.Content) {
		t.Errorf("got %q, %v", r.Content, r.Err)
	}
}

func TestScript(t *testing.T) {
	r := handlertest.Get(handler.Wrap(site.New(files()), live.New().Wrap), "/.vitrine/live.js")
	if r.Status != 200 || !bytes.Contains(r.Content, []byte("EventSource")) || r.Fields.Get("Cache-Control") != "no-store" {
		t.Errorf("got %d %q", r.Status, r.Fields)
	}
}

// listener reads the events of one response.
type listener struct {
	t    *testing.T
	conn net.Conn
	text string
}

func listen(t *testing.T, l *live.Live, since string) *listener {
	t.Helper()
	h := handler.Wrap(site.New(files()), l.Wrap)
	conn, _ := sessiontest.Pipe(&session.Config{Rules: http1.Compat, Handler: h}, handler.Address{})
	t.Cleanup(func() { conn.Close() })
	if _, err := io.WriteString(conn, "GET /.vitrine/live"+since+" HTTP/1.1\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	return &listener{t: t, conn: conn}
}

// until reads on until want has come.
func (l *listener) until(want string) string {
	l.t.Helper()
	buffer := make([]byte, 4096)
	for !strings.Contains(l.text, want) {
		n, err := l.conn.Read(buffer)
		l.text += string(buffer[:n])
		if err != nil {
			l.t.Fatalf("%v before %q came; got %q", err, want, l.text)
		}
	}
	before, after, _ := strings.Cut(l.text, want)
	l.text = after
	return before
}

// id is that of the last event.
func (l *listener) id() string {
	l.until("id: ")
	return l.until("\n")
}

func TestEvents(t *testing.T) {
	l := live.New()
	page := listen(t, l, "")
	page.until("event: hello\n")
	id := page.id()
	l.Changed("css/a b.css", "css/\xff.CSS")
	page.until("event: style\ndata: /css/a%20b.css\ndata: /css/%ED%B3%BF.CSS\n\n")
	l.Changed("css/site.css", "index.html")
	page.until("event: reload\ndata:\n\n")
	l.Changed()
	page.until("event: reload\ndata:\n\n")

	// One that comes back hears what it has missed, and all of it.
	back := listen(t, l, "?since="+id)
	back.until("event: style\n")
	back.until("event: reload\n")
	back.until("event: reload\n")

	// One that has missed more than is kept, or that knows another run of the
	// server, or says something else, starts from the beginning.
	for range 300 {
		l.Changed("site.css")
	}
	for _, since := range []string{id, "other.3", "nonsense", id + "9999", "-1"} {
		p := listen(t, l, "?since="+since)
		if before := p.until("event: reload\ndata:\n\n"); strings.Contains(before, "event: style") {
			t.Errorf("since %s: got %q", since, before)
		}
	}

	l.Close()
	if _, err := io.ReadAll(page.conn); err != nil {
		t.Errorf("the response did not end: %v", err)
	}
	if r := handlertest.Get(handler.Wrap(site.New(files()), l.Wrap), "/.vitrine/live"); r.Status != 503 {
		t.Errorf("after Close: got %d", r.Status)
	}
}

// There are no more listeners than the bound, and one that leaves makes room.
func TestListenersAreBounded(t *testing.T) {
	l := live.New()
	var first *listener
	for i := range 256 {
		p := listen(t, l, "")
		p.until("hello")
		if i == 0 {
			first = p
		}
	}
	h := handler.Wrap(site.New(files()), l.Wrap)
	if r := handlertest.Get(h, "/.vitrine/live"); r.Status != 503 {
		t.Fatalf("the 257th got %d", r.Status)
	}
	first.conn.Close()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		l.Changed("site.css") // a write finds that the client is gone
		r := handlertest.Serve(h, "HEAD /.vitrine/live HTTP/1.1\r\n\r\n")
		if r.Status == 200 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("a listener that left made no room")
		}
	}
}
