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
	r := &trace.Record{Size: -1, Source: 200}
	r.Request.Method.Text, r.Request.Target.Text, r.Request.Proto.Text, r.Response.Reason.Text = long, "/"+long, long, long
	r.Response.Fields = trace.Fields{{Name: trace.Part{Text: "Content-Type"}, Value: trace.Part{Text: "a/" + long}}}
	for range 10_000 {
		r.Request.Fields = append(r.Request.Fields, trace.Field{Name: trace.Part{Text: long, Off: 0, Len: 1 << 30}})
	}
	r.Browser = trace.Browser{Mode: long, Client: long}
	r.AddBytes(trace.In, trace.Rebuilt, 0, trace.Header, "GET / HTTP/1.1\r\n"+long)
	r.AddBytes(trace.Out, 99, -1, trace.Content, long)
	for range 10_000 {
		r.Add(trace.Note, trace.Wire, 1, "why", long[:1000])
		r.Add(trace.Note, trace.Rebuilt, 0, trace.FetchUnseen)
	}
	if n := len(Row(nil, r, long[:100], 1, false)); n > 64<<10 {
		t.Errorf("a row of %d bytes", n)
	}
	if n := len(Exchange(nil, r, "site")); n > 1<<20 {
		t.Errorf("an exchange of %d bytes", n)
	}
}
