package view

import (
	"html"
	"slices"
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

// heads fills in the parsed header sections of r from its bytes, as a session
// does.
func heads(r *trace.Record) *trace.Record {
	for i := range r.Steps {
		s := &r.Steps[i]
		if s.Code != trace.Header {
			continue
		}
		at := int32(s.Off)
		part := func(n, behind int) trace.Part {
			from := int(at) - int(s.Off)
			at += int32(n + behind)
			return trace.Part{Text: s.Bytes[from : from+n], Off: int32(s.Off) + int32(from), Len: int32(n)}
		}
		h, lines := r.Request.Head(), strings.Split(s.Bytes, "\r\n")
		if s.Kind == trace.Out {
			h = r.Response.Head()
		}
		words := strings.SplitN(lines[0], " ", 3)
		for i, w := range words {
			*h.Start[i] = part(len(w), 1)
		}
		at++
		for _, l := range lines[1:] {
			if name, value, ok := strings.Cut(l, ": "); ok {
				*h.Fields = append(*h.Fields, trace.Field{Name: part(len(name), 2), Value: part(len(value), 2)})
			}
		}
	}
	return r
}

func rebuilt() *trace.Record {
	r := &trace.Record{ID: 12, Source: trace.Rebuilt, Status: 200, Size: 5000, Omitted: 5000, Elapsed: 3 * time.Millisecond}
	r.Browser = trace.Browser{Mode: "navigate", Destination: "iframe"}
	r.AddBytes(trace.In, trace.Rebuilt, 0, trace.Header, "GET /a&b/<x>.css HTTP/1.1\r\nHost: s\r\naccept: */*\r\n\r\n")
	r.Add(trace.Note, trace.Unknown, 0, trace.FetchUnseen)
	r.Add(trace.Note, trace.Wire, 0, trace.PathIndex, "<i>.html")
	r.Add(trace.Note, trace.Wire, 0, trace.CondIfNoneMatch, `"x"`, "passed", "new")
	r.AddBytes(trace.Out, trace.Rebuilt, 0, trace.Header, "HTTP/1.0 200 OK\r\nContent-Type: text/css\r\n\r\n")
	r.Steps = append(r.Steps, trace.Step{Kind: trace.Out, From: trace.Rebuilt, Off: 43, Len: 5000, Code: trace.Referenced, Args: []string{"5000"}})
	return heads(r)
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
	for i := range wire.Steps {
		wire.Steps[i].From = trace.Wire
	}
	wire.Steps = slices.DeleteFunc(wire.Steps, func(s trace.Step) bool { return s.Code == trace.FetchUnseen })
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
		`<li>The browser told: mode navigate, destination iframe</li><li>Not visible to a service worker: Cookie,`,
		`<a target="_blank" rel="noopener noreferrer" href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2">RFC 9110 §13.1.2</a>`,
		`<span class="topic">path</span><span class="words">The directory has an index page: &lt;i&gt;.html (http.server)</span>`,
		`<span class="topic">decide</span><span class="words">If-None-Match: &#34;x&#34; – passed. No entity tag of the list is that of the file, so it is sent. `,
		`<span class="words">5000 bytes of content handed over by reference, not kept here.</span>`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("missing %s\nin %s", want, out)
		}
	}
}

func TestMessage(t *testing.T) {
	type bytes struct {
		code trace.Code
		text string
	}
	for _, tc := range []struct {
		name  string
		steps []bytes
		want  string // parts: h head, f framing, c content
	}{
		{"request", []bytes{{trace.Header, "GET / HTTP/1.0\r\nA: b\r\n\r\n"}}, "hhh"},
		{"content in pieces", []bytes{{trace.Header, "PUT / HTTP/1.0\r\n\r\n"}, {trace.Content, "ab\n"}, {trace.Content, "cd\n\nef"}}, "hhc"},
		{"no end of head", []bytes{{trace.Unreadable, "GET / HTTP/1.0\r\nA"}}, "hh"},
		{"interim response", []bytes{{trace.Interim, "HTTP/1.1 100 Continue\r\n\r\n"}, {trace.Header, "HTTP/1.1 200 OK\r\n\r\n"}, {trace.Content, "body"}}, "hhhhc"},
		{"chunks", []bytes{{trace.Header, "x\r\n"}, {trace.ChunkSize, "2\r\n"}, {trace.Content, "ab"}, {trace.ChunkEnd, "\r\n"}, {trace.ChunkSize, "0\r\n"}, {trace.Trailers, "T: u\r\n\r\n"}}, "hfcffff"},
		{"version 0.9", []bytes{{trace.Content, "<html>\nHTTP/ \n\n"}}, "c"},
		{"bare LF", []bytes{{trace.Header, "GET / HTTP/1.0\nA: b\n\n"}, {trace.Content, "x"}}, "hhhc"},
		{"nothing", nil, ""},
	} {
		r := &trace.Record{}
		want := ""
		for _, s := range tc.steps {
			r.AddBytes(trace.Out, trace.Wire, 0, s.code, s.text)
			want += s.text
		}
		got, all := "", ""
		for _, l := range message(r, trace.Out) {
			if l.off != int64(len(all)) {
				t.Errorf("%s: %q is at %d, want %d", tc.name, l.text, l.off, len(all))
			}
			got += string("hfc?"[l.part])
			all += l.text
		}
		if got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
		if all != want {
			t.Errorf("%s: bytes got %q, want %q", tc.name, all, want)
		}
	}
}

func TestContent(t *testing.T) {
	r := &trace.Record{Size: 4}
	r.AddBytes(trace.Out, trace.Wire, 0, trace.Header, "HTTP/1.0 200 OK\r\n\r\n")
	r.AddBytes(trace.Out, trace.Wire, 0, trace.Content, "\x89PN\x00")
	if out := string(Exchange(nil, r, "")); !strings.Contains(out, "<span>0000</span>  89 50 4e 00 ") || !strings.Contains(out, ".PN.") {
		t.Errorf("binary content is not shown as numbers: %s", out)
	}
	r = &trace.Record{Size: 4000}
	r.AddBytes(trace.Out, trace.Wire, 0, trace.Header, "HTTP/1.0 200 OK\r\n\r\n")
	r.AddBytes(trace.Out, trace.Wire, 0, trace.Content, strings.Repeat("é\n", 1000))
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
	f.Add("GET /<script> HTTP/1.1\r\n<b>: </b>\r\n\r\n<img src=x>", "RFC <b> §1") // markup everywhere
	f.Add("\xff\x00 \r\r\n\n", "RFC 9110 §\"><b>")                                // no text, a forged reference
	f.Fuzz(func(t *testing.T, bytes, note string) {
		part := func(s string, off int) trace.Part { return trace.Part{Text: s, Off: int32(off), Len: int32(len(s))} }
		r := &trace.Record{Status: len(bytes), Client: note, Browser: trace.Browser{Mode: bytes, Referrer: note}}
		r.AddBytes(trace.In, trace.Rebuilt, 0, trace.Header, bytes)
		r.AddBytes(trace.Out, trace.Rebuilt, 0, trace.Header, bytes)
		r.AddBytes(trace.Out, trace.Rebuilt, 0, trace.ChunkSize, bytes)
		r.AddBytes(trace.Out, trace.Rebuilt, 0, trace.Content, bytes)
		r.Add(trace.Note, trace.Wire, 0, trace.Code(note), bytes)
		r.Add(trace.Note, trace.Wire, 0, trace.CondRange, bytes, note, bytes)
		r.Steps = append(r.Steps, trace.Step{Kind: trace.Fault, Code: "fault.nul", Ref: note})
		for _, h := range []trace.Head{r.Request.Head(), r.Response.Head()} {
			*h.Start[0], *h.Start[1], *h.Start[2] = part(bytes, 0), part(note, len(bytes)/2), part("x", len(note))
			*h.Fields = trace.Fields{{Name: part(note, 3), Value: part(bytes, 0)}, {Name: part("Content-Type", 0), Value: part(note, 0)}}
		}
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
