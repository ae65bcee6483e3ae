package view

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/core/trace"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/fragment/fragmenttest"
)

// described is what draw describes.
func described(draw func(*fragment.List)) string {
	var l fragment.List
	draw(&l)
	return l.String()
}

// outline is what draw describes as one reads it, after a check that the page
// has all of it.
func outline(t *testing.T, draw func(*fragment.List)) string {
	t.Helper()
	templates, err := fragmenttest.Templates("../../../web/index.html")
	if err != nil {
		t.Fatal(err)
	}
	text, err := fragmenttest.Outline(described(draw), templates)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func exchange(t *testing.T, r *trace.Record, site string) string {
	t.Helper()
	return outline(t, func(l *fragment.List) { Exchange(l, r, site) })
}

func row(t *testing.T, r *trace.Record) string {
	t.Helper()
	return outline(t, func(l *fragment.List) { Row(l, r, "", 2, false) })
}

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
		{Clock(time.Date(2026, 1, 2, 3, 4, 5, 67_890_000, time.Local)), "03:04:05.067"},
		{Clock(time.Date(2026, 1, 2, 23, 59, 59, 999_999_999, time.Local)), "23:59:59.999"},
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
	out := exchange(t, rebuilt(), "site")
	if got, want := strings.Count(out, `tagged-line( tag:"rebuilt"[class=ln rebuilt] code:`), 7; got != want {
		t.Errorf("lines marked by class and word: got %d, want %d", got, want)
	}
	if got, want := strings.Count(out, "ln rebuilt"), 7; got != want {
		t.Errorf("lines marked by class: got %d, want %d", got, want)
	}
	if !strings.Contains(row(t, rebuilt()), `provenance:rebuilt-mark("rebuilt")`) {
		t.Error("the row does not say rebuilt")
	}
	wire := rebuilt()
	wire.Source = trace.Wire
	for i := range wire.Steps {
		wire.Steps[i].From = trace.Wire
	}
	wire.Steps = slices.DeleteFunc(wire.Steps, func(s trace.Step) bool { return s.Code == trace.FetchUnseen })
	if s := exchange(t, wire, "site") + row(t, wire); strings.Contains(s, "rebuilt") {
		t.Errorf("an exchange of a socket says rebuilt: %s", s)
	}
}

func TestExchange(t *testing.T) {
	out := exchange(t, rebuilt(), "my <site>")
	for _, want := range []string{
		` code:method("GET")" "request-target("/a&b/<x>.css")" HTTP/1.1"glyph("CR")glyph("LF")line-end("ends with carriage return, line feed"))`,
		`field-name("Host")": s"glyph(`,
		`"HTTP/1.0 "status([class=c2]"200 OK")`,
		`fact-size( value:"5,000 bytes")`,
		`remark( text:"5,000 bytes of content, handed over by reference and not kept here")`,
		`fact-site( value:"my <site>")`,
		`origin:"from the browser, rebuilt"`,
		` list:missing-item("The browser told: mode navigate, destination iframe")missing-item("Not visible to a service worker: Cookie,`,
		`reference([href=https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2]"RFC 9110 §13.1.2")`,
		` topic:"path" words:"The directory has an index page: <i>.html"" (http.server)")`,
		` topic:"decide" words:"If-None-Match: \"x\" – passed. No entity tag of the list is that of the file, so it is sent."" "`,
		` words:"5000 bytes of content handed over by reference, not kept here."`,
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
	if out := exchange(t, r, ""); !strings.Contains(out, `hex(hex-side("0000")"  89 50 4e 00              .PN.\n")`) {
		t.Errorf("binary content is not shown as numbers: %s", out)
	}
	r = &trace.Record{Size: 4000}
	r.AddBytes(trace.Out, trace.Wire, 0, trace.Header, "HTTP/1.0 200 OK\r\n\r\n")
	r.AddBytes(trace.Out, trace.Wire, 0, trace.Content, strings.Repeat("é\n", 1000))
	out := exchange(t, r, "")
	if n := strings.Count(out, "[class=ln "); n > maxContentLines+10 {
		t.Errorf("%d lines for content", n)
	}
	for _, want := range []string{`code:"é"glyph("LF")`, "701 more lines", "1,000 bytes more of content"} {
		if !strings.Contains(out, want) {
			t.Errorf("missing %q", want)
		}
	}
}

// Whatever the bytes are, what is described has the page's own templates,
// attributes and addresses only, and no invisible character comes through in a
// header section.
func FuzzExchange(f *testing.F) {
	f.Add("GET /<script> HTTP/1.1\r\n<b>: </b>\r\n\r\n<img src=x>", "RFC <b> §1") // markup everywhere
	f.Add("\xff\x00 \r\r\n\n", "RFC 9110 §\"><b>")                                // no text, a forged reference
	f.Add("\x00<exchange\x00=onclick x\x00", "\x00=href javascript:x\x00")        // operations
	templates, err := fragmenttest.Templates("../../../web/index.html")
	if err != nil {
		f.Fatal(err)
	}
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
		list := described(func(l *fragment.List) {
			Exchange(l, r, note)
			Title(l, r)
			Row(l, r, note, 1, true)
		})
		text, err := fragmenttest.Outline(list, templates)
		if err != nil {
			t.Fatal(err)
		}
		for href := range strings.SplitSeq(text, "[href=") {
			if !strings.HasPrefix(href, "#i-") && !strings.HasPrefix(href, "https://www.rfc-editor.org/") && !strings.HasPrefix(href, "exchange(") {
				t.Fatalf("an address of the input: %.40q", href)
			}
		}
	})
}
