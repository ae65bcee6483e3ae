package filter

import (
	"errors"
	"strings"
	"testing"
	"time"

	"vitrine/core/trace"
)

func record() *trace.Record {
	r := &trace.Record{Status: 404, Size: 2100, Elapsed: 12 * time.Millisecond, Source: trace.Rebuilt}
	field := func(name, value string) trace.Field {
		return trace.Field{Name: trace.Part{Text: name}, Value: trace.Part{Text: value}}
	}
	r.Request.Method.Text, r.Request.Target.Text = "GET", "/Docs/a.css?x=1:2"
	r.Request.Fields = trace.Fields{field("Accept-Encoding", "gzip, br")}
	r.Response.Fields = trace.Fields{field("Content-Type", "text/css; charset=utf-8")}
	r.AddBytes(trace.In, trace.Rebuilt, 0, trace.Header, "GET /Docs/a.css HTTP/1.1\r\nAccept-Encoding: gzip, br\r\n\r\nETag: in content")
	r.Add(trace.Note, trace.Wire, 0, trace.FileNotOpened, "a.css", "there is no such file")
	return r
}

// noted is a record with two notes that count, and one that is said once.
func noted(r *trace.Record) []Note {
	if r.Status != 404 {
		return nil
	}
	return []Note{{ID: "D4", Level: "bad"}, {ID: "H12", Level: "good"}, {ID: "M1", Level: "info", Standing: true}}
}

func TestMatch(t *testing.T) {
	for _, tc := range []struct {
		filter string
		want   bool
		words  string
	}{
		{"", true, ""},
		{"   ", true, ""},
		{"docs", true, "target has “docs”"},
		{"docs png", false, "target has “docs” and target has “png”"},
		{"png or css", true, "target has “png”, or target has “css”"},
		{"-css", false, "not target has “css”"},
		{"-png", true, "not target has “png”"},
		{"/Docs/a.css?x=1:2", true, "target has “/Docs/a.css?x=1:2”"},
		{`"a.css?x=1:2"`, true, "target has “a.css?x=1:2”"},
		{`"or"`, false, "target has “or”"},
		{"status:404", true, "status 404"},
		{"status:4xx", true, "status 4xx"},
		{"status:40X", true, "status 40x"},
		{"status:5xx", false, "status 5xx"},
		{"status:400-403", false, "status 400-403"},
		{"status:400-404", true, "status 400-404"},
		{"status>399", true, "status over 399"},
		{"method:get", true, "method GET"},
		{"method:ge", false, "method GE"},
		{"type:css", true, "type css"},
		{"type:text/", true, "type text/"},
		{"-type:image", true, "not type image"},
		{"site:cab", true, "site has “cab”"},
		{"site:other", false, "site has “other”"},
		{"size>2k", true, "size over 2 kB"},
		{"size>2.1k", false, "size over 2.1 kB"},
		{"size<10", false, "size under 10 B"},
		{"time>10", true, "time over 10 ms"},
		{"from:rebuilt", true, "request is rebuilt"},
		{"from:typed", false, "request is typed"},
		{"has:accept-encoding", true, "has a field accept-encoding"},
		{"has:etag", false, "has a field etag"}, // it stands in the content only
		{"req.accept-encoding:BR", true, "the request’s accept-encoding has “BR”"},
		{"res.content-type:css", true, "the response’s content-type has “css”"},
		{`note:"no such"`, true, "a note has “no such”"},
		{"note:cannot", true, "a note has “cannot”"},
		{"note:any", true, "has a note"},
		{"-note:any", false, "not has a note"},
		{"note:bad", true, "has a note of level bad"},
		{"note:Warn", false, "has a note of level warn"},
		{"note:info", false, "has a note of level info"},
		{"note:good", true, "has a note of level good"},
		{"note:d4", true, "has the note D4"},
		{"note:h12", true, "has the note H12"},
		{"note:m1", true, "has the note M1"},
		{"note:d5", false, "has the note D5"},
		{"from:preview", true, "request is rebuilt"},
		{"from:wire", false, "request is wire"},
		{"from:simulated", false, "request is simulated"},
		{"note:file.not-opened", true, "a note has “file.not-opened”"},
		{"status:200 or status:404 docs", true, "status 200, or status 404 and target has “docs”"},
	} {
		f, err := Parse(tc.filter, noted)
		if err != nil {
			t.Errorf("%q: %v", tc.filter, err)
			continue
		}
		if got := f.Match(record(), "Cabinet"); got != tc.want {
			t.Errorf("%q: got %v, want %v", tc.filter, got, tc.want)
		}
		if f.Words() != tc.words {
			t.Errorf("%q: words %q, want %q", tc.filter, f.Words(), tc.words)
		}
		if f.Empty() != (tc.words == "") {
			t.Errorf("%q: Empty is %v", tc.filter, f.Empty())
		}
	}
}

func TestErrors(t *testing.T) {
	for _, tc := range []struct {
		filter string
		offset int
		why    string
	}{
		{"css status:40", 4, "a status is written"},
		{"status:xxx", 0, "a status is written"},
		{"status:403-400", 0, "a status is written"},
		{"status:", 0, "a value is missing"},
		{"size>big", 0, "a number is written"},
		{"type>3", 0, "only size, time and status"},
		{"colour:red", 0, "keys are"},
		{"req.:x", 0, "keys are"},
		{"from:mars", 0, "a request is from"},
		{"or css", 0, "nothing stands before"},
		{"css or", 6, "nothing stands behind"},
	} {
		_, err := Parse(tc.filter, noted)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: got %v, want an *Error", tc.filter, err)
			continue
		}
		if e.Offset != tc.offset || !strings.HasPrefix(e.Why, tc.why) {
			t.Errorf("%q: got %d %q, want %d %q", tc.filter, e.Offset, e.Why, tc.offset, tc.why)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`status:4xx -"a b" or size>10k`) // every kind of term
	f.Add(`"`)                             // a quote without its twin
	f.Add(`-`)                             // a sign without a word
	f.Add(`or or`)                         // parts without terms
	f.Fuzz(func(t *testing.T, s string) {
		flt, err := Parse(s, noted)
		if err == nil {
			flt.Match(record(), "site")
		}
	})
}

func BenchmarkMatch2000(b *testing.B) {
	f, err := Parse("status:4xx has:etag or docs", noted)
	if err != nil {
		b.Fatal(err)
	}
	r := record()
	for b.Loop() {
		for range 2000 {
			f.Match(r, "site")
		}
	}
}
