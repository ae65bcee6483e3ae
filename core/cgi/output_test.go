package cgi_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"vitrine/core/cgi"
)

// departs: G-12
func TestParseHead(t *testing.T) {
	for _, tc := range []struct{ name, block, want string }{
		{"plain", "Content-type: text/plain\nX-a:  b \n\n", "200 Script output follows -1 [{Content-type text/plain} {X-a b}]"},
		{"CR LF", "Content-type: text/plain\r\n\r\n", "200 Script output follows -1 [{Content-type text/plain}]"},
		{"mixed", "A: 1\r\nB: 2\n\r\n", "200 Script output follows -1 [{A 1} {B 2}]"},
		{"nothing", "\n", "200 Script output follows -1 []"},
		{"status", "Status: 404 Not here\nA: 1\n\n", "404 Not here -1 [{A 1}]"},
		{"status alone", "status:204\n\n", "204  -1 []"},
		{"status in Latin-1", "Status: 200 Nat\xfcrlich\n\n", "200 Natürlich -1 []"},
		{"location", "Location: http://a/b\n\n", "302  -1 [{Location http://a/b}]"},
		{"local location", "Location: /b?c\n\n", "302  -1 [{Location /b?c}]"},
		{"location and status", "Location: /b\nStatus: 201 Made\n\n", "201 Made -1 [{Location /b}]"},
		{"length", "Content-Length: 12\n\n", "200 Script output follows 12 [{Content-Length 12}]"},
		{"of the connection", "Connection: keep-alive\nKeep-Alive: 5\nUpgrade: x\nTrailer: x\nServer: s\nDate: d\nA: 1\n\n", "200 Script output follows -1 [{A 1}]"},
		{"twice", "Set-Cookie: a\nSet-Cookie: b\n\n", "200 Script output follows -1 [{Set-Cookie a} {Set-Cookie b}]"},
		{"empty value", "A:\n\n", "200 Script output follows -1 [{A }]"},
		{"bytes", "A: \xff\xc3\xa9\n\n", "200 Script output follows -1 [{A \xff\xc3\xa9}]"},

		{"a status-line", "HTTP/1.0 200 OK\nA: 1\n\n", "!a line without colon: 'HTTP/1.0 200 OK'"},
		{"no field lines", "<html>\n\n", "!a line without colon: '<html>'"},
		{"no name", ": x\n\n", "!no field name: ''"},
		{"SP before the colon", "A : x\n\n", "!no field name: 'A '"},
		{"folded", "A: x\n y: z\n\n", "!no field name"},
		{"folded credentials", "Set-Cookie: a=b;\n secret\n\n", "!a line without colon"},
		{"credentials without colon", "Set-Cookie secret\n\n", "!a line without colon"},
		{"credentials before a colon", "set-cookie secret; Expires=Wed, 21 Oct 2026 07:28:00 GMT\n\n", "!no field name"},
		{"bare CR", "A: x\rB: y\n\n", "!a control character in the value of A"},
		{"NUL", "A: x\x00\n\n", "!a control character in the value of A"},
		{"two states", "Status: 200\nStatus: 404\n\n", "!two Status lines"},
		{"interim", "Status: 100 Continue\n\n", "!no status of a final response: '100 Continue'"},
		{"status of words", "Status: OK\n\n", "!no status of a final response: 'OK'"},
		{"status of four digits", "Status: 2000\n\n", "!no status of a final response: '2000'"},
		{"status with a sign", "Status: +20 x\n\n", "!no status of a final response: '+20 x'"},
		{"status too high", "Status: 600 x\n\n", "!no status of a final response: '600 x'"},
		{"two lengths", "Content-Length: 1\nContent-Length: 1\n\n", "!two Content-Length lines"},
		{"length with a sign", "Content-Length: +1\n\n", "!no Content-Length: '+1'"},
		{"no length", "Content-Length:\n\n", "!no Content-Length: ''"},
		{"length without end", "Content-Length: 99999999999999999999\n\n", "!no Content-Length: '99999999999999999999'"},
		{"two locations", "Location: /a\nLocation: /b\n\n", "!two Location lines"},
		{"chunked by itself", "Transfer-Encoding: chunked\n\n", "!the script frames its content itself"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h, err := cgi.ParseHead([]byte(tc.block))
			var got string
			var fault cgi.OutputError
			switch {
			case errors.As(err, &fault):
				got = "!" + string(fault)
			case err != nil:
				t.Fatalf("got %v, want an OutputError", err)
			default:
				got = sprint(h)
			}
			if got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// Whatever a script writes, what is read of it goes into one head and cannot
// end it early.
func FuzzParseHead(f *testing.F) {
	f.Add([]byte("Content-type: text/plain\nStatus: 404 Not here\n\n")) // all in order
	f.Add([]byte("Location: /x\r\n\r\n"))                               // CR LF
	f.Add([]byte("A: b\r\r\n\n"))                                       // a CR too many
	f.Add([]byte("Status: 999999999999\n\n"))                           // digits
	f.Fuzz(func(t *testing.T, block []byte) {
		h, err := cgi.ParseHead(block)
		if err != nil {
			return
		}
		if h.Status < 200 || h.Status > 599 {
			t.Errorf("status %d", h.Status)
		}
		for _, field := range h.Fields {
			if field.Name == "" || strings.ContainsAny(field.Name, " \t\r\n:\x00") || strings.ContainsAny(field.Value, "\r\n\x00") {
				t.Errorf("field %q", field)
			}
		}
		if again, err := cgi.ParseHead(bytes.ReplaceAll(block, []byte("\r\n"), []byte("\n"))); err != nil || sprint(again) != sprint(h) {
			t.Errorf("with LF alone: got %s (%v), want %s", sprint(again), err, sprint(h))
		}
	})
}

func sprint(h *cgi.Head) string {
	if h == nil {
		return "<nil>"
	}
	return fmt.Sprint(h.Status, " ", h.Reason, " ", h.Length, " ", h.Fields)
}
