package trace

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// whole is a record with something in each field.
func whole() *Record {
	r := &Record{ID: 3, Conn: 2, Client: "127.0.0.1:5000", Site: "a \"site\"", Start: time.Date(2026, 11, 23, 8, 0, 0, 5e6, time.UTC),
		Elapsed: 1500 * time.Microsecond, Omitted: 7, Size: 9, Status: 200, Source: Rebuilt}
	r.Browser = Browser{Mode: "navigate", Destination: "iframe", Client: "c-1", Referrer: "http://a/?q r"}
	r.AddBytes(In, Wire, 0, Header, "GET /\\ HTTP/1.0\r\nA:  b \r\n\r\n")
	r.Request = Request{Part{"GET", 0, 3}, Part{"/\\", 4, 2}, Part{"HTTP/1.0", 7, 8}, Fields{{Part{"A", 17, 1}, Part{"b", 21, 1}}}}
	r.Add(Note, Wire, 200*time.Microsecond, PathDecoded, "/a b", "+1", "x|y", "plain", "")
	r.Steps = append(r.Steps, Step{Kind: Fault, At: 1, Off: 16, Len: 1, Code: "fault.no-colon", Ref: "RFC 9112 §5)"})
	r.Add(Note, Redacted, 0, "request", "two\nlines")
	r.AddBytes(Out, Rebuilt, 0, Header, "HTTP/1.0 200 OK\r\n\r\n")
	r.Response = Response{Part{"HTTP/1.0", 0, 8}, Part{"200", 9, 3}, Part{"elsewhere\xff", 13, 2}, nil}
	r.AddBytes(Out, Rebuilt, 0, Content, "\x00caf\xc3\xa9\n\nx")
	r.Steps = append(r.Steps, Step{Kind: Out, Off: 28, Len: 5000, Code: Referenced})
	return r
}

// refused is the record of a connection without a request.
func refused() *Record {
	r := &Record{ID: 4, Conn: 3, Client: "127.0.0.1:5001", Start: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), Status: 503, Size: 4}
	r.Add(Event, Wire, -20*time.Microsecond, ConnOpened, r.Client)
	r.AddBytes(Out, Wire, 0, Header, "HTTP/1.0 503 Full\r\n\r\n")
	r.AddBytes(Out, Wire, 0, Content, "Full")
	r.Add(Event, Wire, time.Second, ConnClosed, WhoServer, WhyAddress)
	return r
}

// A record without a request is not called an exchange.
func TestTranscriptOfAConnection(t *testing.T) {
	const want = `# record 4 connection 3 client 127.0.0.1:5001 at 2026-11-23T08:00:00.000Z status 503 size 4
= conn.opened 127.0.0.1:5001 +-20µs
= out.header @0+21
< HTTP/1.0 503 Full\r\n
< \r\n
= out.content @21+4
< Full
= conn.closed server address +1s

`
	if got := string(AppendTranscript(nil, refused(), nil)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTranscriptOfARecord(t *testing.T) {
	got := string(AppendTranscript(nil, whole(), func(s *Step) string {
		if s.Code == PathDecoded {
			return "Percent-decoded,\nonce: " + s.Args[0]
		}
		return ""
	}))
	want := `# exchange 3 connection 2 site "a \x22site\x22" client 127.0.0.1:5000 from rebuilt at 2026-11-23T08:00:00.005Z took 1.5ms status 200 size 9 omitted 7 browser.mode navigate browser.destination iframe browser.referrer "http://a/?q r" browser.client c-1
= in.header @0+27
> GET /\\ HTTP/1.0\r\n
> A:  b \r\n
> \r\n
# path.decoded "/a b" "+1" "x|y" plain "" +200µs | Percent-decoded,\nonce: /a b
! fault.no-colon @16+1 +1ns (RFC 9112 §5\x29)
#redacted "request" "two\nlines"
=rebuilt out.header @0+19
<rebuilt HTTP/1.0 200 OK\r\n
<rebuilt \r\n
=rebuilt out.content @19+9
<rebuilt \x00caf\xc3\xa9\n
<rebuilt \n
<rebuilt x
= out.referenced @28+5000
= request 0+3 4+2 7+8, 17+1 21+1
= response 0+8 9+3 13+2="elsewhere\xff"

`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestJSONOfARecord(t *testing.T) {
	b := AppendJSON(nil, whole(), func(s *Step) string { return string(s.Code) })
	if strings.Count(string(b), "\n") != 1 {
		t.Errorf("more than one line: %s", b)
	}
	for _, want := range []string{
		`{"id":3,"connection":2,"site":"a \"site\"",`, `"request":{"method":{"text":"GET","at":[0,3]},`,
		`"fields":[{"name":"A","value":"b","at":[17,1,21,1]}]`, `"reason":{"text":{"hex":"656c73657768657265ff"},"at":[13,2]}`,
		`{"kind":"note","code":"path.decoded","args":["/a b","+1","x|y","plain",""],"time":200000,"words":"path.decoded"}`,
	} {
		if !strings.Contains(string(b), want) {
			t.Errorf("no %s in\n%s", want, b)
		}
	}
	var any map[string]any
	if err := json.Unmarshal(b, &any); err != nil {
		t.Error(err)
	}
}

// readBack checks that both writings of r read back as r.
func readBack(t *testing.T, r *Record) {
	t.Helper()
	words := func(*Step) string { return `a | "sentence` + "\n" }
	text := string(AppendTranscript(nil, r, words))
	records, err := ReadTranscript(text)
	if err != nil || len(records) != 1 || !reflect.DeepEqual(records[0], r) {
		t.Errorf("transcript: %v, got\n%+v, want\n%+v\n%s", err, records, r, text)
	}
	object := AppendJSON(nil, r, words)
	got, err := ReadJSON(object)
	if err != nil || !reflect.DeepEqual(got, r) {
		t.Errorf("JSON: %v, got\n%+v, want\n%+v\n%s", err, got, r, object)
	}
}

func TestReadBack(t *testing.T) {
	readBack(t, whole())
	readBack(t, new(Record))
	readBack(t, refused())
	readBack(t, &Record{Start: time.UnixMicro(-1 << 60).UTC(), ID: -5, Elapsed: math.MinInt64, Status: -1})
	// Two records, and what was dropped between them.
	text := AppendTranscript(nil, whole(), nil)
	text = append(text, "# 12 exchanges were dropped here\n\n"...)
	records, err := ReadTranscript(string(AppendTranscript(text, whole(), nil)))
	if err != nil || len(records) != 2 || !reflect.DeepEqual(records[1], whole()) {
		t.Errorf("got %v, %v", records, err)
	}
}

// A transcript made by hand needs no more than the bytes.
func TestReadPlainTranscript(t *testing.T) {
	records, err := ReadTranscript("# a title\n> GET / HTTP/1.0\\r\\n\n> \\r\\n\n< HTTP/1.0 200 OK\\r\\n\n<rebuilt x\n= conn.closed\n")
	if err != nil || len(records) != 1 {
		t.Fatalf("got %v, %v", records, err)
	}
	want := []Step{
		{Kind: In, Len: 18, Bytes: "GET / HTTP/1.0\r\n\r\n"}, {Kind: Out, Len: 17, Bytes: "HTTP/1.0 200 OK\r\n"},
		{Kind: Out, From: Rebuilt, Off: 17, Len: 1, Bytes: "x"}, {Kind: Event, Code: ConnClosed},
	}
	if !reflect.DeepEqual(records[0].Steps, want) {
		t.Errorf("got %+v, want %+v", records[0].Steps, want)
	}
}

// Whatever is in a record, both writings of it read back.
func FuzzReadBack(f *testing.F) {
	f.Add("GET / HTTP/1.0\r\n\r\n", "an argument", "path.decoded", int64(0), int64(1e6), byte(2), byte(0)) // the ordinary
	f.Add("\r", "\" | \\ §\x7f\xff", "request", int64(-1), int64(-1), byte(5), byte(1))                    // a bare CR, a reserved code
	f.Add("", "", "", int64(1)<<62, int64(-1)<<63, byte(9), byte(2))                                       // nothing; extreme numbers
	f.Add("a\n\nb", "(x) @1+1 +1s", "in.a b", int64(3), int64(7), byte(4), byte(4))                        // looks like other parts of a line
	f.Add("", "record 4 connection 3", "record", int64(3), int64(7), byte(0), byte(0x82))                  // no request; looks like the first line
	f.Fuzz(func(t *testing.T, bytes, text, code string, n, m int64, from, kind byte) {
		p := Provenance(from % byte(len(provenances)))
		bytesCode := Code(code)
		if !bytesCode.Valid() {
			bytesCode = ""
		}
		r := &Record{ID: n, Conn: m, Site: text, Client: bytes, Elapsed: time.Duration(m), Source: p, Size: n, Omitted: m, Status: int(int32(n))}
		r.Start = time.UnixMicro(n).UTC()
		for i, f := range r.Browser.facts() {
			*f.Value = strings.Repeat(text, i%3)
		}
		r.Steps = append(r.Steps,
			Step{Kind: In, From: p, At: time.Duration(n), Off: n, Len: m, Code: bytesCode, Args: []string{text, bytes}, Ref: text, Bytes: bytes},
			Step{Kind: kinds[int(kind)%len(kinds)].kind, Code: bytesCode, Bytes: ""},
			Step{Kind: kinds[2+int(kind)%3].kind, From: p, Code: Code(code), At: time.Duration(m), Args: []string{bytes}, Ref: bytes, Off: m},
			Step{Kind: In, From: p, Bytes: bytes, Len: int64(len(bytes)), Off: m},
			Step{Kind: Out, Code: bytesCode, Bytes: text, Len: int64(len(text))},
		)
		r.Request = Request{Part{text, int32(n), int32(m)}, Part{"", 0, 0}, Part{bytes, 0, int32(len(bytes))}, nil}
		for i := range 3 {
			r.Response.Fields = append(r.Response.Fields, Field{Part{text[:min(i, len(text))], 0, int32(min(i, len(text)))}, Part{code, 1, int32(m)}})
		}
		if kind&0x80 != 0 { // a connection without a request
			r.Request, r.Steps = Request{}, slices.DeleteFunc(r.Steps, func(s Step) bool { return s.Kind == In })
		}
		readBack(t, r)
	})
}

func TestParseTranscriptRefuses(t *testing.T) {
	for _, text := range []string{"no sign", ">", ">maybe GET /", `> \q`, `> \x1`, `> \xzz`, `> \`} {
		if spans, err := ParseTranscript(text); err == nil {
			t.Errorf("%q: got %v, want an error", text, spans)
		}
	}
}

// What is written can be read back: bytes exactly, words up to the lines they
// are broken into.
func FuzzTranscript(f *testing.F) {
	f.Add("GET / HTTP/1.0\r\n\r\n", "a note", byte(2)) // the ordinary
	f.Add("\r", "§ and \x7f", byte(0))                 // a bare CR, a control in words
	f.Add("a\n\n\nb", "", byte(4))                     // empty lines inside bytes
	f.Add("\xff\xfe[rebuilt] ", "\xff", byte(1))       // no UTF-8; looks like a mark
	f.Fuzz(func(t *testing.T, bytes, words string, from byte) {
		p := Provenance(from % byte(len(provenances)))
		in := Span{Kind: In, Provenance: p, Text: bytes}
		note := Span{Kind: Note, Provenance: p, Text: words}
		b := AppendSpan(nil, &in)
		b = AppendSpan(b, &note)
		spans, err := ParseTranscript(string(b))
		if err != nil {
			t.Fatalf("%q: %v", b, err)
		}
		if got := spans[0]; got.Kind != In || got.Provenance != p || got.Text != bytes {
			t.Errorf("got %q, want %q", got.Text, bytes)
		}
		var lines []string
		for _, s := range spans[1:] {
			lines = append(lines, s.Text)
		}
		want := strings.TrimSuffix(words, "\n")
		if got := strings.Join(lines, "\n"); got != want {
			t.Errorf("words: got %q, want %q", got, want)
		}
	})
}
