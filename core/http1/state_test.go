package http1

import (
	"strings"
	"testing"
)

func TestStateNames(t *testing.T) {
	if State(0).String() != "no state" || stateCount.String() != "no state" || StateSwitched.String() != "switched" {
		t.Error("states have other names")
	}
}

func TestMovesNotInTheTable(t *testing.T) {
	for s := range stateCount {
		for sig := range signalCount {
			if moves[s][sig] != 0 {
				continue
			}
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%v moves by %s", s, signals[sig].name)
					}
				}()
				to := s
				to.move(sig)
			}()
		}
	}
}

// Every legal move of either direction, made by what a caller can do.
func TestEveryMove(t *testing.T) {
	const (
		get     = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
		post    = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n"
		upgrade = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\n\r\n"
	)
	none := Fields{{"Content-Length", "0"}}
	three := Fields{{"Content-Length", "3"}}
	ask := &Request{Method: "GET", Target: "/", Fields: Fields{{"Host", "a"}, {"Upgrade", "x"}}}
	const (
		idle, content, done      = StateIdle, StateContent, StateDone
		switched, closed, failed = StateSwitched, StateClosed, StateError
	)
	type states struct{ received, sent State }
	for _, tc := range []struct {
		name string
		role Role
		do   []any // string: bytes arrive; Event: appended; nil: Next; true: EOF
		want []states
	}{
		{"a whole exchange", Server,
			[]any{get, nil, nil, &Response{Status: 100}, &Response{Status: 200, Fields: three}, &Data{Bytes: []byte("a")}, &Data{Bytes: []byte("bc")}, &End{}, nil},
			[]states{{idle, idle}, {content, idle}, {done, idle}, {done, idle}, {done, content}, {done, content}, {done, content}, {done, done}, {idle, idle}}},
		{"content arrives", Server,
			[]any{post, nil, "ab", nil, "c", nil, nil},
			[]states{{idle, idle}, {content, idle}, {content, idle}, {content, idle}, {content, idle}, {content, idle}, {done, idle}}},
		{"close after the response", Server,
			[]any{get, nil, nil, &Response{Status: 200}, &End{}, nil},
			[]states{{idle, idle}, {content, idle}, {done, idle}, {done, content}, {done, done}, {closed, closed}}},
		{"switch", Server,
			[]any{upgrade, nil, nil, &Response{Status: 101}, nil},
			[]states{{idle, idle}, {content, idle}, {done, idle}, {switched, switched}, {switched, switched}}},
		{"the peer closes", Server,
			[]any{true, nil},
			[]states{{idle, idle}, {closed, idle}}},
		{"a fault in the head, and its response", Server,
			[]any{"GET\r\n", nil, &Response{Status: 400, Fields: none}, &End{}, nil},
			[]states{{idle, idle}, {failed, idle}, {failed, content}, {failed, done}, {failed, done}}},
		{"a fault in the content", Server,
			[]any{post, nil, true, nil},
			[]states{{idle, idle}, {content, idle}, {content, idle}, {failed, idle}}},
		{"a response before the request", Server,
			[]any{"GET ", nil, &Response{Status: 408, Fields: none}, &End{}, nil},
			[]states{{idle, idle}, {idle, idle}, {closed, content}, {closed, done}, {closed, done}}},
		{"a response before the content", Server,
			[]any{post, nil, &Response{Status: 200, Fields: none}, &End{}, "abc", nil, nil, nil},
			[]states{{idle, idle}, {content, idle}, {content, content}, {content, done}, {content, done}, {content, done}, {done, done}, {idle, idle}}},
		{"a client's exchange", Client,
			[]any{ask, &End{}, "HTTP/1.1 100 x\r\n\r\n", nil, "HTTP/1.1 200 x\r\nContent-Length: 0\r\n\r\n", nil, nil, ask},
			[]states{{idle, content}, {idle, done}, {idle, done}, {idle, done}, {idle, done}, {content, done}, {done, done}, {idle, content}}},
		{"a client's switch", Client,
			[]any{ask, &End{}, "HTTP/1.1 101 x\r\n\r\n", nil},
			[]states{{idle, content}, {idle, done}, {idle, done}, {switched, switched}}},
		{"a client's switch before its request is over", Client,
			[]any{ask, "HTTP/1.1 101 x\r\n\r\n", nil, &End{}},
			[]states{{idle, content}, {idle, content}, {switched, content}, {switched, done}}},
		{"a response to nothing", Client,
			[]any{"H", nil},
			[]states{{idle, idle}, {failed, idle}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := NewConn(tc.role, Rules{})
			for i, do := range tc.do {
				switch do := do.(type) {
				case string:
					c.Receive([]byte(do))
				case bool:
					c.ReceiveEOF()
				case nil:
					c.Next()
				case Event:
					if _, err := c.Append(nil, do); err != nil {
						t.Fatalf("step %d: %v", i, err)
					}
				}
				if in, out := c.State(); (states{in, out}) != tc.want[i] {
					t.Errorf("step %d: %v %v, want %v", i, in, out, tc.want[i])
				}
			}
		})
	}
}

// However small the pieces, no byte of a line is looked at twice: what was
// looked at is remembered in scanned.
func TestScanIsLinear(t *testing.T) {
	c := NewConn(Server, Rules{})
	msg := "\r\nGET /abcdefghijklmnop HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" +
		"1;abcdefgh\r\nx\r\n0\r\nA: bcdefghijkl\r\n"
	for i := range len(msg) {
		c.Receive([]byte{msg[i]})
		for {
			ev, err := c.Next()
			if err != nil {
				t.Fatal(err)
			}
			if _, need := ev.(NeedData); need {
				break
			}
		}
		// Between lines nothing is left to look at.
		if in := &c.in; max(in.scanned, in.at) != c.Left() && in.phase != chunkEnd {
			t.Fatalf("after %q: %d of %d bytes are looked at", msg[:i+1], max(in.scanned, in.at), c.Left())
		}
	}
}

// A large head is not held while the connection is idle.
func TestLargeHeadIsForgotten(t *testing.T) {
	c := NewConn(Server, Rules{})
	small, large := "GET / HTTP/1.1\r\nHost: a\r\n", ""
	for range 3 {
		large += "A: " + longValue + "\r\n"
	}
	large, small = small+large+"\r\n", small+"\r\n"
	for _, msg := range []string{large, large, small} {
		c.Receive([]byte(msg))
		if r, ok := next(t, c).(*Request); !ok || r.Head != msg {
			t.Fatal("the head is another")
		}
		next(t, c)
		b, err := c.Append(nil, &Response{Status: 204})
		if err == nil {
			_, err = c.Append(b, &End{})
		}
		if err != nil {
			t.Fatal(err)
		}
		next(t, c)
		if cap(c.buf) > keptBuffer || len(c.req.Head) > keptHead {
			t.Errorf("%d bytes of buffer and a head of %d are held", cap(c.buf), len(c.req.Head))
		}
		if len(msg) > keptHead && c.method != "" {
			t.Error("the method holds the string of a large head")
		}
	}
}

var longValue = strings.Repeat("b", 60000)

func next(t *testing.T, c *Conn) Event {
	t.Helper()
	ev, err := c.Next()
	if err != nil {
		t.Fatal(err)
	}
	return ev
}

// Bytes move to the front of the buffer only when that frees enough of it.
func TestSpaceReusesBuffer(t *testing.T) {
	c := NewConn(Server, Rules{})
	c.Receive(make([]byte, 3000))
	if cap(c.buf) != 4096 {
		t.Errorf("capacity %d", cap(c.buf))
	}
	c.r = 2000
	c.Receive(make([]byte, 2000)) // 1000 left: move
	if cap(c.buf) != 4096 || c.r != 0 || c.Left() != 3000 {
		t.Errorf("capacity %d, at %d, left %d", cap(c.buf), c.r, c.Left())
	}
	c.r = 1000
	c.Receive(make([]byte, 2000)) // 2000 left after 1000: grow
	if cap(c.buf) != 8192 || c.r != 0 || c.Left() != 4000 {
		t.Errorf("capacity %d, at %d, left %d", cap(c.buf), c.r, c.Left())
	}
	c.r = len(c.buf)
	if len(c.Space(1)) != 8192 || c.r != 0 {
		t.Error("an empty buffer does not start at its front")
	}
}

// A Conn in a pool holds nothing of the connection before, and one that is
// over takes nothing in.
func TestNothingIsHeld(t *testing.T) {
	c := NewConn(Server, Rules{})
	c.Receive([]byte("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\n"))
	next(t, c)
	next(t, c)
	fields, trailers := c.req.Fields, c.end.Trailers
	if len(fields) != 2 || len(trailers) != 1 {
		t.Fatalf("got %v %v", fields, trailers)
	}
	c.Reset(Server, Rules{})
	if fields[0] != (Field{}) || fields[1] != (Field{}) || trailers[0] != (Field{}) || c.req.Head != "" {
		t.Error("strings of the connection before are held")
	}
	c.ReceiveEOF()
	if _, ok := next(t, c).(Closed); !ok {
		t.Error("not closed")
	}
	c.Receive([]byte("x"))
	if c.Left() != 0 {
		t.Error("bytes after the end are held")
	}
}
