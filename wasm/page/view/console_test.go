package view

import (
	"strings"
	"testing"

	"vitrine/core/http1"
	"vitrine/core/steps"
	"vitrine/core/trace"
	"vitrine/wasm/page/editor"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

func parse(input string, both bool) *Parse {
	segments := [][]byte{[]byte(input)}
	a, b := steps.Read(steps.Compat, segments, false), steps.Read(steps.Strict, segments, false)
	if !both {
		b = nil
	}
	return NewParse([]byte(input), a, b, [2]string{"http.server", "strict"})
}

// drawTyped draws all blocks of a text.
func drawTyped(l *fragment.List, s *editor.Shown, lit Lit) {
	blocks := Blocks(s)
	for i := range blocks {
		blocks[i].Append(l, lit, i == len(blocks)-1)
	}
}

// Each token stands in its line as it is; what has no letter has a name, and
// what is lit is told apart.
func TestTyped(t *testing.T) {
	text := editor.Text{Bytes: []byte("GET  /<b>\r\n\x00x"), Marks: []int{11}}
	shown := editor.Show(&text, editor.AsText)
	for _, tc := range []struct {
		lit  Lit
		want string
	}{
		{Lit{4, 5, true}, `typed-line("GET"typed-space(" ")typed-lit([class=at bad]" ")"/<b>"typed-name("CR")typed-name("LF"))typed-mark("segment 2")typed-line(typed-name("NUL")"x")`},
		{Lit{6, 11, false}, `typed-line("GET"typed-space("  ")"/"typed-lit([class=at]"<b>")typed-lit([class=at]"CRLF"))typed-mark("segment 2")typed-line(typed-name("NUL")"x")`},
		{Lit{}, `typed-line("GET"typed-space("  ")"/<b>"typed-name("CR")typed-name("LF"))typed-mark("segment 2")typed-line(typed-name("NUL")"x")`},
	} {
		if got := outline(t, func(l *fragment.List) { drawTyped(l, &shown, tc.lit) }); got != tc.want {
			t.Errorf("%v: got\n%s, want\n%s", tc.lit, got, tc.want)
		}
	}
	long := editor.Text{Bytes: []byte(strings.Repeat("a\n", blockLines*maxBlocks) + "bcd\n\x00e")}
	shown = editor.Show(&long, editor.AsText)
	at := 2*blockLines*maxBlocks + 1
	if got := outline(t, func(l *fragment.List) { drawTyped(l, &shown, Lit{at, at + 1, false}) }); !strings.HasSuffix(got, `typed-line("a"typed-name("LF"))typed-rest("b"typed-lit([class=at]"c")"dLF\nNULe")`) {
		t.Errorf("got %s", got[len(got)-200:])
	}
	if got := outline(t, func(l *fragment.List) { drawTyped(l, &shown, Lit{at + 3, at + 4, true}) }); !strings.HasSuffix(got, `typed-rest("bcdLF\n"typed-lit([class=at bad]"NUL")"e")`) {
		t.Errorf("got %s", got[len(got)-200:])
	}
	// A step is about one block, and the line at the end is in one of them.
	for _, n := range []int{0, 1, blockLines - 1, blockLines, blockLines + 1, 3 * blockLines} {
		text := editor.Text{Bytes: []byte(strings.Repeat("a\r\n", n) + "b")}
		shown := editor.Show(&text, editor.AsText)
		blocks := Blocks(&shown)
		shows := 0
		for i := range blocks {
			if blocks[i].Shows(Lit{3 * n, 3*n + 1, false}) {
				shows++
			}
		}
		got := outline(t, func(l *fragment.List) { drawTyped(l, &shown, Lit{}) })
		if want := n/blockLines + 1; len(blocks) != want || shows != 1 || strings.Count(got, "typed-line(") != n+1 || !strings.HasSuffix(got, `typed-line("b")`) {
			t.Fatalf("%d lines: got %d blocks, want %d, %d of them about the last byte: %s", n, len(blocks), want, shows, got)
		}
		text.Bytes = text.Bytes[:3*n]
		shown = editor.Show(&text, editor.AsText)
		if got := outline(t, func(l *fragment.List) { drawTyped(l, &shown, Lit{}) }); strings.Count(got, "typed-line(") != n+1 || !strings.HasSuffix(got, "typed-line()") {
			t.Fatalf("%d whole lines: got %s", n, got)
		}
	}
	empty := editor.Show(&editor.Text{}, editor.AsText)
	if got := outline(t, func(l *fragment.List) { drawTyped(l, &empty, Lit{}) }); got != "typed-line()" {
		t.Errorf("nothing is %s", got)
	}
	want := `strip-offset("0000")"47 "typed-lit([class=at]"45")" ""54 "`
	if got := outline(t, func(l *fragment.List) { Strip(l, []byte("GET"), Lit{1, 2, false}) }); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := outline(t, func(l *fragment.List) { Strip(l, make([]byte, 100), Lit{50, 51, false}) }); !strings.HasPrefix(got, `strip-offset("002a")`) || !strings.HasSuffix(got, `"…"`) {
		t.Errorf("got %s", got)
	}
}

// Rows are one while the profiles agree; then each has its own, up to where it
// stops.
func TestParse(t *testing.T) {
	p := parse("GET  /a HTTP/1.1\r\nHost: h\r\n\r\n", true)
	rows := outline(t, func(l *fragment.List) { p.Rows(l, 0, p.Len(), 2) })
	for _, want := range []string{
		`parse-one([id=s0 class=both] number:"1" bytes:parse-bytes("GET")parse-where(" 0–2") a:parse-quiet("both: ")"Method.")`,
		`parse-two([id=s2 class= on] number:"3" bytes:parse-bytes(glyph("SP"))parse-where(" 4") a:[data-p=http.server]"More or other white space`,
		` b:[class=refused data-p=strict]parse-strong("refused")": Expected three words with one SP between two, found SP.")`,
		`parse-where(" 5–6") a:[data-p=http.server]"Request-target." b:[class=gone data-p=strict]"not read")`,
		` a:[data-p=http.server]"Protocol version." b:[class=gone data-p=strict])`,
	} {
		if !strings.Contains(rows, want) {
			t.Errorf("no %s in\n%s", want, rows)
		}
	}
	if lit := p.Lit(2); lit != (Lit{4, 5, true}) {
		t.Errorf("got %v", lit)
	}
	if lit := p.Lit(3); lit != (Lit{5, 7, false}) {
		t.Errorf("got %v", lit)
	}
	detail := outline(t, func(l *fragment.List) { p.Detail(l, 2) })
	for _, want := range []string{
		`parse-detail(parse-strong("http.server")": ""More or`, `reference([href=https://www.rfc-editor.org/rfc/rfc9112#section-3]"RFC 9112 §3")`,
		`The request-line is not method, target and version. Expected three words with one SP between two, found SP. The response is 400, and the connection is closed."`,
	} {
		if !strings.Contains(detail, want) {
			t.Errorf("no %s in\n%s", want, detail)
		}
	}
	some := outline(t, func(l *fragment.List) { p.Rows(l, 2, 4, 2) })
	if !strings.HasPrefix(some, `parse-more( text:"2 more steps")`) || !strings.HasSuffix(some, `more steps")`) {
		t.Errorf("got %s", some)
	}
	one := parse("GET / HTTP/1.1\r\n", false)
	if got := outline(t, func(l *fragment.List) { one.Rows(l, one.Len()-1, one.Len(), 0) }); !strings.Contains(got, `parse-one([id=s6 class=] number:"7" bytes:parse-quiet("segment 1 ended") a:[class=wait]parse-strong("waiting")" for the empty line that ends the field section")`) {
		t.Errorf("got %s", got)
	}
	if (one.Lit(-1) != Lit{}) || (one.Lit(99) != Lit{}) {
		t.Error("a row that is not there lights something")
	}
	one.Detail(&fragment.List{}, 99)
}

// Hostile bytes are text in rows, details and responses.
func TestHostileBytes(t *testing.T) {
	const evil = "<img src=x onerror=alert(1)>"
	p := parse("GET /"+evil+" HTTP/1.1\r\n"+evil+": "+evil+"\x00\xff\r\n", true)
	for i := range p.Len() {
		outline(t, func(l *fragment.List) { p.Rows(l, i, i+1, i) })
		outline(t, func(l *fragment.List) { p.Detail(l, i) })
	}
	r := Responses{Profile: "strict", State: evil, Pending: []byte("HTTP/1.1 200 " + evil + "\r\n\x00")}
	got := outline(t, r.Append)
	if !strings.Contains(got, `state:"`+evil) {
		t.Errorf("got %s", got)
	}
}

// What a server can refuse says what was expected.
func TestExpected(t *testing.T) {
	for f := range http1.Faults() {
		switch f {
		case http1.BadStatusLine, http1.UnsolicitedResponse, http1.UnsolicitedSwitch:
			continue // of clients
		}
		if code := "expected." + f.Code(); words.Say(code) == code {
			t.Errorf("%s: nothing was expected", f.Code())
		}
	}
	for _, code := range steps.Codes {
		s := steps.Step{Code: code, Fault: &http1.Error{Fault: http1.BadSyntax, Section: "RFC 9112 §3"}, Text: trace.WhyEnd}
		if text := Step(&s); text == "parse."+string(code) {
			t.Errorf("%s has no sentence", code)
		}
		if ref := s.Reference(); ref != "" && RefURL(ref) == "" {
			t.Errorf("%s: %q leads nowhere", code, ref)
		}
	}
}

func TestCompletion(t *testing.T) {
	for _, tc := range []struct{ typed, want string }{
		{"GET / HTTP/1.1", "GET / HTTP/1.1\r\nHost: museum.example\r\n\r\n"},
		{"GET / HTTP/1.1\r", "GET / HTTP/1.1\r\nHost: museum.example\r\n\r\n"},
		{"GET / HTTP/1.0", "GET / HTTP/1.0\r\n\r\n"},
		{"GET / HTTP/1.1\r\nHost: a", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"},
		{"GET / HTTP/1.1\r\nhost: a\r\nX: y\r\n", "GET / HTTP/1.1\r\nhost: a\r\nX: y\r\n\r\n"},
		{"GET / HTTP/1.1\r\nX: y\r\n\r\n", "GET / HTTP/1.1\r\nHost: museum.example\r\nX: y\r\n\r\n"},
		{"GET / HTTP/1.1\r\nHost: a\r\n\r\n", ""},
		{"GET  / HTTP/1.1\r\n", ""},
		{"", ""},
	} {
		input := []byte(tc.typed)
		added, at := Completion(input, steps.Read(steps.Strict, [][]byte{input}, false))
		got := ""
		if len(added) > 0 {
			got = tc.typed[:at] + string(added) + tc.typed[at:]
		}
		if got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.typed, got, tc.want)
		}
	}
}

// A response says how its end is known, and its connection how it ended.
func TestEnding(t *testing.T) {
	part := func(s string) trace.Part { return trace.Part{Text: s, Len: int32(len(s))} }
	response := func(status int, fields ...string) *trace.Record {
		r := &trace.Record{Status: status, Request: trace.Request{Method: part("GET")}, Response: trace.Response{Proto: part("HTTP/1.1")}}
		for i := 0; i < len(fields); i += 2 {
			r.Response.Fields = append(r.Response.Fields, trace.Field{Name: part(fields[i]), Value: part(fields[i+1])})
		}
		return r
	}
	head := response(200, "Content-Length", "9")
	head.Request.Method = part("HEAD")
	bare := response(200)
	bare.Response.Proto = trace.Part{}
	for want, r := range map[string]*trace.Record{
		"There is no response.":                                            response(0),
		"Ended by Content-Length: 9.":                                      response(200, "Content-Length", "9"),
		"Ended by the last chunk.":                                         response(200, "Transfer-Encoding", "chunked"),
		"Ended by the close of the connection.":                            response(200),
		"Ended by the empty line: by rule there is no content.":            head,
		"Ended by the close of the connection: HTTP/0.9 has nothing else.": bare,
	} {
		if got := Ending(r); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	r := response(200)
	r.AddBytes(trace.Out, trace.Wire, 0, trace.Header, "12345")
	r.AddBytes(trace.Out, trace.Wire, 0, trace.Content, "678")
	if OutLen(r) != 8 || ConnectionEnd(r) != "" {
		t.Errorf("got %d bytes, %q", OutLen(r), ConnectionEnd(r))
	}
	r.Add(trace.Event, trace.Wire, 0, trace.ConnClosed, trace.WhoServer, trace.WhyFault)
	if got := ConnectionEnd(r); got != "The server closes the connection: after a malformed request the next one cannot be found." {
		t.Errorf("got %q", got)
	}
}
