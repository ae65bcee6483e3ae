package nethttp_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/nethttp"
	"vitrine/core/session"
	"vitrine/core/session/sessiontest"
)

// converse runs h in a session of ours over a pipe, sends the request and
// returns all bytes of the response. The session must end the connection.
func converse(t *testing.T, h handler.Handler, request string) string {
	t.Helper()
	base := handler.BaseOf(h)
	base.VersionString = func() string { return "S" }
	base.DateTimeString = func(time.Time) string { return "D" }
	config := &session.Config{Handler: base, Rules: http1.Compat, Server: &handler.Server{Name: "here", Port: 80, TLS: true}}
	client, over := sessiontest.Pipe(config, handler.ParseAddress("10.0.0.9:1234"))
	go io.WriteString(client, request)
	response, err := io.ReadAll(client)
	client.Close()
	<-over
	if err != nil {
		t.Fatalf("%q: %v", request, err)
	}
	return string(response)
}

func method(protocol string, f http.HandlerFunc) *handler.Base {
	m := nethttp.Method(f)
	return &handler.Base{ProtocolVersion: protocol, Methods: map[string]handler.Method{"GET": m, "HEAD": m, "POST": m}}
}

// The response of an http.Handler, byte by byte, in a session of ours.
func TestMethodResponses(t *testing.T) {
	big := strings.Repeat("x", 3000)
	for _, tc := range []struct {
		name, protocol, request string
		respond                 http.HandlerFunc
		want                    string
	}{
		{"nothing said", "HTTP/1.1", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
			func(http.ResponseWriter, *http.Request) {},
			"HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"},
		{"implicit 200, guessed type", "HTTP/1.0", "GET / HTTP/1.0\r\n\r\n",
			func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<p>hi") },
			"HTTP/1.0 200 OK\r\nServer: S\r\nDate: D\r\nContent-Length: 5\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>hi"},
		{"own fields", "HTTP/1.0", "GET / HTTP/1.0\r\n\r\n",
			func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Server", "mine")
				w.Header()["Date"] = nil
				w.Header().Add("X-B", "1")
				w.Header().Add("X-A", "2")
				w.Header().Add("X-B", "3")
				w.Header().Set("Content-Type", "text/x")
				w.WriteHeader(404)
				w.Header().Set("X-Late", "no")
				w.Write([]byte("gone"))
			},
			"HTTP/1.0 404 Not Found\r\nServer: mine\r\nContent-Length: 4\r\nContent-Type: text/x\r\nX-A: 2\r\nX-B: 1\r\nX-B: 3\r\n\r\ngone"},
		{"large content is chunked", "HTTP/1.1", "GET / HTTP/1.1\r\nConnection: keep-alive\r\n\r\n" + "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
			func(w http.ResponseWriter, r *http.Request) {
				if r.Close {
					return
				}
				w.Header().Set("Content-Type", "text/x")
				io.WriteString(w, big[:1000])
				io.WriteString(w, big[1000:])
			},
			"HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nContent-Type: text/x\r\nTransfer-Encoding: chunked\r\n\r\n" +
				"3e8\r\n" + big[:1000] + "\r\n7d0\r\n" + big[1000:] + "\r\n0\r\n\r\n" +
				"HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"},
		{"large content ends with the connection", "HTTP/1.0", "GET / HTTP/1.0\r\n\r\n",
			func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, big) },
			"HTTP/1.0 200 OK\r\nServer: S\r\nDate: D\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + big},
		{"HEAD", "HTTP/1.1", "HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n",
			func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") },
			"HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nContent-Length: 5\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"},
		{"no content", "HTTP/1.1", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
			func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Length", "5")
				w.WriteHeader(204)
				if _, err := w.Write([]byte("x")); err != http.ErrBodyNotAllowed {
					panic(err)
				}
			},
			"HTTP/1.1 204 No Content\r\nServer: S\r\nDate: D\r\nConnection: close\r\n\r\n"},
		{"too much content", "HTTP/1.1", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
			func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Length", "2")
				w.Header().Set("Content-Type", "t/t")
				w.Write([]byte("ab"))
				if _, err := w.Write([]byte("c")); err != http.ErrContentLength {
					panic(err)
				}
			},
			"HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nContent-Length: 2\r\nContent-Type: t/t\r\nConnection: close\r\n\r\nab"},
		{"too little content ends the connection", "HTTP/1.1", "GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n",
			func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Length", "5")
				w.Header().Set("Content-Type", "t/t")
				w.Write([]byte("ab"))
			},
			"HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nContent-Length: 5\r\nContent-Type: t/t\r\n\r\nab"},
		{"interim, framing and trailers", "HTTP/1.1", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
			func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Link", "</a>")
				w.WriteHeader(100)
				w.WriteHeader(101)
				w.WriteHeader(103)
				w.Header().Del("Link")
				w.Header().Set("Transfer-Encoding", "gzip")
				w.Header().Set("Trailer", "Sum")
				w.Header().Set(http.TrailerPrefix+"Sum", "1")
				w.WriteHeader(200)
				w.WriteHeader(201)
			},
			"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"},
		{"interim to an old client", "HTTP/1.1", "GET / HTTP/1.0\r\n\r\n",
			func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(103); w.WriteHeader(200) },
			"HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"},
		{"flushed and empty", "HTTP/1.1", "GET / HTTP/1.1\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.1\r\nConnection: close\r\n\r\n",
			func(w http.ResponseWriter, r *http.Request) {
				if err := http.NewResponseController(w).Flush(); err != nil {
					panic(err)
				}
				w.(http.Flusher).Flush()
			},
			"HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
				"HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nConnection: close\r\n\r\n"},
		{"unread content is no request", "HTTP/1.1", "POST / HTTP/1.1\r\nContent-Length: 19\r\n\r\nGET /x HTTP/1.1\r\n\r\n" + "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
			func(w http.ResponseWriter, r *http.Request) { w.Header().Set("X-Method", r.Method) },
			"HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nContent-Length: 0\r\nX-Method: POST\r\n\r\n" +
				"HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nContent-Length: 0\r\nX-Method: GET\r\nConnection: close\r\n\r\n"},
		{"bad length of one's own", "HTTP/1.1", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
			func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "+5") },
			"HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := converse(t, method(tc.protocol, tc.respond), tc.request); got != tc.want {
				t.Errorf("got\n%q, want\n%q", got, tc.want)
			}
		})
	}
}

// A failure before the head leads to 500, after it the connection is
// cut; a panic of net/http's own kind leaves no traceback.
func TestMethodFails(t *testing.T) {
	for _, tc := range []struct {
		name    string
		respond http.HandlerFunc
		begins  string
		logged  bool
	}{
		{"panic", func(http.ResponseWriter, *http.Request) { panic("oops") }, "HTTP/1.1 500 ", true},
		{"abort", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "HTTP/1.1 500 ", false},
		{"abort later", func(w http.ResponseWriter, _ *http.Request) {
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}, "HTTP/1.1 200 ", false},
		{"field with a line end", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X", "a\r\nSet-Cookie: b")
		}, "HTTP/1.1 500 ", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := method("HTTP/1.1", tc.respond)
			var log bytes.Buffer
			h.ErrorLog = &log
			got := converse(t, h, "GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\n\r\n")
			if !strings.HasPrefix(got, tc.begins) || strings.Count(got, "HTTP/1.1 ") != 1 || strings.Contains(got, "Set-Cookie") {
				t.Errorf("got %q, want one response %q", got, tc.begins)
			}
			if strings.HasSuffix(got, "0\r\n\r\n") {
				t.Error("a broken response looks whole")
			}
			if strings.Contains(log.String(), "goroutine") != tc.logged {
				t.Errorf("traceback logged: %v, want %v\n%s", !tc.logged, tc.logged, log.String())
			}
		})
	}
}

func TestMethodSeesRequest(t *testing.T) {
	var seen *http.Request
	var content string
	h := method("HTTP/1.1", func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		seen, content = r, string(b)
		if r.Context().Err() != nil {
			t.Error("the context ended before the handler")
		}
	})
	converse(t, h, "POST //a%2Fb?x=%20 HTTP/1.1\r\nhost: example:81\r\nx-one: 1\r\nX-One: 2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
	switch {
	case seen == nil:
		t.Fatal("not called")
	case seen.URL.Path != "/a/b", seen.URL.RawQuery != "x=%20", seen.RequestURI != "//a%2Fb?x=%20":
		t.Errorf("target: got %q %q %q", seen.URL.Path, seen.URL.RawQuery, seen.RequestURI)
	case seen.Host != "example:81", seen.Header.Get("Host") != "":
		t.Errorf("Host: got %q, field %q", seen.Host, seen.Header.Get("Host"))
	case fmt.Sprint(seen.Header["X-One"]) != "[1 2]":
		t.Errorf("X-One: got %q", seen.Header["X-One"])
	case content != "abc", seen.ContentLength != -1, fmt.Sprint(seen.TransferEncoding) != "[chunked]", seen.Header.Get("Transfer-Encoding") != "":
		t.Errorf("content: got %q length %d coding %q", content, seen.ContentLength, seen.TransferEncoding)
	case seen.RemoteAddr != "10.0.0.9:1234", seen.TLS == nil, !seen.Close, seen.Proto != "HTTP/1.1", !seen.ProtoAtLeast(1, 1):
		t.Errorf("connection: got %q tls=%v close=%v %q", seen.RemoteAddr, seen.TLS != nil, seen.Close, seen.Proto)
	case seen.Context().Err() == nil:
		t.Error("the context did not end with the handler")
	}
	for target, want := range map[string]string{
		"http://other/p?q": "other /p", "p": "h /p", "*": "h *",
	} {
		seen = nil
		converse(t, h, "GET "+target+" HTTP/1.0\r\nHost: h\r\n\r\n")
		if got := seen.Host + " " + seen.URL.Path; got != want {
			t.Errorf("%s: got %q, want %q", target, got, want)
		}
	}
	if got := converse(t, h, "GET /%zz HTTP/1.0\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.1 400 Bad request-target\r\n") {
		t.Errorf("a target that is no URL: got %q", got)
	}
}

// Content that comes slowly is handed on as it comes.
func TestMethodFlushes(t *testing.T) {
	next := make(chan bool)
	h := method("HTTP/1.1", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "one")
		w.(http.Flusher).Flush()
		<-next
		io.WriteString(w, "two")
	})
	client, _ := sessiontest.Pipe(&session.Config{Handler: h}, handler.Address{})
	defer client.Close()
	go io.WriteString(client, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
	res, err := http.ReadResponse(bufio.NewReader(client), nil)
	if err != nil {
		t.Fatal(err)
	}
	one := make([]byte, 3)
	if _, err := io.ReadFull(res.Body, one); err != nil || string(one) != "one" {
		t.Fatalf("got %q (%v)", one, err)
	}
	close(next)
	if two, err := io.ReadAll(res.Body); err != nil || string(two) != "two" {
		t.Errorf("got %q (%v)", two, err)
	}
}

// Handlers of the standard library work inside: a file server with ranges and
// a reverse proxy.
func TestMethodRunsStandardHandlers(t *testing.T) {
	files := http.FileServerFS(fstest.MapFS{"f.txt": {Data: []byte("0123456789"), ModTime: epoch}})
	got := converse(t, method("HTTP/1.0", files.ServeHTTP), "GET /f.txt HTTP/1.0\r\nRange: bytes=2-4\r\n\r\n")
	if !strings.HasPrefix(got, "HTTP/1.0 206 Partial Content\r\n") || !strings.HasSuffix(got, "\r\n\r\n234") {
		t.Errorf("file server: got %q", got)
	}
	behind := httptest.NewServer(files)
	defer behind.Close()
	u, _ := url.Parse(behind.URL)
	proxy := httputil.NewSingleHostReverseProxy(u)
	proxy.ErrorLog = log.New(io.Discard, "", 0)
	got = converse(t, method("HTTP/1.0", proxy.ServeHTTP), "GET /f.txt HTTP/1.0\r\n\r\n")
	if !strings.HasPrefix(got, "HTTP/1.0 200 OK\r\n") || !strings.HasSuffix(got, "\r\n\r\n0123456789") {
		t.Errorf("proxy: got %q", got)
	}
}

// Both directions at once change nothing.
func TestThereAndBack(t *testing.T) {
	inner := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Path", r.URL.Path)
		w.WriteHeader(203)
		io.Copy(w, r.Body)
	})
	addr := start(t, nethttp.Handler(method("HTTP/1.1", inner.ServeHTTP)))
	res, content := exchange(t, addr, "POST", "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nback")
	if res.StatusCode != 203 || res.Header.Get("X-Path") != "/p" || content != "back" || res.Close {
		t.Errorf("got %d %v %q", res.StatusCode, res.Header, content)
	}
}
