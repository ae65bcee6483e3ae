package view

import (
	"html"
	"strings"
	"testing"
	"time"

	"vitrine/core/trace"
)

func TestFormat(t *testing.T) {
	for _, tc := range []struct{ got, want string }{
		{Size(0), "0 B"},
		{Size(999), "999 B"},
		{Size(1000), "1 kB"},
		{Size(2149), "2.1 kB"},
		{Size(9960), "10 kB"},
		{Size(999_600), "1 MB"},
		{Size(300 << 20), "315 MB"},
		{Size(1 << 62), "4611686 TB"},
		{Duration(0), "0 ms"},
		{Duration(-time.Second), "0 ms"},
		{Duration(400 * time.Microsecond), "0.4 ms"},
		{Duration(12 * time.Millisecond), "12 ms"},
		{Duration(999*time.Millisecond + 600*time.Microsecond), "1 s"},
		{Duration(61 * time.Second), "61 s"},
		{Count(0), "0"},
		{Count(999), "999"},
		{Count(1000), "1,000"},
		{Count(-1234567), "-1,234,567"},
		{Plural(1, "file", "files"), "1 file"},
		{Plural(3000, "file", "files"), "3,000 files"},
		{TypeLabel("text/css; charset=utf-8"), "css"},
		{TypeLabel("Text/JavaScript"), "js"},
		{TypeLabel("image/svg+xml"), "svg"},
		{TypeLabel("audio/x-wav"), "wav"},
		{TypeLabel("application/octet-stream"), "binary"},
		{TypeLabel(""), ""},
		{TypeLabel("odd"), "odd"},
	} {
		if tc.got != tc.want {
			t.Errorf("got %q, want %q", tc.got, tc.want)
		}
	}
}

func TestSplitTail(t *testing.T) {
	long := "/d/" + strings.Repeat("é", 40)
	for _, tc := range []struct{ target, head, tail string }{
		{"/docs/a.css", "/docs/", "a.css"},
		{"/docs/", "/", "docs/"},
		{"/", "", "/"},
		{"", "", ""},
		{"*", "", "*"},
	} {
		if head, tail := SplitTail(tc.target); head != tc.head || tail != tc.tail {
			t.Errorf("%q: got %q %q, want %q %q", tc.target, head, tail, tc.head, tc.tail)
		}
	}
	head, tail := SplitTail(long)
	if head+tail != long || len(tail) > 36 || !strings.HasPrefix(tail, "é") {
		t.Errorf("long: got %q %q", head, tail)
	}
}

func TestRefURL(t *testing.T) {
	for _, tc := range []struct{ ref, want string }{
		{"RFC 9110 §13.1.3", "https://www.rfc-editor.org/rfc/rfc9110#section-13.1.3"},
		{"RFC 9112 §C.2.1", "https://www.rfc-editor.org/rfc/rfc9112#appendix-C.2.1"},
		{"RFC 6585 §4", "https://www.rfc-editor.org/rfc/rfc6585#section-4"},
		{"RFC 9112", "https://www.rfc-editor.org/rfc/rfc9112"},
		{"RFC x", ""},
		{"http.server", ""},
		{"", ""},
	} {
		if got := RefURL(tc.ref); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.ref, got, tc.want)
		}
	}
}

func rebuilt() *trace.Record {
	r := &trace.Record{
		ID: 12, Source: trace.Rebuilt, Method: "GET", Target: "/a&b/<x>.css", Status: 200, Reason: "OK",
		Type: "text/css", Size: 5000, Omitted: 5000, Elapsed: 3 * time.Millisecond,
	}
	r.Add(trace.In, trace.Rebuilt, 0, "GET /a&b/<x>.css HTTP/1.1\r\nHost: s\r\naccept: */*\r\n\r\n")
	r.Add(trace.Note, trace.Unknown, 0, "browser: the page’s cookies")
	r.Add(trace.Note, trace.Wire, 0, "path: /a&b/<x>.css is a file (http.server)")
	r.Add(trace.Note, trace.Wire, 0, "decide: no precondition (RFC 9110 §13.2.2)")
	r.Add(trace.Out, trace.Rebuilt, 0, "HTTP/1.0 200 OK\r\nContent-Type: text/css\r\n\r\n")
	r.Add(trace.Event, trace.Wire, 0, "content of 5000 bytes handed over by reference, not kept here")
	return r
}

// Each line that was rebuilt says so by class and by word, in both directions.
func TestExchangeMarksRebuiltLines(t *testing.T) {
	out := string(Exchange(nil, rebuilt(), "site"))
	const mark = `<span class="tag">rebuilt</span></li>`
	if got, want := strings.Count(out, `<li class="ln rebuilt">`), 7; got != want {
		t.Errorf("rebuilt lines: got %d, want %d", got, want)
	}
	if got, want := strings.Count(out, mark), 7; got != want {
		t.Errorf("words: got %d, want %d", got, want)
	}
	if !strings.Contains(string(Row(nil, rebuilt(), "", 2, false)), `>rebuilt</span>`) {
		t.Error("the row does not say rebuilt")
	}
	wire := rebuilt()
	wire.Source = trace.Wire
	for i := range wire.Spans {
		wire.Spans[i].Provenance = trace.Wire
	}
	if s := string(Exchange(nil, wire, "site")) + string(Row(nil, wire, "", 2, false)); strings.Contains(s, "rebuilt") {
		t.Error("an exchange of a socket says rebuilt")
	}
}

func TestExchange(t *testing.T) {
	out := string(Exchange(nil, rebuilt(), "my <site>"))
	for _, want := range []string{
		`<b>GET</b> <span class="k-target">/a&amp;b/&lt;x&gt;.css</span> HTTP/1.1<i class="gl" aria-hidden="true">CR</i><i class="gl" aria-hidden="true">LF</i><span class="vh"> ends with carriage return, line feed</span>`,
		`<u>Host</u>: s<i`,
		`HTTP/1.0 <s class="c2">200 OK</s>`,
		`5,000 bytes of content, handed over by reference`,
		`my &lt;site&gt;`,
		`<li>browser: the page’s cookies</li>`,
		`<a target="_blank" rel="noopener noreferrer" href="https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2">RFC 9110 §13.2.2</a>`,
		`<span class="topic">path</span><span class="words">/a&amp;b/&lt;x&gt;.css is a file (http.server)</span>`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("missing %s\nin %s", want, out)
		}
	}
}

func TestMessage(t *testing.T) {
	for _, tc := range []struct {
		name  string
		kind  trace.Kind
		spans []string
		want  string // parts: s start, f field, e end, c content, ? unseen
	}{
		{"request", trace.In, []string{"GET / HTTP/1.0\r\nA: b\r\n\r\n"}, "sfe"},
		{"content in pieces", trace.In, []string{"PUT / HTTP/1.0\r\n\r\n", "ab\n", "cd\n\nef"}, "sec"},
		{"head in pieces", trace.In, []string{"GET / HTTP/1.0\r\n", "A: b\r\n", "\r\n"}, "sfe"},
		{"no end of head", trace.In, []string{"GET / HTTP/1.0\r\nA"}, "sf"},
		{"interim answer", trace.Out, []string{"HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nbody"}, "sesec"},
		{"version 0.9", trace.Out, []string{"<html>\nHTTP/ \n\n"}, "c"},
		{"bare LF", trace.In, []string{"GET / HTTP/1.0\nA: b\n\nx"}, "sfec"},
		{"nothing", trace.In, nil, ""},
	} {
		r := &trace.Record{}
		for _, s := range tc.spans {
			r.Add(tc.kind, trace.Wire, 0, s)
		}
		got, bytes := "", ""
		for _, l := range message(r, tc.kind) {
			got += string("sfec?"[l.part])
			bytes += l.text
		}
		if got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
		if want := strings.Join(tc.spans, ""); bytes != want {
			t.Errorf("%s: bytes got %q, want %q", tc.name, bytes, want)
		}
	}
}

func TestField(t *testing.T) {
	r := rebuilt()
	r.Add(trace.Out, trace.Rebuilt, 0, "X-In-Content: no\r\n")
	for _, tc := range []struct {
		kind trace.Kind
		name string
		want string
		ok   bool
	}{
		{trace.In, "ACCEPT", "*/*", true},
		{trace.Out, "content-type", "text/css", true},
		{trace.Out, "accept", "", false},
		{trace.Out, "x-in-content", "", false},
	} {
		if got, ok := Field(r, tc.kind, tc.name); got != tc.want || ok != tc.ok {
			t.Errorf("%c %s: got %q %v, want %q %v", tc.kind, tc.name, got, ok, tc.want, tc.ok)
		}
	}
}

func TestContent(t *testing.T) {
	r := &trace.Record{Size: 4}
	r.Add(trace.Out, trace.Wire, 0, "HTTP/1.0 200 OK\r\n\r\n")
	r.Add(trace.Out, trace.Wire, 0, "\x89PN\x00")
	if out := string(Exchange(nil, r, "")); !strings.Contains(out, "<span>0000</span>  89 50 4e 00 ") || !strings.Contains(out, ".PN.") {
		t.Errorf("binary content is not shown as numbers: %s", out)
	}
	r = &trace.Record{Size: 4000}
	r.Add(trace.Out, trace.Wire, 0, "HTTP/1.0 200 OK\r\n\r\n")
	r.Add(trace.Out, trace.Wire, 0, strings.Repeat("é\n", 1000))
	out := string(Exchange(nil, r, ""))
	if n := strings.Count(out, "<li class=\"ln"); n > maxContentLines+10 {
		t.Errorf("%d lines for content", n)
	}
	for _, want := range []string{">é<", "701 more lines", "1,000 bytes more of content"} {
		if !strings.Contains(out, want) {
			t.Errorf("missing %q", want)
		}
	}
}

// Whatever the bytes are, the page's own elements are the only markup.
func FuzzExchange(f *testing.F) {
	f.Add("GET /<script> HTTP/1.1\r\n<b>: </b>\r\n\r\n<img src=x>", "path: <i> (RFC <b> §1)") // markup everywhere
	f.Add("\xff\x00 \r\r\n\n", "x (RFC 9110 §\"><b>)")                                        // no text, a forged reference
	f.Fuzz(func(t *testing.T, bytes, note string) {
		r := &trace.Record{Method: bytes, Target: bytes, Type: bytes, Reason: note}
		r.Add(trace.In, trace.Rebuilt, 0, bytes)
		r.Add(trace.Out, trace.Rebuilt, 0, bytes)
		r.Add(trace.Note, trace.Wire, 0, note)
		out := string(Row(Exchange(nil, r, note), r, note, 1, true))
		for rest := out; ; {
			i := strings.IndexByte(rest, '<')
			if i < 0 {
				break
			}
			rest = rest[i+1:]
			name := strings.TrimPrefix(rest, "/")
			ok := false
			for _, own := range []string{"section", "p>", "p ", "button", "h3", "small", "p>", "dl", "div", "dt", "dd", "ol", "li", "code", "span", "b>", "s>", "s ", "u>", "i>", "i ", "a>", "a ", "pre", "details", "summary", "ul", "svg", "use", "tr", "td"} {
				ok = ok || strings.HasPrefix(name, own)
			}
			if !ok {
				t.Fatalf("an element of the input: <%.20s in %q", rest, out)
			}
		}
		if strings.Contains(html.UnescapeString(bytes), "<script") && strings.Contains(out, "<script") {
			t.Fatal("a script got through")
		}
	})
}
