package http1_test

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"net/textproto"
	"slices"
	"strings"
	"testing"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// seeds calls add with all bytes that arrive in the transcripts of a role and
// in the attacks. The title of each says why it is there.
func seeds(tb testing.TB, role http1.Role, add func(msg []byte, compat bool)) {
	for _, name := range []string{
		"requestline", "fields", "host", "length", "chunked", "pipelining", "http09", "responses", "limits", "attacks",
	} {
		for _, tr := range rawTranscripts(tb, name) {
			msg, client, compat := "", false, false
			for _, s := range tr.setup {
				client = client || s.Text == "role client"
				compat = compat || s.Text == "rules compat"
			}
			for _, st := range tr.steps {
				if st.does.Kind == trace.In {
					msg += st.does.Text
				}
			}
			if client == (role == http1.Client) && msg != "" {
				add([]byte(msg), compat)
			}
		}
	}
}

func rulesOf(compat bool) http1.Rules {
	if compat {
		return http1.Compat
	}
	return http1.Rules{}
}

// replay feeds msg and the end of input to a Conn; ask is what a client sends
// first.
func replay(role http1.Role, rules http1.Rules, ask, msg string, cut func(int) bool) (string, *player) {
	tr := &transcript{role: role, rules: rules}
	if role == http1.Client {
		tr.steps = append(tr.steps, step{does: trace.Span{Kind: trace.Event, Text: ask}})
	}
	if msg != "" {
		tr.steps = append(tr.steps, step{does: trace.Span{Kind: trace.In, Text: msg}})
	}
	tr.steps = append(tr.steps, step{does: trace.Span{Kind: trace.Event, Text: "eof"}})
	steps, p := play(tr, cut)
	return renderAll(steps), p
}

// Split anywhere gives the same events.
func FuzzSplit(f *testing.F) {
	seeds(f, http1.Server, func(msg []byte, compat bool) { f.Add(msg, uint16(len(msg)/2), compat) })
	f.Fuzz(func(t *testing.T, msg []byte, cut uint16, compat bool) {
		rules := rulesOf(compat)
		want, p := replay(http1.Server, rules, "", string(msg), whole)
		if got, _ := replay(http1.Server, rules, "", string(msg), at(int(cut))); got != want {
			t.Errorf("split at %d: got\n%swant\n%s", cut, got, want)
		}
		if got, _ := replay(http1.Server, rules, "", string(msg), everyByte); got != want {
			t.Errorf("byte by byte: got\n%swant\n%s", got, want)
		}
		if n := bytes.Count(msg, []byte("\n")); len(p.requests) > n {
			t.Errorf("%d requests in %d lines", len(p.requests), n)
		}
		for _, r := range p.requests {
			if !strings.Contains(string(msg), r.Head) || !strings.Contains(r.Head, r.Line) {
				t.Errorf("head %q, line %q", r.Head, r.Line)
			}
		}
	})
}

// message is a request or response with its content.
type message struct {
	head     http1.Event
	content  []byte
	trailers http1.Fields
}

// messages returns those that came whole.
func messages(c *http1.Conn, msg []byte, eof bool) (all []message, err error) {
	c.Receive(msg)
	if eof {
		c.ReceiveEOF()
	}
	var m message
	for {
		ev, err := c.Next()
		if err != nil {
			return all, err
		}
		switch ev := ev.(type) {
		case http1.NeedData, http1.Closed:
			return all, nil
		case *http1.Request:
			r := *ev
			r.Fields = slices.Clone(r.Fields)
			m = message{head: &r}
		case *http1.Response:
			r := *ev
			r.Fields = slices.Clone(r.Fields)
			m = message{head: &r}
		case *http1.Data:
			m.content = append(m.content, ev.Bytes...)
		case *http1.End:
			m.trailers = slices.Clone(ev.Trailers)
			all = append(all, m)
			if _, sent := c.State(); sent == http1.StateIdle {
				c.Append(nil, &okay)
				c.Append(nil, &theEnd)
			}
		}
	}
}

// write serializes m.
func write(c *http1.Conn, m message) (b []byte, err error) {
	for _, ev := range []http1.Event{m.head, &http1.Data{Bytes: m.content}, &http1.End{Trailers: m.trailers}} {
		if d, ok := ev.(*http1.Data); ok && len(d.Bytes) == 0 {
			continue
		}
		if b, err = c.Append(b, ev); err != nil {
			return b, err
		}
	}
	return b, nil
}

func same(a, b message) bool {
	switch x := a.head.(type) {
	case *http1.Request:
		y, ok := b.head.(*http1.Request)
		return ok && x.Method == y.Method && x.Target == y.Target && x.Proto == y.Proto && x.Version == y.Version &&
			x.HTTP09 == y.HTTP09 && x.Length == y.Length && x.KeepAlive == y.KeepAlive && x.Expect == y.Expect &&
			slices.Equal(x.Fields, y.Fields) && bytes.Equal(a.content, b.content) && slices.Equal(a.trailers, b.trailers)
	case *http1.Response:
		y, ok := b.head.(*http1.Response)
		return ok && x.Proto == y.Proto && x.Status == y.Status && x.Reason == y.Reason && x.Length == y.Length &&
			slices.Equal(x.Fields, y.Fields) && bytes.Equal(a.content, b.content) && slices.Equal(a.trailers, b.trailers)
	}
	return false
}

// roomy are limits that a message does not reach only because its lines are
// spelled out in full when it is written again.
var roomy = http1.Limits{StartLine: 1 << 20, FieldLine: 1 << 20, Fields: 1 << 10, Head: 1 << 22, Trailers: 1 << 20}

// What was parsed, written and parsed again is the same.
func FuzzRoundTrip(f *testing.F) {
	seeds(f, http1.Server, func(msg []byte, compat bool) { f.Add(msg, compat) })
	f.Add([]byte("GET /\x85 HTTP/1.1\r\n\r\n"), true) // an octet that a lenient reader takes for white space
	f.Add([]byte("GET / HTTP/1.1\r\nA:\x0b\r\nHost:\r\n\r\n"), true)
	f.Fuzz(func(t *testing.T, msg []byte, compat bool) {
		rules := rulesOf(compat)
		all, _ := messages(http1.NewConn(http1.Server, rules), msg, false)
		rules.Limits = roomy
		for _, m := range all {
			r := m.head.(*http1.Request)
			b, err := write(http1.NewConn(http1.Client, rules), m)
			if err != nil {
				// Compat reads words that must not be written.
				if compat && !writable(r) {
					continue
				}
				t.Fatalf("%+v cannot be written: %v", r, err)
			}
			again, err := messages(http1.NewConn(http1.Server, rules), b, false)
			if len(again) != 1 || err != nil || !same(m, again[0]) {
				t.Errorf("got %+v %v out of %q, want %+v", again, err, b, m)
			}
		}
	})
}

// writable reports whether a method is a token and a target without octets
// that some reader takes for white space.
func writable(r *http1.Request) bool {
	for _, c := range []byte(r.Method) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"(),/:;<=>?@[\\]{}", c) >= 0 {
			return false
		}
	}
	for _, c := range []byte(r.Target) {
		if c <= ' ' || c == 0x7f || c == 0x85 || c == 0xa0 {
			return false
		}
	}
	return true
}

// The same two properties for what a client receives.
func FuzzResponse(f *testing.F) {
	seeds(f, http1.Client, func(msg []byte, compat bool) { f.Add(msg, uint16(len(msg)/2), uint8(0), compat) })
	f.Add([]byte("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"), uint16(9), uint8(1), false)                          // HEAD
	f.Add([]byte("HTTP/1.1 200 OK\r\n\r\ntunnel"), uint16(9), uint8(2), false)                                         // CONNECT
	f.Add([]byte("HTTP/1.1 101 x\r\n\r\nother"), uint16(9), uint8(3), false)                                           // Upgrade
	f.Add([]byte("HTTP/1.1 103 x\r\nA: b\r\n\r\nHTTP/1.0 200 \r\n\r\nuntil close"), uint16(30), uint8(0), true)        // interim
	f.Add([]byte("HTTP/1.1 205 x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\n"), uint16(9), uint8(0), false) // trailers
	asks := []string{
		"ask GET / HTTP/1.1 | Host: a", "ask HEAD / HTTP/1.1 | Host: a", "ask CONNECT a:1 HTTP/1.1 | Host: a:1",
		"ask GET / HTTP/1.1 | Host: a | Upgrade: x", "ask GET /",
	}
	f.Fuzz(func(t *testing.T, msg []byte, cut uint16, which uint8, compat bool) {
		ask := asks[int(which)%len(asks)]
		rules := rulesOf(compat)
		want, _ := replay(http1.Client, rules, ask, string(msg), whole)
		if got, _ := replay(http1.Client, rules, ask, string(msg), at(int(cut))); got != want {
			t.Errorf("split at %d: got\n%swant\n%s", cut, got, want)
		}
		if got, _ := replay(http1.Client, rules, ask, string(msg), everyByte); got != want {
			t.Errorf("byte by byte: got\n%swant\n%s", got, want)
		}

		// A server that was asked the same says the same.
		client := func() (*http1.Conn, string) {
			p := newPlayer(&transcript{role: http1.Client, rules: rules})
			p.do(trace.Span{Kind: trace.Event, Text: ask}, whole)
			return p.c, p.out[0].Text
		}
		c, request := client()
		all, _ := messages(c, msg, true)
		if len(all) == 0 || strings.HasSuffix(ask, "GET /") {
			return
		}
		r := all[0].head.(*http1.Response)
		rules.Limits = roomy
		server := http1.NewConn(http1.Server, rules)
		server.Receive([]byte(request))
		server.Next()
		server.Next()
		b, err := write(server, all[0])
		if err != nil {
			// What means nothing in these is not judged when it is read.
			if strings.HasPrefix(ask, "ask HEAD") || r.Status == 204 || r.Status == 304 || r.Status == 205 || r.Status < 200 {
				return
			}
			t.Fatalf("%+v cannot be written: %v", r, err)
		}
		c, _ = client()
		again, err := messages(c, b, true)
		if len(again) != 1 || err != nil || !same(all[0], again[0]) {
			t.Errorf("got %+v %v out of %q, want %+v", again, err, b, all[0])
		}
	})
}

// Chunked content that we and net/http both read is the same. (net/http does
// not read white space before an extension.) Whatever it is, writing it again in
// one chunk changes nothing.
func FuzzChunked(f *testing.F) {
	const head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
	seeds(f, http1.Server, func(msg []byte, compat bool) {
		if body, ok := strings.CutPrefix(string(msg), head); ok {
			f.Add([]byte(body))
		}
	})
	f.Add([]byte("5;a=\"\\\"\"\r\nhello\r\n0\r\n\r\n")) // a quoted pair
	f.Add([]byte("1\r\n\r\r\n0\r\n\r\n"))               // content that is half a line end
	f.Add([]byte("2\r\n\r\n\r\n0\r\n\r\n"))             // content that is a line end
	f.Fuzz(func(t *testing.T, body []byte) {
		msg := append([]byte(head), body...)
		c := http1.NewConn(http1.Server, http1.Rules{})
		all, _ := messages(c, msg, false)
		if len(all) == 0 {
			return
		}
		b, err := write(http1.NewConn(http1.Client, http1.Rules{}), all[0])
		if err != nil {
			t.Fatal(err)
		}
		again, err := messages(http1.NewConn(http1.Server, http1.Rules{}), b, false)
		if len(again) != 1 || err != nil || !same(all[0], again[0]) {
			t.Errorf("got %+v %v out of %q, want %+v", again, err, b, all[0])
		}
		r, err := http.ReadRequest(bufio.NewReaderSize(bytes.NewReader(msg), len(msg)+16))
		if err != nil {
			t.Fatalf("net/http: %v", err)
		}
		want, err := io.ReadAll(r.Body)
		if err == nil && !bytes.Equal(want, all[0].content) {
			t.Errorf("got %q, net/http %q", all[0].content, want)
		}
	})
}

// Where net/http and we both accept a request we see the same one.
func FuzzNetHTTP(f *testing.F) {
	seeds(f, http1.Server, func(msg []byte, compat bool) { f.Add(msg) })
	f.Fuzz(func(t *testing.T, msg []byte) {
		all, _ := messages(http1.NewConn(http1.Server, http1.Rules{}), msg, false)
		if len(all) == 0 {
			return
		}
		in := bufio.NewReaderSize(bytes.NewReader(msg), len(msg)+16)
		for bytes.HasPrefix(msg, []byte("\r\n")) { // net/http skips no empty lines
			in.Discard(2)
			msg = msg[2:]
		}
		theirs, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		ours := all[0].head.(*http1.Request)
		if ours.Method != theirs.Method || ours.Target != theirs.RequestURI {
			t.Errorf("got %q %q, net/http %q %q", ours.Method, ours.Target, theirs.Method, theirs.RequestURI)
		}
		count := 0
		for _, f := range ours.Fields {
			switch name := textproto.CanonicalMIMEHeaderKey(f.Name); name {
			case "Host", "Transfer-Encoding", "Content-Length", "Trailer", "Pragma", "Cache-Control":
			default:
				count++
				if !slices.Contains(theirs.Header[name], f.Value) {
					t.Errorf("%q is %q, net/http %q", f.Name, f.Value, theirs.Header[name])
				}
			}
		}
		for name, values := range theirs.Header {
			switch name {
			case "Host", "Transfer-Encoding", "Content-Length", "Trailer", "Pragma", "Cache-Control":
			default:
				count -= len(values)
			}
		}
		if count != 0 {
			t.Errorf("%d field lines more than net/http", count)
		}
		content, err := io.ReadAll(theirs.Body)
		if err == nil && !bytes.Equal(content, all[0].content) {
			t.Errorf("content %q, net/http %q", all[0].content, content)
		}
	})
}
