package view

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/core/lint"
	"vitrine/core/terms"
	"vitrine/core/trace"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/fragment/fragmenttest"
	"vitrine/wasm/page/loads"
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
	return strings.ReplaceAll(text, "][", " ")
}

func exchange(t *testing.T, r *trace.Record, site string) string {
	t.Helper()
	return outline(t, func(l *fragment.List) { Exchange(l, r, &About{Site: site}) })
}

func row(t *testing.T, r *trace.Record) string {
	t.Helper()
	return outline(t, func(l *fragment.List) { Row(l, r, &Place{Index: 2}) })
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

// What was rebuilt says so: the row and the block by a word, by a pattern the
// lines that this program made.
func TestExchangeMarksRebuiltLines(t *testing.T) {
	out := exchange(t, rebuilt(), "site")
	if got := strings.Count(out, `request-title( tag:tag("rebuilt")`); got != 1 {
		t.Errorf("the block is marked %d times", got)
	}
	if got := strings.Count(out, "[class=l rebuilt]"); got != 2 {
		t.Errorf("%d lines are marked, want the start line and Host", got)
	}
	if !strings.Contains(row(t, rebuilt()), `source([class=rebuilt title=rebuilt] word:"rebuilt")`) {
		t.Errorf("the row does not say rebuilt: %s", row(t, rebuilt()))
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
		` big:[class=big s2] shape:[href=#i-s2] code:"200" reason:"OK"`,
		` say:"The client has "place([data-to=in:If-None-Match]"another copy")", so "place([data-to=path]"the file")" is sent."`,
		` code:[class=crlf]token([class=tok m tabindex=0 data-kind=method data-name=GET]"GET")" "token([class=tok t data-kind=token data-name=origin-form]"/a&b/<x>.css")" "token([class=tok v data-kind=token data-name=HTTP/1.1]"HTTP/1.1"))`,
		`token([class=tok f data-kind=field data-name=Host]"Host")": s")`,
		`lines([aria-label=Request, 4 lines, each ended by CR LF]`,
		`remark("5,000 bytes of content, whose end the browser keeps to itself. "place([data-to=content]"Look at it"))`,
		`fact-size( value:"5,000 bytes")`,
		`fact-for( value:"navigation")`,
		`fact-site( value:"my <site>")`,
		`origin:"hatched lines are ours"`,
		` list:missing-item("The browser told: mode navigate, destination iframe")missing-item("Not visible to a service worker: Cookie,`,
		`station([class=] title:"target" value:"/a&b/<x>.css")`,
		`rung([class=pass] icon:[href=#i-passed] question:"If-None-Match" state:"passed"`,
		`reference([href=https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2]"RFC 9110 §13.1.2")`,
		` topic:"path" words:"The directory has an index page: <i>.html"" (http.server)")`,
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
	content := func(r *trace.Record, canRead bool) string {
		return outline(t, func(l *fragment.List) { Content(l, r, canRead) })
	}
	with := func(mediaType, bytes string) *trace.Record {
		r := &trace.Record{Size: int64(len(bytes))}
		r.Response.Fields = trace.Fields{{Name: trace.Part{Text: "content-type"}, Value: trace.Part{Text: mediaType}}}
		r.AddBytes(trace.Out, trace.Wire, 0, trace.Content, bytes)
		return r
	}
	for _, tc := range []struct{ mediaType, bytes, want string }{
		{"image/png", "\x89PN\x00", `hex(hex-side("0000")"  89 50 4e 00              .PN.\n")`},
		{"text/plain; charset=utf-8", "é\n", `small("3 bytes"))lines([aria-label=Content as text]line([class=l] code:"é"glyph("LF")))`},
		{"text/plain; Charset=\"ISO-8859-1\"", "\xe9", `line([class=l] code:"é"))`},
		{"text/plain", "a", `quiet("No charset is named, so this is read as UTF-8: a browser may guess another.")lines(`},
		{"text/plain; charset=koi8-r", "a", `paragraph("The charset koi8-r is not known here; read as UTF-8.")lines(`},
		{"application/json", `{"a<b": [1.5, true], "a": "xy"}`, `json(json-branch( value:"{ }" list:json-branch( name:"\"a<b\": " value:"[ ]" list:json-leaf([class=number] name:"0: " value:"1.5")json-leaf([class=number] name:"1: " value:"true"))json-leaf([class=string] name:"\"a\": " value:"\"xy\"")))`},
		{"application/problem+json", "[1,]", `lines([aria-label=Content as text]line([class=l] code:"[1,]"))`},
	} {
		if got := content(with(tc.mediaType, tc.bytes), false); !strings.Contains(got, tc.want) {
			t.Errorf("%s: missing %s\nin %s", tc.mediaType, tc.want, got)
		}
	}
	r := with("text/css", strings.Repeat("é\n", 1000))
	r.Size = 4000
	out := content(r, false)
	if n := strings.Count(out, "line([class=l]"); n > maxContentLines+10 {
		t.Errorf("%d lines for content", n)
	}
	for _, want := range []string{`"701 more lines"`, `small("the first 3,000 bytes of 4 kB")`} {
		if !strings.Contains(out, want) {
			t.Errorf("missing %s in %.300s", want, out)
		}
	}
	away := &trace.Record{Size: 5000}
	if got, want := content(away, true), `content-away( words:"5,000 bytes of content, handed over by reference and not kept here.")`; got != want {
		t.Errorf("got %s", got)
	}
	if got := content(&trace.Record{}, true); got != `paragraph("Neither message has content.")` {
		t.Errorf("got %s", got)
	}
}

// A message is shown as numbers with the offsets of its bytes.
func TestDump(t *testing.T) {
	r := &trace.Record{}
	r.AddBytes(trace.In, trace.Wire, 0, trace.Header, "GET / HTTP/1.0\r\n\r\n")
	r.AddBytes(trace.In, trace.Wire, 0, trace.Content, "\x00<b>")
	r.AddBytes(trace.Out, trace.Wire, 0, trace.Header, "x")
	got := outline(t, func(l *fragment.List) { Dump(l, r, trace.In) })
	want := `dump(hex-side("0000")"  47 45 54 20 2f 20 48 54  GET / HT\n"hex-side("0008")"  54 50 2f 31 2e 30 0d 0a  TP/1.0..\n"hex-side("0010")"  0d 0a                    ..\n"hex-side("0012")"  00 3c 62 3e              .<b>\n")`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	long := &trace.Record{}
	long.AddBytes(trace.In, trace.Wire, 0, trace.Content, strings.Repeat("x", 10*maxDump))
	if n := strings.Count(outline(t, func(l *fragment.List) { Dump(l, long, trace.In) }), "hex-side"); n > maxDump/8+1 {
		t.Errorf("%d rows", n)
	}
}

// JSON is read strictly: what is not whole is text.
func TestJSON(t *testing.T) {
	for _, tc := range []struct {
		text string
		want bool
	}{
		{"{}", true}, {"[]", true}, {` { "a" : null } `, true}, {"-1.5e+3", true}, {`"\u0041"`, true}, {strings.Repeat("[", 20) + strings.Repeat("]", 20), true},
		{"", false}, {"{", false}, {`{"a"}`, false}, {`{"a":1,}`, false}, {"[1 2]", false}, {"[1,]", false}, {"Infinity", false}, {"0x10", false}, {"01", false}, {"1.", false}, {"tru", false}, {`"a`, false}, {"{} {}", false},
		{strings.Repeat("[", 1000) + strings.Repeat("]", 1000), false},
	} {
		var l fragment.List
		if got := appendJSON(&l, tc.text); got != tc.want || got == l.Empty() {
			t.Errorf("%q: got %v", tc.text, got)
		}
	}
	// More values than are shown.
	if out := outline(t, func(l *fragment.List) { appendJSON(l, "["+strings.Repeat("1,", 2000)+"1]") }); strings.Count(out, "json-leaf") > maxValues || !strings.Contains(out, "More values") {
		t.Errorf("%d leaves", strings.Count(out, "json-leaf"))
	}
}

// Notes and the bytes that they are about have the same numbers, and usual
// fields are folded unless something is said about them.
func TestNotes(t *testing.T) {
	r := &trace.Record{Source: trace.Wire}
	head := "GET / HTTP/1.1\r\nHost: s\r\nsec-ch-ua: x\r\nUser-Agent: y\r\nAccept: */*\r\n\r\n"
	r.AddBytes(trace.In, trace.Wire, 0, trace.Header, head)
	heads(r)
	at := func(s string) lint.Range {
		return lint.Range{Kind: trace.In, Off: int64(strings.Index(head, s)), Len: int64(len(s))}
	}
	about := &About{
		Notes: []lint.Note{
			{ID: "A1", Level: lint.Bad, Subject: []lint.Range{at("/")}},
			{ID: "E1", Level: lint.Good},
			{ID: "B8", Level: lint.Info, Part: lint.Behaviour, Subject: []lint.Range{at("*/*")}},
		},
		Said: lint.NewSentences("A1 One <b>.\nA1.why Because.\nA1.do Do.\n"),
	}
	out := outline(t, func(l *fragment.List) { Exchange(l, r, about) })
	for _, want := range []string{
		` count:"3"`,
		`token([class=tok t hit data-kind=token data-name=origin-form]"/")`,
		`pins:pin([data-to=note1 aria-label=Note 1]"1")`,
		`": "hit([class=hit]"*/*") pins:pin([data-to=note3 aria-label=Note 3]"3")`,
		`folded([value=3] count:"2 usual browser fields" names:"sec-ch-ua, User-Agent" list:[start=3]line([class=l]`,
		`line([class=l value=5] code:`,
		`notes(note([id=note1 class=bad] pin:pin-to-bytes([data-note=1 aria-label=Show the bytes of note 1]"1") icon:[href=#i-bad] level:"bad" summary:"One <b>." why:"Because."" ""Do."`,
		`notes-behaviour("")notes(note([id=note3 class=info]`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("missing %s\nin %s", want, out)
		}
	}
	about.Notes = append(about.Notes, lint.Note{ID: "B8", Subject: []lint.Range{at("sec-ch-ua")}})
	if out := outline(t, func(l *fragment.List) { Exchange(l, r, about) }); strings.Contains(out, "folded(") {
		t.Error("a field that something is said about is folded away")
	}
}

func TestSlip(t *testing.T) {
	out := outline(t, func(l *fragment.List) {
		Slip(l, &terms.Term{Kind: terms.Field, Name: "Range", Use: "request", Status: "permanent", Ref: "RFC 9110 §14.2", Text: "Asks <b>."}, "from byte 0", 2, true)
	})
	want := `slip([aria-label=Range, explained] name:"Range" use:"field of a request." text:"Asks <b>." value:"Here: ""from byte 0" row:reference([href=https://www.rfc-editor.org/rfc/rfc9110#section-14.2]"RFC 9110 §14.2")slip-others([data-name=Range]"2 more with it in the log")slip-without(""))`
	if out != want {
		t.Errorf("got  %s\nwant %s", out, want)
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
			Exchange(l, r, &About{Site: note, Notes: []lint.Note{{ID: note, Subject: []lint.Range{{Kind: trace.In, Off: 3, Len: 9}, {Kind: trace.Out, Off: int64(len(note)) - 5, Len: 1 << 40}}}}})
			Content(l, r, true)
			ContentOf(l, bytes, "application/json;charset="+note)
			Title(l, r)
			Row(l, r, &Place{Site: note, Index: 1, Selected: true, Span: 1, Notes: 3})
			LoadRow(l, &loads.Load{Key: 1, ID: 1, Path: bytes, Failed: 1}, &Place{Site: note}, true)
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
