package http1_test

import (
	"errors"
	"strings"
	"testing"

	"vitrine/core/http1"
)

// first returns the first event or fault of a server that receives msg.
func first(rules http1.Rules, msg string) (http1.Event, *http1.Error) {
	c := http1.NewConn(http1.Server, rules)
	c.Receive([]byte(msg))
	ev, err := c.Next()
	var fault *http1.Error
	errors.As(err, &fault)
	return ev, fault
}

// spec: R-1 H-1 H-2
func TestDefaultLimits(t *testing.T) {
	a := func(n int) string { return strings.Repeat("a", n) }
	fields := func(n int) string { return strings.Repeat("A: b\r\n", n) }
	for _, tc := range []struct {
		name   string
		rules  http1.Rules
		msg    string
		status int // 0: a request
	}{
		// spec: R-1
		{"request-line of 65,536 bytes", http1.Rules{}, "GET /" + a(65520) + " HTTP/1.0\r\n\r\n", 0},
		{"request-line of 65,537 bytes", http1.Rules{}, "GET /" + a(65521) + " HTTP/1.0\r\n\r\n", 414},
		{"request-line of 65,536 bytes, compat", http1.Compat, "GET /" + a(65521) + " HTTP/1.0\n\r\n", 0},
		{"request-line of 65,537 bytes, compat", http1.Compat, "GET /" + a(65522) + " HTTP/1.0\n\r\n", 414},
		{"65,537 bytes without an end", http1.Rules{}, "GET /" + a(65532), 414},
		// spec: H-1
		{"field line of 65,536 bytes", http1.Compat, "GET / HTTP/1.0\r\nA: " + a(65531) + "\r\n\r\n", 0},
		{"field line of 65,537 bytes", http1.Compat, "GET / HTTP/1.0\r\nA: " + a(65532) + "\r\n\r\n", 431},
		{"field line of 65,537 bytes without an end", http1.Rules{}, "GET / HTTP/1.0\r\nA: " + a(65534), 431},
		// spec: H-2
		{"99 field lines, compat", http1.Compat, "GET / HTTP/1.0\r\n" + fields(99) + "\r\n", 0},
		{"100 field lines, compat", http1.Compat, "GET / HTTP/1.0\r\n" + fields(100) + "\r\n", 431},
		{"100 field lines", http1.Rules{}, "GET / HTTP/1.0\r\n" + fields(100) + "\r\n", 0},
		{"101 field lines", http1.Rules{}, "GET / HTTP/1.0\r\n" + fields(101) + "\r\n", 431},
		{"head of 262,144 bytes", http1.Rules{}, "GET / HTTP/1.0\r\n" +
			strings.Repeat("A: "+a(65000)+"\r\n", 4) + "B: " + a(2101) + "\r\n\r\n", 0},
		{"head of 262,145 bytes", http1.Rules{}, "GET / HTTP/1.0\r\n" +
			strings.Repeat("A: "+a(65000)+"\r\n", 4) + "B: " + a(2102) + "\r\n\r\n", 431},
	} {
		t.Run(tc.name, func(t *testing.T) {
			ev, fault := first(tc.rules, tc.msg)
			switch _, ok := ev.(*http1.Request); {
			case tc.status == 0 && !ok:
				t.Errorf("got %v, want a request", fault)
			case tc.status != 0 && (fault == nil || fault.Status != tc.status):
				t.Errorf("got %v %v, want %d", ev, fault, tc.status)
			}
			if n := len(tc.msg); strings.HasPrefix(tc.name, "head of 262,144") && n != 262144 {
				t.Errorf("the test sent %d bytes", n)
			}
		})
	}
}

// Whoever sends without end is stopped at the limit, wherever it is in the
// message, and the buffer does not grow past what the limit allows.
func TestEndlessInput(t *testing.T) {
	chunked := "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
	for _, tc := range []struct {
		name, start, again string
		status             int
	}{
		{"request-line", "GET /", "a", 414},
		{"empty lines", "", "\r\n", 400},
		{"field line", "GET / HTTP/1.1\r\nA: ", "b", 431},
		{"field lines", "GET / HTTP/1.1\r\n", "A: b\r\n", 431},
		{"long field lines", "GET / HTTP/1.1\r\n", "A: " + strings.Repeat("b", 9000) + "\r\n", 431},
		{"chunk-size line", chunked, "0", 400},
		{"chunk extension", chunked + "1;", "a", 400},
		{"chunk extensions", chunked, "1;" + strings.Repeat("a", 1000) + "\r\nx\r\n", 400},
		{"trailer", chunked + "0\r\nA: ", "b", 400},
		{"trailers", chunked + "0\r\n", "A: " + strings.Repeat("b", 1000) + "\r\n", 400},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := http1.NewConn(http1.Server, http1.Rules{})
			c.Receive([]byte(tc.start))
			for sent := 0; ; sent += len(tc.again) {
				if sent > 300<<10 {
					t.Fatalf("%d bytes are not enough", sent)
				}
				if n := c.Left(); n > 262144+len(tc.again) {
					t.Fatalf("%d bytes are held", n)
				}
				ev, err := c.Next()
				var fault *http1.Error
				if errors.As(err, &fault) {
					if fault.Status != tc.status {
						t.Errorf("got %v with %d, want %d", err, fault.Status, tc.status)
					}
					break
				}
				if _, ok := ev.(http1.NeedData); ok {
					c.Receive([]byte(tc.again))
				}
			}
			// Nothing more is held.
			for range 100 {
				c.Receive(make([]byte, 10000))
			}
			if c.Left() != 0 {
				t.Errorf("%d bytes are held after the fault", c.Left())
			}
		})
	}
}
