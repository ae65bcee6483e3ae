package http1_test

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/core/http1"
)

// The layout of a request is where its parts stand in the bytes that came,
// whether the head is the first, one of several, or at fault.
func TestLayout(t *testing.T) {
	const first = "\r\nGET  /a HTTP/1.1\r\nHost: h\r\nX:\t a b \t\r\n\r\n"
	for _, tc := range []struct {
		name, bytes string
		skip        int
		want        string
	}{
		{"a request", first, 0, `GET|/a|HTTP/1.1|Host=h|X=a b`},
		{"the same again", first + first, 1, `GET|/a|HTTP/1.1|Host=h|X=a b`},
		{"another", first + "GET /b HTTP/1.1\r\nHost: i\r\n\r\n", 1, `GET|/b|HTTP/1.1|Host=i`},
		{"a fault in the fields", first + "GET /b HTTP/1.1\r\nHost: i\r\nbad\r\n\r\n", 1, `GET|/b|HTTP/1.1|Host=i`},
		{"no request-line", first + "GET", 1, `||`},
		{"HTTP/0.9", "GET /c\r\n", 0, `GET|/c|`},
	} {
		c := http1.NewConn(http1.Server, http1.Compat)
		c.Receive([]byte(tc.bytes))
		c.ReceiveEOF()
		var rest string
		for i := 0; i <= tc.skip; i++ {
			rest = string(c.Rest())
			ev, err := c.Next()
			if i == tc.skip {
				break
			}
			if _, ok := ev.(*http1.Request); !ok {
				t.Fatalf("%s: %v, %v", tc.name, ev, err)
			}
			c.Append(nil, &http1.Response{Status: 204})
			c.Append(nil, &http1.End{})
			c.Next()
		}
		l := c.Layout()
		of := func(r http1.Range) string { return rest[r.Off : r.Off+r.Len] }
		got := of(l.Method) + "|" + of(l.Target) + "|" + of(l.Proto)
		for i := range l.Fields() {
			name, value := l.Field(i)
			got += "|" + of(name) + "=" + of(value)
		}
		if got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.name, got, tc.want)
		}
	}
}

// What is observed and the content together are all bytes behind the head, in
// their order, however they come.
func TestObserve(t *testing.T) {
	const head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
	const body = "5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nT: u\r\n\r\n"
	for piece := 1; piece < len(head+body); piece++ {
		c := http1.NewConn(http1.Server, http1.Rules{})
		var got strings.Builder
		var marks []string
		at := int64(len(head))
		add := func(p []byte, off int64) {
			if off != at {
				t.Errorf("pieces of %d: %q at %d, want %d", piece, p, off, at)
			}
			at += int64(len(p))
			got.Write(p)
		}
		c.Observe(func(what http1.Framing, p []byte, size int64) {
			marks = append(marks, fmt.Sprint(what, " ", size))
			add(p, c.Offset())
		})
		for rest := head + body; rest != ""; {
			n := min(piece, len(rest))
			c.Receive([]byte(rest[:n]))
			rest = rest[n:]
			for {
				ev, err := c.Next()
				if err != nil {
					t.Fatal(err)
				}
				if d, ok := ev.(*http1.Data); ok {
					add(d.Bytes, c.Offset()-int64(len(d.Bytes)))
				}
				if _, need := ev.(http1.NeedData); need {
					break
				}
			}
		}
		if got.String() != body {
			t.Fatalf("pieces of %d: got %q, want %q", piece, got.String(), body)
		}
		if want := "0 5,1 0,0 1,1 0,0 0,2 0"; strings.Join(marks, ",") != want {
			t.Fatalf("pieces of %d: got %v, want %s", piece, marks, want)
		}
	}
}
