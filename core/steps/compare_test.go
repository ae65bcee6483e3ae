package steps

import (
	"strings"
	"testing"
)

func TestDiverge(t *testing.T) {
	for _, tc := range []struct {
		name, input string
		at          int
		parts       bool
	}{
		{"two SPs", "GET  /a HTTP/1.1\r\nHost: a\r\n\r\n", 4, true},
		{"LF alone", "GET / HTTP/1.1\nHost: a\n\n", 14, true},
		{"LF alone behind a field", "GET / HTTP/1.1\r\nHost: a\n\r\n", 23, true},
		{"no Host", "GET / HTTP/1.1\r\n\r\n", 18, true},
		{"no version", "GET /\r\n", 5, true},
		{"a control in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\x01\r\n\r\n", 29, true},
		{"a second request, which http.server does not read", "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n", 27, true},
		{"two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 0, false},
		{"half a request", "GET /", 0, false},
	} {
		a, b := Read(Compat, cut(tc.input), false), Read(Strict, cut(tc.input), false)
		if at, parts := Diverge(a, b); at != tc.at || parts != tc.parts {
			t.Errorf("%s: got %d, %v, want %d, %v\n%s%s", tc.name, at, parts, tc.at, tc.parts, render(a, tc.input), render(b, tc.input))
		}
		if refused := strings.Contains(render(b, tc.input), " fault "); b.Refused() != refused {
			t.Errorf("%s: refused is %v, want %v", tc.name, b.Refused(), refused)
		}
	}
}

// Side by side each step has one row, in order, and equal ones share it as long
// as the traces agree.
func TestRows(t *testing.T) {
	input := "GET  /a HTTP/1.1\r\nHost: a\r\n\r\n"
	a, b := Read(Compat, cut(input, 9), false), Read(Strict, cut(input, 9), false)
	rows := Rows(a, b)
	i, j, both := 0, 0, 0
	for _, r := range rows {
		if r.A >= 0 && r.A != i || r.B >= 0 && r.B != j || r.A < 0 && r.B < 0 {
			t.Fatalf("got row %+v, want %d or %d", r, i, j)
		}
		if r.A >= 0 {
			i++
		}
		if r.B >= 0 {
			j++
		}
		if r.Same(a, b) {
			both++
		}
	}
	if i != len(a.Steps) || j != len(b.Steps) || both < 2 {
		t.Errorf("got %d of %d and %d of %d steps, %d shared", i, len(a.Steps), j, len(b.Steps), both)
	}
}
