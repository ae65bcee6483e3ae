package view

import (
	"strings"
	"testing"

	"vitrine/core/trace"
	"vitrine/wasm/page/fragment"
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
	for _, tc := range []struct {
		name string
		most int
		draw func(*fragment.List)
	}{
		{"row", 64 << 10, func(l *fragment.List) { Row(l, r, &Place{Site: long[:100], Index: 1}) }},
		{"title", 64 << 10, func(l *fragment.List) { Title(l, r) }},
		{"exchange", 1 << 20, func(l *fragment.List) { Exchange(l, r, &About{Site: "site"}) }},
	} {
		if s := described(tc.draw); len(s) > tc.most {
			t.Errorf("%s: a description of %d bytes", tc.name, len(s))
		}
		if s := outline(t, tc.draw); len(s) > 4*tc.most {
			t.Errorf("%s: an outline of %d bytes", tc.name, len(s))
		}
	}
}
