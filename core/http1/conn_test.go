package http1_test

import (
	"errors"
	"strings"
	"testing"

	"vitrine/core/http1"
)

const small = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

// take returns the next event and fails if it is of another type.
func take[E http1.Event](t *testing.T, c *http1.Conn) E {
	t.Helper()
	ev, err := c.Next()
	e, ok := ev.(E)
	if !ok {
		t.Fatalf("got %T %v, want %T", ev, err, e)
	}
	return e
}

func send(t *testing.T, c *http1.Conn, events ...http1.Event) string {
	t.Helper()
	var b []byte
	for _, ev := range events {
		var err error
		if b, err = c.Append(b, ev); err != nil {
			t.Fatalf("Append(%T): %v", ev, err)
		}
	}
	return string(b)
}

func empty(fields ...http1.Field) *http1.Response {
	return &http1.Response{Status: 200, Fields: append(http1.Fields{{Name: "Content-Length", Value: "0"}}, fields...)}
}

func TestRequestHead(t *testing.T) {
	c := http1.NewConn(http1.Server, http1.Rules{})
	const msg = "\r\nPUT /x?y HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n"
	c.Receive([]byte(msg + "abc"))
	r := take[*http1.Request](t, c)
	if r.Line != "PUT /x?y HTTP/1.1" || r.Method != "PUT" || r.Target != "/x?y" || r.Proto != "HTTP/1.1" ||
		r.Version != (http1.Version{Major: 1, Minor: 1}) || r.Head != msg || r.Length != 3 || r.HTTP09 || r.Bare() {
		t.Errorf("got %+v", r)
	}
	if c.Partial() != r {
		t.Error("Partial is another request")
	}
	if c.Left() != 3 || string(c.Rest()) != "abc" {
		t.Errorf("left %d, %q", c.Left(), c.Rest())
	}
}

func TestVersionsSaturate(t *testing.T) {
	ev, _ := first(http1.Compat, "GET / HTTP/1.9999999999\r\n\r\n")
	r, ok := ev.(*http1.Request)
	if !ok || r.Version != (http1.Version{Major: 1, Minor: 65535}) || r.Proto != "HTTP/1.9999999999" {
		t.Errorf("got %+v", ev)
	}
}

// A caller may keep strings, and change the Fields it was given, without
// harm to the next request, though the Conn uses its memory again.
func TestHeadsAreIndependent(t *testing.T) {
	c := http1.NewConn(http1.Server, http1.Rules{})
	c.Receive([]byte(small))
	r := take[*http1.Request](t, c)
	head, target := r.Head, r.Target
	r.Fields[0] = http1.Field{Name: "Evil", Value: "x"}
	r.Target, r.Length, r.KeepAlive = "/evil", 99, false
	take[*http1.End](t, c)
	send(t, c, empty(), &http1.End{})
	for i := range c.Space(4096) {
		c.Space(4096)[i] = 'x'
	}
	if head != small || target != "/" {
		t.Errorf("kept strings changed: %q %q", head, target)
	}
	c.Receive([]byte(small))
	r = take[*http1.Request](t, c)
	if r.Target != "/" || r.Length != 0 || !r.KeepAlive || len(r.Fields) != 1 || r.Fields.Get("host") != "a" {
		t.Errorf("got %+v", r)
	}
}

// spec: H-3
func TestPartial(t *testing.T) {
	for _, tc := range []struct {
		name, msg          string
		rules              http1.Rules
		line, method, path string
		proto              string
		http09             bool
	}{
		{name: "nothing"},
		{name: "no whole line", msg: "HEAD / HT"},
		{name: "the line is whole", msg: "HEAD /x HTTP/1.1\r\nHos",
			line: "HEAD /x HTTP/1.1", method: "HEAD", path: "/x", proto: "HTTP/1.1"},
		{name: "empty lines do not count", msg: "\r\nHEAD /x HTTP/1.1\r\n",
			line: "HEAD /x HTTP/1.1", method: "HEAD", path: "/x", proto: "HTTP/1.1"},
		{name: "a fault in the fields", msg: "HEAD /x HTTP/1.1\r\nword\r\n",
			line: "HEAD /x HTTP/1.1", method: "HEAD", path: "/x", proto: "HTTP/1.1"},
		{name: "too many fields", msg: "HEAD /x HTTP/1.1\r\n" + strings.Repeat("A: b\r\n", 101),
			line: "HEAD /x HTTP/1.1", method: "HEAD", path: "/x", proto: "HTTP/1.1"},
		{name: "a bad target", msg: "HEAD x HTTP/1.1\r\n",
			line: "HEAD x HTTP/1.1", method: "HEAD", path: "x", proto: "HTTP/1.1"},
		{name: "a bad version", msg: "HEAD /x HTTP/x\r\n", line: "HEAD /x HTTP/x"},
		{name: "version 2", msg: "HEAD /x HTTP/2.0\r\n", line: "HEAD /x HTTP/2.0"},
		{name: "four words", msg: "HEAD /x y HTTP/1.1\r\n", line: "HEAD /x y HTTP/1.1", proto: "HTTP/1.1"},
		{name: "one word", msg: "  HEAD \r\n", rules: http1.Compat, line: "  HEAD "},
		{name: "two words", msg: "HEAD /x\r\n", rules: http1.Compat, line: "HEAD /x"},
		{name: "a bare CR", msg: "HEAD /x\rHTTP/1.1\r\n", line: "HEAD /x\rHTTP/1.1"},
		{name: "HTTP/0.9", msg: "GET /x\r\n", rules: http1.Compat,
			line: "GET /x", method: "GET", path: "/x", proto: "HTTP/0.9", http09: true},
		{name: "line too long", msg: "GET /" + strings.Repeat("a", 70000)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := http1.NewConn(http1.Server, tc.rules)
			for i := range 2 {
				c.Receive([]byte(tc.msg))
				c.Next()
				p := c.Partial()
				if p.Line != tc.line || p.Method != tc.method || p.Target != tc.path || p.Proto != tc.proto || p.HTTP09 != tc.http09 {
					t.Errorf("round %d: got %q %q %q %q %t", i, p.Line, p.Method, p.Target, p.Proto, p.HTTP09)
				}
				// And again on the same, pooled Conn.
				c.Reset(http1.Server, http1.Rules{})
				c.Receive([]byte(small))
				take[*http1.Request](t, c)
				c.Reset(http1.Server, tc.rules)
			}
		})
	}
}

// What was known of one request is not known of the next.
func TestPartialForgets(t *testing.T) {
	c := http1.NewConn(http1.Server, http1.Rules{})
	c.Receive([]byte(small))
	take[*http1.Request](t, c)
	take[*http1.End](t, c)
	send(t, c, empty(), &http1.End{})
	take[http1.NeedData](t, c)
	if p := c.Partial(); p.Line != "" || p.Method != "" || p.Head != "" || len(p.Fields) != 0 {
		t.Errorf("got %+v", p)
	}
	c.Receive([]byte("GET /x\r\n"))
	c.Next()
	if p := c.Partial(); p.Line != "GET /x" || p.Method != "" || len(p.Fields) != 0 {
		t.Errorf("got %+v", p)
	}
}

// spec: K-1 K-6
func TestKeepAlive(t *testing.T) {
	const length = "Content-Length"
	for _, tc := range []struct {
		name     string
		request  string
		response http1.Response
		want     bool
	}{
		{"1.1", small, http1.Response{Status: 200, Fields: http1.Fields{{Name: length, Value: "0"}}}, true},
		{"1.1, request says close", "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
			http1.Response{Status: 200, Fields: http1.Fields{{Name: length, Value: "0"}}}, false},
		{"1.1, response says close", small,
			http1.Response{Status: 200, Fields: http1.Fields{{Name: length, Value: "0"}, {Name: "Connection", Value: "x, Close"}}}, false},
		{"1.0", "GET / HTTP/1.0\r\n\r\n", http1.Response{Status: 200, Fields: http1.Fields{{Name: length, Value: "0"}}}, false},
		{"1.0 with keep-alive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
			http1.Response{Status: 200, Fields: http1.Fields{{Name: length, Value: "0"}}}, true},
		{"response in 1.0", small, http1.Response{Proto: "HTTP/1.0", Status: 200, Fields: http1.Fields{{Name: length, Value: "0"}}}, false},
		{"response in 1.0 with keep-alive", small, http1.Response{Proto: "HTTP/1.0", Status: 200,
			Fields: http1.Fields{{Name: length, Value: "0"}, {Name: "connection", Value: "keep-alive"}}}, true},
		{"no length", small, http1.Response{Status: 200}, false},
		{"301 with length 0", small, http1.Response{Status: 301, Fields: http1.Fields{{Name: length, Value: "0"}}}, true},
		{"304 without length", small, http1.Response{Status: 304}, true},
		{"204", small, http1.Response{Status: 204}, true},
		{"HEAD without length", "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", http1.Response{Status: 200}, true},
		{"chunked", small, http1.Response{Status: 200, Fields: http1.Fields{{Name: "Transfer-Encoding", Value: "Chunked"}}}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := http1.NewConn(http1.Server, http1.Rules{})
			c.Receive([]byte(tc.request))
			take[*http1.Request](t, c)
			take[*http1.End](t, c)
			send(t, c, &tc.response, &http1.End{})
			if c.KeepAlive() != tc.want {
				t.Errorf("got %t", c.KeepAlive())
			}
			ev, err := c.Next()
			if _, closed := ev.(http1.Closed); closed == tc.want || err != nil {
				t.Errorf("then got %T %v", ev, err)
			}
		})
	}
}

func TestFaultStays(t *testing.T) {
	c := http1.NewConn(http1.Server, http1.Rules{})
	c.Receive([]byte("GET /\r\n" + small))
	_, err := c.Next()
	for range 3 {
		ev, again := c.Next()
		if ev != nil || again != err || err == nil {
			t.Errorf("got %v %v, want %v", ev, again, err)
		}
	}
	if c.KeepAlive() {
		t.Error("a connection with a fault persists")
	}
	var fault *http1.Error
	if !errors.As(err, &fault) || fault.Fault != http1.BadSyntax || fault.Text != "GET /" {
		t.Errorf("got %#v", fault)
	}
	if s := err.Error(); s != "request-line is not method, target and version at byte 5 (RFC 9112 §3)" {
		t.Errorf("got %q", s)
	}
}

func TestFaultWords(t *testing.T) {
	seen := map[string]http1.Fault{}
	for f := http1.StartLineTooLong; f <= http1.TrailersTooLong; f++ {
		s := f.String()
		if s == "" || s == "no fault" {
			t.Errorf("fault %d has no words", f)
		}
		if other, ok := seen[s]; ok {
			t.Errorf("faults %d and %d are both %q", f, other, s)
		}
		seen[s] = f
	}
	for _, f := range []http1.Fault{0, http1.TrailersTooLong + 1, 255} {
		if f.String() != "no fault" {
			t.Errorf("fault %d is %q", f, f)
		}
	}
}

func TestAppendTakesMessagesOnly(t *testing.T) {
	c := http1.NewConn(http1.Server, http1.Rules{})
	for _, ev := range []http1.Event{http1.NeedData{}, http1.Closed{}, nil} {
		b, err := c.Append([]byte("x"), ev)
		if _, ok := err.(http1.UsageError); !ok || string(b) != "x" {
			t.Errorf("%T: got %q %v", ev, b, err)
		}
	}
}

func TestUpgradeLeavesTheRest(t *testing.T) {
	c := http1.NewConn(http1.Server, http1.Rules{})
	c.Receive([]byte("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\n\r\nrest"))
	take[*http1.Request](t, c)
	take[*http1.End](t, c)
	send(t, c, &http1.Response{Status: 101})
	take[http1.Closed](t, c)
	c.Receive([]byte(" and more"))
	if string(c.Rest()) != "rest and more" {
		t.Errorf("got %q", c.Rest())
	}
	if c.KeepAlive() || c.Waiting() != "nothing: the bytes belong to another protocol" {
		t.Errorf("keep-alive %t, waiting for %s", c.KeepAlive(), c.Waiting())
	}
}

// Content comes in pieces of the buffer, whatever else arrives meanwhile.
func TestLargeContent(t *testing.T) {
	c := http1.NewConn(http1.Server, http1.Rules{})
	c.Receive([]byte("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"))
	take[*http1.Request](t, c)
	next, got := byte(0), 0
	for sent := 0; got < 1000000; {
		ev, err := c.Next()
		if err != nil {
			t.Fatal(err)
		}
		switch ev := ev.(type) {
		case *http1.Data:
			for _, b := range ev.Bytes {
				if b != next {
					t.Fatalf("byte %d is %d, want %d", got, b, next)
				}
				next++
				got++
			}
		case http1.NeedData:
			space := c.Space(1000)
			if len(space) < 1000 {
				t.Fatalf("space of %d", len(space))
			}
			n := min(len(space), 777, 1000000-sent)
			for i := range n {
				space[i] = byte(sent + i)
			}
			c.Filled(n)
			sent += n
		}
	}
	take[*http1.End](t, c)
}

// A Conn of a pool starts as new, whatever happened to it before.
func TestReset(t *testing.T) {
	before := []struct {
		role http1.Role
		msg  string
	}{
		{http1.Server, ""},
		{http1.Server, "GET / HT"},
		{http1.Server, "GET /\r\n"},
		{http1.Server, small + small},
		{http1.Server, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"},
		{http1.Server, "GET / HTTP/1.1\r\nA: " + strings.Repeat("b", 65000)},
		{http1.Client, "HTTP/1.1 200 OK\r\n\r\n"},
	}
	c := new(http1.Conn)
	for i, b := range before {
		c.Reset(b.role, http1.Rules{})
		c.Receive([]byte(b.msg))
		c.Next()
		if i%2 == 1 {
			c.ReceiveEOF()
			c.Next()
		}
		c.Reset(http1.Server, http1.Compat)
		if in, out := c.State(); in != http1.StateIdle || out != http1.StateIdle || c.Left() != 0 || !c.KeepAlive() {
			t.Errorf("%d: state %v %v, %d bytes left", i, in, out, c.Left())
		}
		if p := c.Partial(); p.Line != "" || len(p.Fields) != 0 {
			t.Errorf("%d: partial %+v", i, p)
		}
		take[http1.NeedData](t, c)
		c.Receive([]byte("GET /path\n"))
		if r := take[*http1.Request](t, c); !r.HTTP09 || r.Target != "/path" || len(r.Fields) != 0 {
			t.Errorf("%d: got %+v", i, r)
		}
	}
}

// Whoever appends to a piece of content does not write over what follows it.
func TestDataIsClipped(t *testing.T) {
	c := http1.NewConn(http1.Server, http1.Rules{})
	c.Receive([]byte("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" + small))
	take[*http1.Request](t, c)
	_ = append(take[*http1.Data](t, c).Bytes, "overwritten"...)
	take[*http1.End](t, c)
	send(t, c, empty(), &http1.End{})
	if r := take[*http1.Request](t, c); r.Head != small {
		t.Errorf("got %q", r.Head)
	}
}

// A client sends no second request on a connection that ends with the response.
func TestClientKeepAlive(t *testing.T) {
	ask := &http1.Request{Method: "GET", Target: "/", Fields: http1.Fields{{Name: "Host", Value: "a"}}}
	for _, tc := range []struct {
		name     string
		ask      *http1.Request
		response string
		before   bool // KeepAlive before the response
		want     bool
	}{
		{"length", ask, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true, true},
		{"until close", ask, "HTTP/1.1 200 OK\r\n\r\n", true, false},
		{"close asked for", &http1.Request{Method: "GET", Target: "/", Fields: http1.Fields{{Name: "Connection", Value: "close"}}},
			"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", false, false},
		{"HTTP/0.9", &http1.Request{Method: "GET", Target: "/", HTTP09: true}, "x", false, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := http1.NewConn(http1.Client, http1.Rules{})
			send(t, c, tc.ask, &http1.End{})
			if c.KeepAlive() != tc.before {
				t.Errorf("before the response: %t", c.KeepAlive())
			}
			c.Receive([]byte(tc.response))
			for received := http1.StateIdle; received != http1.StateDone; received, _ = c.State() {
				if ev, err := c.Next(); err != nil {
					t.Fatal(err)
				} else if _, need := ev.(http1.NeedData); need {
					c.ReceiveEOF()
				}
			}
			_, err := c.Append(nil, ask)
			if _, usage := err.(http1.UsageError); c.KeepAlive() != tc.want || usage == tc.want {
				t.Errorf("after it: %t, %v", c.KeepAlive(), err)
			}
		})
	}
}

// One allocation for a request: the string of its head.
func TestAllocations(t *testing.T) {
	var out []byte
	exchange := func(c *http1.Conn, msg []byte) {
		c.Filled(copy(c.Space(len(msg)), msg))
		for {
			ev, err := c.Next()
			if err != nil {
				panic(err)
			}
			if _, ok := ev.(*http1.End); ok {
				break
			}
		}
		var err error
		if out, err = c.Append(out[:0], &okay); err == nil {
			out, err = c.Append(out, &theEnd)
		}
		if err != nil {
			panic(err)
		}
		if _, err := c.Next(); err != nil {
			panic(err)
		}
	}
	one, two := []byte(strings.Replace(eight, "/x", "/1", 1)), []byte(strings.Replace(eight, "/x", "/2", 1))
	c := http1.NewConn(http1.Server, http1.Compat)
	exchange(c, one)
	exchange(c, two)
	if n := testing.AllocsPerRun(100, func() { exchange(c, one); exchange(c, two) }); n != 2 {
		t.Errorf("two heads: %v allocations, want 2", n)
	}
}

var (
	okay   = http1.Response{Status: 200, Reason: "OK", Fields: http1.Fields{{Name: "Content-Length", Value: "0"}}}
	theEnd http1.End
)

func TestRole(t *testing.T) {
	if http1.Server.String() != "server" || http1.Client.String() != "client" {
		t.Error("roles have other names")
	}
}

func TestWaiting(t *testing.T) {
	c := http1.NewConn(http1.Server, http1.Rules{})
	is := func(want string) {
		t.Helper()
		if got := c.Waiting(); got != want {
			t.Errorf("waiting for %s, want %s", got, want)
		}
	}
	is("a request")
	c.Receive([]byte("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx"))
	take[*http1.Request](t, c)
	is("a chunk size")
	take[*http1.Data](t, c)
	is("the CR LF that ends a chunk")
	c.Receive([]byte("\r\n0\r\n\r\n"))
	take[*http1.End](t, c)
	is("the end of our own message")
	send(t, c, empty(), &http1.End{})
	is("the next message")
	take[http1.NeedData](t, c)
	is("a request")
	c.Receive([]byte("x"))
	is("the end of the request-line")
	c.Receive([]byte("\r\n"))
	c.Next()
	is("nothing: request-line is not method, target and version at byte 1 (RFC 9112 §3)")

	c.Reset(http1.Server, http1.Rules{})
	c.ReceiveEOF()
	take[http1.Closed](t, c)
	is("nothing: the connection is over")

	c.Reset(http1.Server, http1.Rules{})
	c.Receive([]byte(small))
	take[*http1.Request](t, c)
	take[*http1.End](t, c)
	send(t, c, empty(http1.Field{Name: "Connection", Value: "close"}), &http1.End{})
	is("nothing: the connection is over")
}

// Bytes that came before the request are no response to it, whether or not Next
// was called (RFC 9112 §9.2).
func TestUnsolicitedResponse(t *testing.T) {
	c := http1.NewConn(http1.Client, http1.Rules{})
	c.Receive([]byte("HTTP/1.1 408 x\r\n\r\n"))
	b, err := c.Append(nil, &http1.Request{Method: "GET", Target: "/"})
	var fault *http1.Error
	if !errors.As(err, &fault) || fault.Fault != http1.UnsolicitedResponse || len(b) != 0 {
		t.Errorf("got %q %v", b, err)
	}
	if _, again := c.Next(); again != err {
		t.Errorf("then %v", again)
	}
}
