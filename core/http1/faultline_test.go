package http1_test

import (
	"strings"
	"testing"

	"vitrine/core/http1"
)

// What stands before the byte at fault is told apart, and where its line begins.
func TestFaultLine(t *testing.T) {
	for _, tc := range []struct {
		name, bytes string
		rules       http1.Rules
		at          int
		begins      int64
		want        string
		field       bool
	}{
		{"two SPs after the method", "GET  / HTTP/1.1\r\n", http1.Rules{}, 4, 0, "GET", false},
		{"two SPs before the version", "GET /a  HTTP/1.1\r\n", http1.Rules{}, 7, 0, "GET|/a", false},
		{"an SP behind the version", "GET / HTTP/1.1 \r\n", http1.Rules{}, 14, 0, "GET|/|HTTP/1.1", false},
		{"a TAB", "GET\t/ HTTP/1.1\r\n", http1.Rules{}, 3, 0, "GET", false},
		{"one word", "GET\r\n", http1.Compat, 3, 0, "GET", false},
		{"an empty line, then four words", "\r\nGET /a b HTTP/1.1\r\n", http1.Compat, 9, 2, "GET|/a", false},
		{"LF alone", "GET / HTTP/1.1\nHost: a\n", http1.Rules{}, 14, 0, "GET|/|HTTP/1.1", false},
		{"another version", "GET / HTTP/3.0\r\n", http1.Rules{}, 11, 0, "GET|/", false},
		{"a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n", http1.Rules{}, 20, 16, "", true},
		{"LF alone behind a field", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n", http1.Rules{}, 23, 16, "Host|a", true},
		{"a control in a value", "GET / HTTP/1.1\r\nX: a\x01b\r\n", http1.Rules{}, 20, 16, "X|a", true},
		{"no Host", "GET / HTTP/1.1\r\nX: y\r\n\r\n", http1.Rules{}, 24, 24, "", true},
		{"two lengths", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", http1.Rules{}, 44, 65, "", false},
		{"a chunk", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1x\r\n", http1.Rules{}, 57, 56, "", false},
	} {
		c := http1.NewConn(http1.Server, tc.rules)
		c.Receive([]byte(tc.bytes))
		var err error
		for err == nil {
			var ev http1.Event
			if ev, err = c.Next(); ev == (http1.NeedData{}) {
				t.Fatalf("%s: no fault", tc.name)
			}
		}
		parts, field := c.FaultLine()
		words := make([]string, len(parts))
		for i, p := range parts {
			words[i] = tc.bytes[p.Off : p.Off+p.Len]
		}
		if got := strings.Join(words, "|"); got != tc.want || field != tc.field {
			t.Errorf("%s: got %q, %v, want %q, %v", tc.name, got, field, tc.want, tc.field)
		}
		if fault := err.(*http1.Error); fault.Offset != tc.at || c.Understood() != tc.begins {
			t.Errorf("%s: got a fault at %d in what begins at %d, want %d and %d", tc.name, fault.Offset, c.Understood(), tc.at, tc.begins)
		}
	}
}
