package view

import (
	"strings"
	"testing"

	"vitrine/core/trace"
)

// A script of a previewed site can send records that it made up. Whatever is
// in one, the page stays small.
func TestBounds(t *testing.T) {
	long := strings.Repeat("<\n", 1<<20)
	r := &trace.Record{Method: long, Target: "/" + long, Proto: long, Reason: long, Type: "a/" + long, Size: -1, Source: 200}
	r.Add(trace.In, trace.Rebuilt, 0, "GET / HTTP/1.1\r\n"+long)
	r.Add(trace.Out, 99, -1, long)
	for range 10_000 {
		r.Add(trace.Note, trace.Wire, 1, "why")
		r.Add(trace.Note, trace.Rebuilt, 0, "browser: this and that")
	}
	if n := len(Row(nil, r, long[:100], 1, false)); n > 64<<10 {
		t.Errorf("a row of %d bytes", n)
	}
	if n := len(Exchange(nil, r, "site")); n > 1<<20 {
		t.Errorf("an exchange of %d bytes", n)
	}
}
