package nethttp_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"vitrine/core/handler"
	"vitrine/core/nethttp"
	"vitrine/core/site"
)

var epoch = time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)

func tree() fstest.MapFS {
	return fstest.MapFS{
		"hello.txt":     {Data: []byte("hello, world\n"), ModTime: epoch},
		"empty.txt":     {ModTime: epoch},
		"sub/page.html": {Data: []byte("<p>page"), ModTime: epoch},
		"a b/ü#1.txt":   {Data: []byte("odd"), ModTime: epoch},
	}
}

// start runs h under a real net/http server and returns its address.
func start(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

// exchange sends raw bytes and returns the response with its content read.
func exchange(t *testing.T, addr, method, request string) (*http.Response, string) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(30 * time.Second))
	io.WriteString(c, request)
	res, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%q: %v", request, err)
	}
	content, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("%q: content: %v", request, err)
	}
	return res, string(content)
}

func TestHandlerServesSite(t *testing.T) {
	s := site.New(tree())
	addr := start(t, nethttp.Handler(s))
	for _, tc := range []struct {
		method, target, field string
		status                int
		header                map[string]string // exact; "" means absent
		content               string
	}{
		{"GET", "/hello.txt", "", 200, map[string]string{
			"Content-Type": "text/plain", "Content-Length": "13", "Accept-Ranges": "bytes",
			"Last-Modified": "Mon, 06 May 2024 07:08:09 GMT", "Transfer-Encoding": "",
		}, "hello, world\n"},
		{"HEAD", "/hello.txt", "", 200, map[string]string{"Content-Length": "13"}, ""},
		{"GET", "/empty.txt", "", 200, map[string]string{"Content-Length": "0"}, ""},
		{"GET", "/hello.txt", "Range: bytes=7-11", 206, map[string]string{
			"Content-Range": "bytes 7-11/13", "Content-Length": "5"}, "world"},
		{"GET", "/hello.txt", "Range: bytes=50-", 416, map[string]string{"Content-Range": "bytes */13"}, "<any>"},
		{"GET", "/hello.txt", "If-Modified-Since: Mon, 06 May 2024 07:08:09 GMT", 304,
			map[string]string{"Content-Length": "", "Content-Type": ""}, ""},
		{"GET", "/sub?x=1", "", 301, map[string]string{"Location": "/sub/?x=1", "Content-Length": "0", "Content-Type": ""}, ""},
		{"GET", "/missing", "", 404, map[string]string{"Content-Type": "text/html;charset=utf-8", "Connection": ""}, "<any>"},
		{"GET", "/a%20b/%C3%BC%231.txt", "", 200, nil, "odd"},
		{"POST", "/hello.txt", "Content-Length: 0", 501, nil, "<any>"},
		{"BREW", "/hello.txt", "", 501, nil, "<any>"},
	} {
		t.Run(tc.method+" "+tc.target+" "+tc.field, func(t *testing.T) {
			request := tc.method + " " + tc.target + " HTTP/1.1\r\nHost: h\r\n"
			if tc.field != "" {
				request += tc.field + "\r\n"
			}
			res, content := exchange(t, addr, tc.method, request+"\r\n")
			if res.StatusCode != tc.status {
				t.Errorf("got %d, want %d", res.StatusCode, tc.status)
			}
			if tc.content != "<any>" && content != tc.content {
				t.Errorf("content: got %q, want %q", content, tc.content)
			}
			for name, want := range tc.header {
				if got := res.Header.Get(name); got != want && name != "Connection" {
					t.Errorf("%s: got %q, want %q", name, got, want)
				}
			}
			if n := len(res.Header["Date"]); n != 1 {
				t.Errorf("%d Date fields, want 1", n)
			}
			if got := res.Header["Server"]; len(got) != 1 || !strings.HasPrefix(got[0], "Vitrine/") {
				t.Errorf("Server: got %q", got)
			}
			if tc.status >= 400 && !res.Close {
				t.Error("an error keeps the connection open")
			}
		})
	}
}

// What the handler sees must be what the client sent, as far as net/http
// knows it.
func TestHandlerSeesRequest(t *testing.T) {
	var seen handler.Exchange
	var fields []string
	var content string
	h := &handler.Base{ProtocolVersion: "HTTP/1.1"}
	h.Methods = map[string]handler.Method{"POST": func(x *handler.Exchange) error {
		seen = handler.Exchange{
			RequestLine: x.RequestLine, Path: x.Path, RequestVersion: x.RequestVersion,
			Client: x.Client, Server: x.Server, CloseConnection: x.CloseConnection,
		}
		for _, f := range x.Headers {
			fields = append(fields, f.Name+": "+f.Value)
		}
		b, err := io.ReadAll(x.Content)
		content = string(b)
		if err != nil {
			return err
		}
		x.SendResponse(200, "Fine")
		x.SendHeader("Content-Length", "2")
		x.EndHeaders()
		_, err = x.Write([]byte("ok"))
		return err
	}}
	addr := start(t, nethttp.Handler(h))
	res, response := exchange(t, addr, "POST", "POST //x%2Fy/../%C3%A9?a=%20b#f HTTP/1.1\r\n"+
		"X-b: 2\r\nHost: example:81\r\nX-A: 1\r\nX-A: 3\r\nTransfer-Encoding: chunked\r\n\r\n"+
		"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
	if res.StatusCode != 200 || response != "ok" || res.Close {
		t.Errorf("got %d %q close=%v, want 200 \"ok\" false", res.StatusCode, response, res.Close)
	}
	if want := "POST //x%2Fy/../%C3%A9?a=%20b#f HTTP/1.1"; seen.RequestLine != want {
		t.Errorf("request-line: got %q, want %q", seen.RequestLine, want)
	}
	if want := "/x%2Fy/../%C3%A9?a=%20b#f"; seen.Path != want {
		t.Errorf("path: got %q, want %q", seen.Path, want)
	}
	if want := []string{"Host: example:81", "X-A: 1", "X-A: 3", "X-B: 2", "Transfer-Encoding: chunked"}; !slices.Equal(fields, want) {
		t.Errorf("fields: got %q, want %q", fields, want)
	}
	if content != "abcde" {
		t.Errorf("content: got %q, want %q", content, "abcde")
	}
	if seen.CloseConnection {
		t.Error("CloseConnection is set although both sides persist")
	}
	if seen.Client.Addr().String() != "127.0.0.1" || seen.Client.Port() == 0 {
		t.Errorf("client: got %v", seen.Client)
	}
	if seen.Server == nil || seen.Server.Name+":"+strconv.Itoa(seen.Server.Port) != addr {
		t.Errorf("server: got %v, want %s", seen.Server, addr)
	}
}

func TestHandlerWaitsForContinue(t *testing.T) {
	h := &handler.Base{ProtocolVersion: "HTTP/1.1"}
	h.Methods = map[string]handler.Method{"POST": func(x *handler.Exchange) error {
		b, _ := io.ReadAll(x.Content)
		x.SendResponse(200, "")
		x.SendHeader("Content-Length", strconv.Itoa(len(b)))
		x.EndHeaders()
		_, err := x.Write(b)
		return err
	}}
	addr := start(t, nethttp.Handler(h))
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(30 * time.Second))
	io.WriteString(c, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
	r := bufio.NewReader(c)
	for _, want := range []string{"HTTP/1.1 100 Continue\r\n", "\r\n"} {
		if got, err := r.ReadString('\n'); got != want {
			t.Fatalf("got %q (%v), want %q", got, err, want)
		}
	}
	io.WriteString(c, "abc")
	if got, err := r.ReadString('\n'); got != "HTTP/1.1 200 OK\r\n" {
		t.Fatalf("after the content: got %q (%v)", got, err)
	}
}

func TestHandlerInterimAndStream(t *testing.T) {
	next := make(chan bool)
	h := &handler.Base{ProtocolVersion: "HTTP/1.1"}
	h.Methods = map[string]handler.Method{"GET": func(x *handler.Exchange) error {
		x.SendResponseOnly(103, "")
		x.SendHeader("Link", "</a.css>; rel=preload")
		x.EndHeaders()
		x.SendResponse(200, "")
		x.EndHeaders()
		return x.SendContent(handler.Stream{Reader: io.MultiReader(strings.NewReader("one"), waiting(next), strings.NewReader("two"))})
	}}
	addr := start(t, nethttp.Handler(h))
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(30 * time.Second))
	io.WriteString(c, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
	r := bufio.NewReader(c)
	res, err := http.ReadResponse(r, nil)
	if err != nil || res.StatusCode != 103 || res.Header.Get("Link") == "" {
		t.Fatalf("got %v (%v), want 103 with Link", res, err)
	}
	res, err = http.ReadResponse(r, nil)
	if err != nil || res.StatusCode != 200 || res.Header.Get("Link") != "" || res.ContentLength != -1 {
		t.Fatalf("got %v (%v), want 200 without Link, chunked", res, err)
	}
	if _, typed := res.Header["Content-Type"]; typed {
		t.Errorf("net/http added Content-Type %q", res.Header.Get("Content-Type"))
	}
	// The first piece must come while the second is not made yet.
	first := make([]byte, 3)
	if _, err := io.ReadFull(res.Body, first); err != nil || string(first) != "one" {
		t.Fatalf("got %q (%v), want %q", first, err, "one")
	}
	close(next)
	if rest, err := io.ReadAll(res.Body); err != nil || string(rest) != "two" {
		t.Fatalf("got %q (%v), want %q", rest, err, "two")
	}
}

// waiting is an empty reader that ends when the channel does.
type waiting chan bool

func (w waiting) Read([]byte) (int, error) { <-w; return 0, io.EOF }

// A file of the host is sent whole and exact, also as several sections.
func TestHandlerSendsFiles(t *testing.T) {
	dir := t.TempDir()
	data := bytes.Repeat([]byte("0123456789abcdef"), 100_000)
	if err := os.WriteFile(filepath.Join(dir, "big.bin"), data, 0o644); err != nil {
		t.Fatal(err)
	}
	addr := start(t, nethttp.Handler(site.New(os.DirFS(dir))))
	if _, got := exchange(t, addr, "GET", "GET /big.bin HTTP/1.1\r\nHost: h\r\n\r\n"); got != string(data) {
		t.Errorf("got %d bytes, want the %d of the file", len(got), len(data))
	}
	res, got := exchange(t, addr, "GET", "GET /big.bin HTTP/1.1\r\nHost: h\r\nRange: bytes=0-3, 1599996-\r\n\r\n")
	if res.StatusCode != 206 || strings.Count(got, "\r\n\r\n0123\r\n") != 1 || strings.Count(got, "\r\n\r\ncdef\r\n") != 1 {
		t.Errorf("two ranges: got %d %q", res.StatusCode, got)
	}
}

func TestHandlerCutsBrokenResponses(t *testing.T) {
	var done atomic.Int32
	h := &handler.Base{Done: func(*handler.Exchange) { done.Add(1) }}
	h.Methods = map[string]handler.Method{
		"LENGTH": func(x *handler.Exchange) error { // fewer bytes than announced
			x.SendResponse(200, "")
			x.SendHeader("Content-Length", "10")
			x.EndHeaders()
			_, err := x.Write([]byte("short"))
			return errors.Join(err, io.ErrUnexpectedEOF)
		},
		"STREAM": func(x *handler.Exchange) error { // no length, and then a failure
			x.SendResponse(200, "")
			x.EndHeaders()
			x.Write(bytes.Repeat([]byte("x"), 10000))
			return errors.New("the disk is gone")
		},
		"SHRUNK": func(x *handler.Exchange) error { // a file that has less than it had
			file, err := tree().Open("hello.txt")
			if err != nil {
				return err
			}
			x.SendResponse(200, "")
			x.EndHeaders()
			return x.SendContent(&handler.Section{File: file, Off: 3, N: 5000})
		},
		"PANIC": func(x *handler.Exchange) error { panic("before the head") },
		"FIELD": func(x *handler.Exchange) error {
			x.SendResponse(200, "")
			x.SendHeader("X", "a\r\nSet-Cookie: b")
			return x.EndHeaders()
		},
	}
	server := httptest.NewServer(nethttp.Handler(h))
	defer server.Close()
	addr := server.Listener.Addr().String()
	for method, want := range map[string]int{"LENGTH": 200, "STREAM": 200, "SHRUNK": 200, "PANIC": 500, "FIELD": 500} {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		c.SetDeadline(time.Now().Add(30 * time.Second))
		io.WriteString(c, method+" / HTTP/1.1\r\nHost: h\r\n\r\n")
		res, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil && want == 200 {
			continue // cut before the head left: no part was taken for the whole
		}
		if err != nil {
			t.Errorf("%s: %v", method, err)
			continue
		}
		_, err = io.ReadAll(res.Body)
		if res.StatusCode != want || (err == nil) != (want == 500) {
			t.Errorf("%s: got %d, content error %v; want %d", method, res.StatusCode, err, want)
		}
		if res.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: a field was split", method)
		}
	}
	server.Close() // waits for the handlers
	if n := done.Load(); n != 5 {
		t.Errorf("Done was called %d times, want 5", n)
	}
}

// Below http.StripPrefix targets are short and redirects are whole.
func TestHandlerBelowPrefix(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("/files/", http.StripPrefix("/files", nethttp.Handler(site.New(tree()))))
	mux.Handle("/ü/", http.StripPrefix("/ü/", nethttp.Handler(site.New(tree()))))
	addr := start(t, mux)
	for _, tc := range []struct{ target, location, content string }{
		{"/files/hello.txt?q", "", "hello, world\n"},
		{"/files/a%20b/%C3%BC%231.txt", "", "odd"},
		{"/files/sub?q", "/files/sub/?q", ""},
		{"/%C3%BC/hello.txt", "", "hello, world\n"},
		{"/%C3%BC/sub", "/%C3%BC/sub/", ""},
	} {
		res, content := exchange(t, addr, "GET", "GET "+tc.target+" HTTP/1.1\r\nHost: h\r\n\r\n")
		if got := res.Header.Get("Location"); got != tc.location || content != tc.content {
			t.Errorf("%s: got Location %q, content %q; want %q, %q", tc.target, got, content, tc.location, tc.content)
		}
	}
}

// The recorder knows neither a server nor interim responses.
func TestHandlerUnderRecorder(t *testing.T) {
	h := nethttp.Handler(site.New(tree()))
	r := httptest.NewRequest("GET", "/hello.txt", nil)
	r.Header.Set("Expect", "100-continue")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 200 || w.Body.String() != "hello, world\n" {
		t.Errorf("got %d %q", w.Code, w.Body)
	}
	// A request that no server made, as at the edge.
	r = &http.Request{Method: "GET", URL: r.URL}
	w = httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 200 || w.Body.String() != "hello, world\n" {
		t.Errorf("bare request: got %d %q", w.Code, w.Body)
	}
}

func TestHandlerUnderHTTP2(t *testing.T) {
	s := httptest.NewUnstartedServer(nethttp.Handler(&handler.Base{
		ProtocolVersion: "HTTP/1.1",
		Methods: map[string]handler.Method{"GET": func(x *handler.Exchange) error {
			x.SendResponse(200, "")
			x.EndHeaders() // chunked, if this were HTTP/1.1
			_, err := x.Write([]byte(x.RequestVersion + " " + strconv.FormatBool(x.Server.TLS)))
			return err
		}},
	}))
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()
	res, err := s.Client().Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(res.Body)
	if err != nil || string(content) != "HTTP/2.0 true" {
		t.Errorf("got %q (%v), want %q", content, err, "HTTP/2.0 true")
	}
}

// Middleware works under net/http, and with it at the edge.
func TestMiddleware(t *testing.T) {
	h := handler.Wrap(site.New(fstest.MapFS{"a.txt": {Data: []byte("text")}}), func(next handler.Handler) handler.Handler {
		return handler.HandlerFunc(func(x *handler.Exchange) error {
			x.OnHead(func(x *handler.Exchange) { x.SendHeader("Access-Control-Allow-Origin", "*") })
			return next.ServeExchange(x)
		})
	})
	for target, want := range map[string]int{"/a.txt": 200, "/b.txt": 404} {
		w := httptest.NewRecorder()
		nethttp.Handler(h).ServeHTTP(w, httptest.NewRequest("GET", target, nil))
		if w.Code != want || w.Header().Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: got %d, %q", target, w.Code, w.Header())
		}
	}
}
