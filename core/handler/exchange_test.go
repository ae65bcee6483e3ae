package handler_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"vitrine/core/handler"
	"vitrine/core/handler/handlertest"
	"vitrine/core/httpdate"
	"vitrine/core/trace"
)

// conversation is one request on a connection of its own.
type conversation struct {
	sent    string // everything the client gets
	log     string
	steps   []trace.Step
	x       *handler.Exchange
	err     error
	closing string // what the sink says of the connection
}

func (c *conversation) run(t *testing.T, h *handler.Base, head string) {
	t.Helper()
	var log strings.Builder
	if h.ErrorLog == nil {
		h.ErrorLog = &log
	}
	if h.Now == nil {
		h.Now = func() time.Time { return time.Date(1994, 11, 6, 8, 49, 37, 999, time.UTC) }
	}
	c.x = &handler.Exchange{Client: handler.ParseAddress("127.0.0.1:5000")}
	r := handlertest.Recorder{CloseReason: c.closing}
	r.Serve(h, c.x, head)
	c.sent, c.log, c.steps, c.err = string(r.Wire), log.String(), r.Steps, r.Err
	h.ErrorLog = nil
}

func hello(x *handler.Exchange) error {
	x.SendResponse(200, "")
	x.SendHeader("Content-Length", "5")
	if err := x.EndHeaders(); err != nil {
		return err
	}
	_, err := io.WriteString(x, "hello")
	return err
}

func methods(m handler.Method) map[string]handler.Method {
	return map[string]handler.Method{"GET": m, "HEAD": m}
}

const stamp = "Server: Vitrine/0.1.0\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"

// spec: W-1 W-2 W-3 W-4 W-5 W-6 W-7 M-1 M-2 L-2
func TestResponses(t *testing.T) {
	response := func(code int, message string) handler.Method {
		return func(x *handler.Exchange) error {
			x.SendResponse(code, message)
			x.SendHeader("X-Name", "caf\xe9")
			return x.EndHeaders()
		}
	}
	for _, tc := range []struct {
		name string
		m    handler.Method
		want string
	}{
		{"the standard phrase", response(200, ""), "HTTP/1.0 200 OK\r\n" + stamp + "X-Name: caf\xe9\r\n\r\n"},
		{"a phrase of one's own", response(200, "Fine"), "HTTP/1.0 200 Fine\r\n" + stamp + "X-Name: caf\xe9\r\n\r\n"},
		{"an unknown code keeps its SP", response(799, ""), "HTTP/1.0 799 \r\n" + stamp + "X-Name: caf\xe9\r\n\r\n"},
		{"Latin-1 in the phrase", response(200, "caf\u00e9"), "HTTP/1.0 200 caf\xe9\r\n" + stamp + "X-Name: caf\xe9\r\n\r\n"},
		{"only the status line", func(x *handler.Exchange) error {
			x.SendResponseOnly(204, "")
			return x.EndHeaders()
		}, "HTTP/1.0 204 No Content\r\n\r\n"},
		{"content", hello, "HTTP/1.0 200 OK\r\n" + stamp + "Content-Length: 5\r\n\r\nhello"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var c conversation
			c.run(t, &handler.Base{Methods: methods(tc.m)}, "GET /x HTTP/1.1\r\n\r\n")
			if c.sent != tc.want || c.err != nil {
				t.Errorf("got %q, %v\nwant %q", c.sent, c.err, tc.want)
			}
		})
	}
}

// departs: W-5 S-5 C-6
func TestWhatWouldBreakTheHeadIs500(t *testing.T) {
	for name, m := range map[string]handler.Method{
		"line break in a value": func(x *handler.Exchange) error {
			x.SendResponse(200, "")
			x.SendHeader("X", "a\r\nSet-Cookie: b")
			return x.EndHeaders()
		},
		"name that is no token": func(x *handler.Exchange) error {
			x.SendResponse(200, "")
			x.SendHeader("X Y", "a")
			return x.EndHeaders()
		},
		"no response at all":  func(x *handler.Exchange) error { return nil },
		"end without a begin": func(x *handler.Exchange) error { return x.EndHeaders() },
		"content first": func(x *handler.Exchange) error {
			_, err := io.WriteString(x, "hello")
			return err
		},
		"panic": func(x *handler.Exchange) error { panic("on purpose") },
		"error": func(x *handler.Exchange) error { return errors.New("on purpose") },
	} {
		t.Run(name, func(t *testing.T) {
			var c conversation
			c.run(t, &handler.Base{Methods: methods(m)}, "GET /x HTTP/1.1\r\n\r\n")
			if !strings.HasPrefix(c.sent, "HTTP/1.0 500 Internal Server Error\r\n") || strings.Contains(c.sent, "Set-Cookie") {
				t.Errorf("got %q, %v", c.sent, c.err)
			}
			if !c.x.CloseConnection {
				t.Error("the connection stays open")
			}
		})
	}
	var c conversation
	c.run(t, &handler.Base{Methods: methods(func(x *handler.Exchange) error {
		x.SendResponse(200, "snow \u2603\nman")
		return x.EndHeaders()
	})}, "GET /x HTTP/1.1\r\n\r\n")
	if want := "HTTP/1.0 200 snow ??man\r\n"; !strings.HasPrefix(c.sent, want) {
		t.Errorf("got %q, want %q", c.sent, want)
	}
}

// spec: S-1 S-2 S-3 S-4 S-5 S-6 K-4 L-3 R-12
func TestSendError(t *testing.T) {
	sendError := func(code int, message, explain string) handler.Method {
		return func(x *handler.Exchange) error { return x.SendError(code, message, explain) }
	}
	var c conversation
	c.run(t, &handler.Base{Methods: methods(sendError(404, "File not found", ""))}, "GET /x HTTP/1.1\r\n\r\n")
	head, page, _ := strings.Cut(c.sent, "\r\n\r\n")
	if want := "HTTP/1.0 404 File not found\r\n" + stamp +
		"Connection: close\r\nContent-Type: text/html;charset=utf-8\r\nContent-Length: 460"; head != want {
		t.Errorf("got %q\nwant %q", head, want)
	}
	if len(page) != 460 || !strings.Contains(page, "<p>Error code explanation: 404 - Nothing matches the given URI.</p>\n") {
		t.Errorf("page of %d bytes: %s", len(page), page)
	}
	if !strings.Contains(c.log, "] code 404, message File not found\n") ||
		!strings.HasSuffix(c.log, "] \"GET /x HTTP/1.1\" 404 -\n") {
		t.Errorf("log %q", c.log)
	}

	c.run(t, &handler.Base{Methods: methods(sendError(404, "<a> & \"b\" \u00e9\u2603", "<e>"))}, "GET /x HTTP/1.1\r\n\r\n")
	if !strings.HasPrefix(c.sent, "HTTP/1.0 404 <a> & \"b\" \xe9?\r\n") ||
		!strings.Contains(c.sent, "<p>Message: &lt;a&gt; &amp; \"b\" \u00e9\u2603.</p>") ||
		!strings.Contains(c.sent, "404 - &lt;e&gt;.") {
		t.Errorf("got %q", c.sent)
	}

	c.run(t, &handler.Base{Methods: methods(sendError(999, "", ""))}, "GET /x HTTP/1.1\r\n\r\n")
	if !strings.HasPrefix(c.sent, "HTTP/1.0 999 ???\r\n") || !strings.Contains(c.sent, "999 - ???.") {
		t.Errorf("got %q", c.sent)
	}

	for _, code := range []int{204, 205, 304} {
		c.run(t, &handler.Base{Methods: methods(sendError(code, "", ""))}, "GET /x HTTP/1.1\r\n\r\n")
		if !strings.HasSuffix(c.sent, "Connection: close\r\n\r\n") {
			t.Errorf("%d: got %q", code, c.sent)
		}
	}

	c.run(t, &handler.Base{Methods: methods(sendError(404, "File not found", ""))}, "HEAD /x HTTP/1.1\r\n\r\n")
	if !strings.HasSuffix(c.sent, "Content-Length: 460\r\n\r\n") {
		t.Errorf("HEAD: got %q", c.sent)
	}

	c.run(t, &handler.Base{
		Methods:            methods(sendError(404, "no", "why")),
		ErrorMessageFormat: "%(code)d|%(code)s|%(message)s|%(explain)s|%%|100%|%(x)s",
		ErrorContentType:   "text/plain",
	}, "GET /x HTTP/1.1\r\n\r\n")
	if !strings.HasSuffix(c.sent, "Content-Type: text/plain\r\nContent-Length: 27\r\n\r\n404|404|no|why|%|100%|%(x)s") {
		t.Errorf("got %q", c.sent)
	}
}

// spec: M-2 R-12
func TestUnknownMethods(t *testing.T) {
	var c conversation
	c.run(t, &handler.Base{}, "get /x HTTP/1.1\r\n\r\n")
	if !strings.HasPrefix(c.sent, "HTTP/1.0 501 Unsupported method ('get')\r\n") {
		t.Errorf("got %q", c.sent)
	}
	h := &handler.Base{Methods: methods(hello), AllowMethods: true}
	c.run(t, h, "POST /x HTTP/1.1\r\n\r\n")
	if !strings.HasPrefix(c.sent, "HTTP/1.0 405 Method Not Allowed\r\n") || !strings.Contains(c.sent, "\r\nAllow: GET, HEAD\r\n") {
		t.Errorf("got %q", c.sent)
	}
	c.run(t, h, "BREW /x HTTP/1.1\r\n\r\n")
	if !strings.HasPrefix(c.sent, "HTTP/1.0 501 Unsupported method ('BREW')\r\n") {
		t.Errorf("got %q", c.sent)
	}
}

// spec: K-1 K-2 K-3 K-5 K-6 K-9
func TestPersistence(t *testing.T) {
	for _, tc := range []struct {
		name, protocol, head string
		send                 string // a Connection field of the response
		stays                bool
	}{
		{"1.0 server", "", "GET / HTTP/1.1\r\n\r\n", "", false},
		{"1.0 server, keep-alive asked", "", "GET / HTTP/1.1\r\nConnection: keep-alive\r\n\r\n", "", false},
		{"1.0 server, the method says so", "", "GET / HTTP/1.1\r\n\r\n", "Keep-Alive", true},
		{"1.1", "HTTP/1.1", "GET / HTTP/1.1\r\n\r\n", "", true},
		{"1.1, close asked", "HTTP/1.1", "GET / HTTP/1.1\r\nConnection: CLOSE\r\n\r\n", "", false},
		{"1.1, the method closes", "HTTP/1.1", "GET / HTTP/1.1\r\n\r\n", "Close", false},
		{"1.0 client", "HTTP/1.1", "GET / HTTP/1.0\r\n\r\n", "", false},
		{"1.0 client asks", "HTTP/1.1", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var c conversation
			c.run(t, &handler.Base{ProtocolVersion: tc.protocol, Methods: methods(func(x *handler.Exchange) error {
				x.SendResponse(200, "")
				x.SendHeader("Content-Length", "0")
				if tc.send != "" {
					x.SendHeader("cOnnection", tc.send)
				}
				return x.EndHeaders()
			})}, tc.head)
			if c.x.CloseConnection == tc.stays {
				t.Errorf("close is %v", c.x.CloseConnection)
			}
			if tc.protocol == "" && tc.send == "" && strings.Contains(c.sent, "Connection:") {
				t.Errorf("got %q", c.sent)
			}
		})
	}
}

// A client is told what becomes of the connection, once, where it could not
// know. A server of HTTP/1.0 says nothing, as http.server.
//
// departs: K-3 (RFC 9112 §9.6)
func TestConnectionField(t *testing.T) {
	endless := func(x *handler.Exchange) error {
		x.SendResponse(200, "")
		return x.EndHeaders()
	}
	saying := func(value string) handler.Method {
		return func(x *handler.Exchange) error {
			x.SendResponse(200, "")
			x.SendHeader("Content-Length", "0")
			x.SendHeader("connection", value)
			return x.EndHeaders()
		}
	}
	refused := func(x *handler.Exchange) error { return x.SendError(403, "", "") }
	for _, tc := range []struct {
		name, head string
		m          handler.Method
		want       string // values of Connection with HTTP/1.1
	}{
		{"1.1", "GET / HTTP/1.1\r\n\r\n", hello, ""},
		{"1.1 keep-alive", "GET / HTTP/1.1\r\nConnection: keep-alive\r\n\r\n", hello, ""},
		{"1.1 close", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", hello, "close"},
		{"1.1 close in a list", "GET / HTTP/1.1\r\nConnection: x, Close\r\n\r\n", hello, "close"},
		{"1.1 close, HEAD", "HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n", hello, "close"},
		{"1.1 close, no length", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", endless, "close"},
		{"1.1 close, an error", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", refused, "close"},
		{"1.1, an error", "GET / HTTP/1.1\r\n\r\n", refused, "close"},
		{"1.1, the method closes", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", saying("Close"), "Close"},
		{"1.1, the method would keep what the client closes", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", saying("keep-alive"), "keep-alive close"},
		{"1.0", "GET / HTTP/1.0\r\n\r\n", hello, "close"},
		{"1.0 keep-alive", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", hello, "keep-alive"},
		{"1.0 keep-alive, HEAD", "HEAD / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", hello, "keep-alive"},
		{"1.0 keep-alive, said by the method", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", saying("keep-alive"), "keep-alive"},
		// Such a client does not know chunks: only the end of the connection
		// ends the response.
		{"1.0 keep-alive, no length", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", endless, "close"},
		{"1.0 keep-alive, an error", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", refused, "close"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var c conversation
			c.run(t, &handler.Base{ProtocolVersion: "HTTP/1.1", Methods: methods(tc.m)}, tc.head)
			var got []string
			for value := range c.x.Response().Fields.Values("Connection") {
				got = append(got, value)
			}
			if strings.Join(got, " ") != tc.want {
				t.Errorf("got %q, want %q: %q", got, tc.want, c.sent)
			}
			if closes := strings.HasSuffix(strings.ToLower(tc.want), "close"); c.x.CloseConnection != closes {
				t.Errorf("close is %v, want %v", c.x.CloseConnection, closes)
			}

			plain := conversation{}
			plain.run(t, &handler.Base{Methods: methods(tc.m)}, tc.head)
			for value := range plain.x.Response().Fields.Values("Connection") {
				if plain.x.Status() < 400 && !strings.Contains(tc.name, "the method") {
					t.Errorf("with HTTP/1.0: Connection %q", value)
				}
			}
		})
	}
}

// departs: K-2 K-10
func TestPersistenceDiffers(t *testing.T) {
	endless := func(x *handler.Exchange) error {
		x.SendResponse(200, "")
		if err := x.EndHeaders(); err != nil {
			return err
		}
		_, err := io.WriteString(x, "hello")
		return err
	}
	var c conversation
	h := &handler.Base{ProtocolVersion: "HTTP/1.1", Methods: methods(endless)}
	c.run(t, h, "GET / HTTP/1.1\r\nConnection: keep-alive, close\r\n\r\n")
	if !c.x.CloseConnection {
		t.Error("close in a list is not heard")
	}
	c.run(t, h, "GET / HTTP/1.1\r\n\r\n")
	if !strings.HasSuffix(c.sent, "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n") || c.x.CloseConnection {
		t.Errorf("no length, 1.1: got %q", c.sent)
	}
	c.run(t, h, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
	if !strings.HasSuffix(c.sent, "\r\n\r\nhello") || !c.x.CloseConnection {
		t.Errorf("no length, 1.0: got %q", c.sent)
	}
	c.closing = "it is shutting down"
	c.run(t, h, "GET / HTTP/1.1\r\n\r\n")
	if !strings.Contains(c.sent, "\r\nConnection: close\r\n") || !c.x.CloseConnection {
		t.Errorf("the server's own close: got %q", c.sent)
	}
}

// spec: E-1 E-2 E-3 E-4 E-5 L-6
func TestExpect(t *testing.T) {
	const ask = "GET / HTTP/1.1\r\nExpect: 100-Continue\r\n\r\n"
	const go100 = "HTTP/1.1 100 Continue\r\n\r\n"
	for _, tc := range []struct {
		name string
		h    *handler.Base
		head string
		want string // beginning of the response
	}{
		{"1.1", &handler.Base{ProtocolVersion: "HTTP/1.1"}, ask, go100 + "HTTP/1.1 200 OK\r\n"},
		{"every method", &handler.Base{ProtocolVersion: "HTTP/1.1"}, strings.Replace(ask, "GET", "BREW", 1), go100 + "HTTP/1.1 501 "},
		{"1.0 server", &handler.Base{}, ask, "HTTP/1.0 200 OK\r\n"},
		{"1.0 client", &handler.Base{ProtocolVersion: "HTTP/1.1"}, strings.Replace(ask, "/1.1", "/1.0", 1), "HTTP/1.1 200 OK\r\n"},
		{"01.1 is not 1.1 as text", &handler.Base{ProtocolVersion: "HTTP/1.1"}, strings.Replace(ask, "/1.1", "/01.1", 1), "HTTP/1.1 200 OK\r\n"},
		{"1.10 is", &handler.Base{ProtocolVersion: "HTTP/1.1"}, strings.Replace(ask, "/1.1", "/1.10", 1), go100},
		{"something else", &handler.Base{ProtocolVersion: "HTTP/1.1"}, strings.Replace(ask, "100-C", "200-C", 1), "HTTP/1.1 200 OK\r\n"},
		{"something else, refused", &handler.Base{ProtocolVersion: "HTTP/1.1", RefuseExpectations: true},
			strings.Replace(ask, "100-C", "200-C", 1), "HTTP/1.1 417 Expectation Failed\r\n"},
		{"overridden", &handler.Base{ProtocolVersion: "HTTP/1.1", HandleExpect100: func(x *handler.Exchange) bool {
			x.SendError(417, "", "")
			return false
		}}, ask, "HTTP/1.1 417 Expectation Failed\r\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.h.Methods = methods(hello)
			var c conversation
			c.run(t, tc.h, tc.head)
			if !strings.HasPrefix(c.sent, tc.want) {
				t.Errorf("got %q\nwant %q", c.sent, tc.want)
			}
			if strings.Contains(c.log, "100") && !strings.Contains(tc.head, "BREW") {
				t.Errorf("100 is logged: %q", c.log)
			}
		})
	}
}

// spec: R-5 R-7 R-9 R-10 R-12 L-4
// departs: R-13
func TestFaults(t *testing.T) {
	for _, tc := range []struct{ head, status, logged string }{
		{"GET / HTTP/1\r\n", "400 Bad request version ('HTTP/1')", "Bad request version ('HTTP/1')"},
		{"GET / HTTP/2.0\r\n", "505 Invalid HTTP version (2.0)", "Invalid HTTP version (2.0)"},
		{"GET /a b HTTP/1.0\r\n", "400 Bad request syntax ('GET /a b HTTP/1.0')", "Bad request syntax ('GET /a b HTTP/1.0')"},
		{"G\x01'T\r\n", `400 Bad request syntax ("G\x01'T")`, `Bad request syntax ("G\\x01'T")`},
		{"POST /x\r\n", "400 Bad HTTP/0.9 request type ('POST')", "Bad HTTP/0.9 request type ('POST')"},
		{strings.Repeat("a", 70000), "414 URI Too Long", "URI Too Long"},
		{"GET / HTTP/1.0\r\n" + strings.Repeat("a: b\r\n", 100) + "\r\n", "431 Too many headers", "Too many headers"},
		{"GET / HTTP/1.0\r\na: " + strings.Repeat("b", 70000), "431 Line too long", "Line too long"},
	} {
		var c conversation
		c.run(t, &handler.Base{}, tc.head)
		if got, _, _ := strings.Cut(c.sent, "\r\n"); got != "HTTP/1.0 "+tc.status {
			t.Errorf("%.40q: got %q", tc.head, got)
		}
		if !strings.Contains(c.log, "message "+tc.logged+"\n") {
			t.Errorf("%.40q: log %q", tc.head, c.log)
		}
		if tc.status[:3] == "431" && !strings.Contains(c.sent, "431 - got more than 100 headers.") &&
			!strings.Contains(c.sent, "431 - got more than 65536 bytes when reading header line.") {
			t.Errorf("%.40q: got %.200q", tc.head, c.sent)
		}
	}
}

// spec: L-1 L-4 L-5 L-7
func TestLogLine(t *testing.T) {
	var lines []string
	h := &handler.Base{
		Now:      func() time.Time { return time.Date(2025, 11, 2, 23, 7, 5, 0, time.Local) },
		ErrorLog: writer(func(p []byte) { lines = append(lines, string(p)) }),
	}
	x := &handler.Exchange{Base: h, Client: handler.ParseAddress("[::ffff:127.0.0.1]:1")}
	x.LogMessage("a\x1b[31m\x7f\u0085\u00a0\\\"\n")
	x.LogMessage("a\xffb" + strings.Repeat("c", 2*handler.MaxLogText))
	if want := "::ffff:127.0.0.1 - - [02/Nov/2025 23:07:05] a\\x1b[31m\\x7f\\x85\u00a0\\\\\"\\x0a\n"; lines[0] != want {
		t.Errorf("got %q\nwant %q", lines[0], want)
	}
	if len(lines[1]) > handler.MaxLogText+100 || !strings.HasSuffix(lines[1], "...\n") || !strings.Contains(lines[1], "a\u00ffb") {
		t.Errorf("got %d bytes, %.60q", len(lines[1]), lines[1])
	}
	x.Client = handler.Address{}
	x.LogRequest(200, 17)
	if !strings.HasPrefix(lines[2], "- - - [") || !strings.HasSuffix(lines[2], "] \"\" 200 17\n") {
		t.Errorf("got %q", lines[2])
	}
}

type writer func(p []byte)

func (w writer) Write(p []byte) (int, error) { w(p); return len(p), nil }

// spec: R-12
func TestRepr(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"GET", `'GET'`}, {`it's`, `"it's"`}, {`"it's"`, `'"it\'s"'`}, {"\\\n\r\t\x00", `'\\\n\r\t\x00'`},
		{handler.Latin1("\x7f\xa0\xad\xe9\x9f"), `'\x7f\xa0\xad` + "\u00e9" + `\x9f'`},
		{"\u2028\u2603\U000e0001\ue000", `'\u2028` + "\u2603" + `\U000e0001\ue000'`},
	} {
		if got := handler.Repr(tc.in); got != tc.want {
			t.Errorf("%q: got %s, want %s", tc.in, got, tc.want)
		}
	}
}

// spec: W-4
func TestDateString(t *testing.T) {
	for _, tc := range []struct {
		sec, nsec int64
		want      string
	}{
		{784111777, 999999999, "Sun, 06 Nov 1994 08:49:37 GMT"},
		{0, 0, "Thu, 01 Jan 1970 00:00:00 GMT"},
		{-1, 5e8, "Wed, 31 Dec 1969 23:59:59 GMT"}, // -0.5 s
	} {
		if got := httpdate.Format(time.Unix(tc.sec, tc.nsec)); got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
}

// The override points of a Python program, each in use.
func TestFunctionFields(t *testing.T) {
	var requests, faults []string
	h := &handler.Base{
		Methods:        methods(func(x *handler.Exchange) error { return x.SendError(404, "", "") }),
		Responses:      map[int]handler.Phrases{404: {Short: "Gone fishing", Long: "back soon"}},
		VersionString:  func() string { return "Mine/1" },
		DateTimeString: func(time.Time) string { return "today" },
		LogRequest: func(x *handler.Exchange, code int, size int64) {
			requests = append(requests, x.Path)
		},
		LogError: func(x *handler.Exchange, text string) { faults = append(faults, text) },
		ErrorPage: func(x *handler.Exchange, code int, message, explain string) (string, []byte) {
			return "text/plain", []byte(message + ", " + explain)
		},
	}
	var c conversation
	c.run(t, h, "GET //x HTTP/1.0\r\n\r\n")
	want := "HTTP/1.0 404 Gone fishing\r\nServer: Mine/1\r\nDate: today\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 23\r\n\r\nGone fishing, back soon"
	if c.sent != want {
		t.Errorf("got %q\nwant %q", c.sent, want)
	}
	if len(requests) != 1 || requests[0] != "/x" || len(faults) != 1 || faults[0] != "code 404, message Gone fishing" {
		t.Errorf("got %q and %q", requests, faults)
	}
}

// spec: R-15 W-8
func TestBareResponses(t *testing.T) {
	h := &handler.Base{Methods: methods(hello)}
	var c conversation
	c.run(t, h, "GET /x\r\n")
	if c.sent != "hello" {
		t.Errorf("got %q", c.sent)
	}
	h.Methods["GET"] = func(x *handler.Exchange) error { return x.SendError(404, "", "") }
	c.run(t, h, "GET /x\r\n")
	if !strings.HasPrefix(c.sent, "<!DOCTYPE HTML>\n") || len(c.sent) == 0 {
		t.Errorf("got %q", c.sent)
	}
}

// departs: M-2 E-3 (RFC 9110 §9.3.7, §10.1.1)
func TestSpeakHTTP11(t *testing.T) {
	h := &handler.Base{}
	h.SpeakHTTP11()
	var c conversation
	c.run(t, h, "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n")
	if !strings.HasPrefix(c.sent, "HTTP/1.1 204 No Content\r\n") || !strings.Contains(c.sent, "\r\nAllow: OPTIONS\r\n") || c.x.CloseConnection {
		t.Errorf("got %q", c.sent)
	}
	c.run(t, h, "OPTIONS /x HTTP/1.1\r\nHost: h\r\n\r\n")
	if !strings.HasPrefix(c.sent, "HTTP/1.1 501 Unsupported method ('OPTIONS')\r\n") {
		t.Errorf("got %q", c.sent)
	}
	c.run(t, h, "GET /x HTTP/1.1\r\nHost: h\r\nExpect: nothing\r\n\r\n")
	if !strings.HasPrefix(c.sent, "HTTP/1.1 417 Expectation Failed\r\n") {
		t.Errorf("got %q", c.sent)
	}
}
