package trace

import (
	"strings"
	"testing"
	"time"
)

func TestTranscriptOfARecord(t *testing.T) {
	r := &Record{ID: 3, Conn: 2, Client: "127.0.0.1:5000", Start: time.Date(2026, 11, 23, 8, 0, 0, 5e6, time.UTC),
		Elapsed: 1500 * time.Microsecond, Omitted: 7}
	r.Add(In, Wire, 0, "GET /\\ HTTP/1.0\r\n\r\n")
	r.Add(Note, Wire, 0, "path: it is a folder (RFC 9110 §15.4.2)")
	r.Add(Fault, Wire, 0, "two\nlines")
	r.Add(Out, Rebuilt, 0, "HTTP/1.0 200 OK\r\n\r\n\x00caf\xc3\xa9")
	got := string(AppendTranscript(nil, r))
	want := `# exchange 3 connection 2 client 127.0.0.1:5000 at 2026-11-23T08:00:00.005Z took 1.5ms content not kept 7
> GET /\\ HTTP/1.0\r\n
> \r\n
# path: it is a folder (RFC 9110 §15.4.2)
! two
! lines
<rebuilt HTTP/1.0 200 OK\r\n
<rebuilt \r\n
<rebuilt \x00caf\xc3\xa9

`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
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
