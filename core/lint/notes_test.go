package lint_test

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vitrine/core/http1"
	"vitrine/core/internal/conformance"
	"vitrine/core/lint"
	"vitrine/core/lint/english"
	"vitrine/core/session"
	"vitrine/core/trace"
)

//go:embed testdata/notes.txt
var notes string

// fixture is an exchange, or several of one connection, the notes that it must
// have and those that it must not have. The first word of its title says what
// it is served by:
//
//	plain, http11  the site of package conformance, in this profile
//	fetch          the same, as a fetch that was rebuilt
//	navigation     a fetch that loads a page
//	given          the response is given, with lines "=" for other steps
//	fetchgiven     the same, for a fetch
type fixture struct {
	title string
	kind  string
	must  []string
	not   []string
	spans []trace.Span
}

func fixtures(t testing.TB) (list []fixture) {
	spans, err := trace.ParseTranscript(notes)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range spans {
		if s.Kind != trace.Note {
			f := &list[len(list)-1]
			f.spans = append(f.spans, s)
			continue
		}
		head, title, _ := strings.Cut(s.Text, ": ")
		f := fixture{title: title}
		for i, word := range strings.Fields(head) {
			switch {
			case i == 0:
				f.kind = word
			case word[0] == '+':
				f.must = append(f.must, word[1:])
			case word[0] == '-':
				f.not = append(f.not, word[1:])
			}
		}
		list = append(list, f)
	}
	return append(list,
		long("A19", "plain", "GET /?", 8001, " HTTP/1.1\r\nHost: h\r\n\r\n"),
		long("-A19", "plain", "GET /?", 7000, " HTTP/1.1\r\nHost: h\r\n\r\n"),
		long("A19", "plain", "GET /?", 66000, " HTTP/1.1\r\nHost: h\r\n\r\n"),
		long("B12", "plain", "GET / HTTP/1.1\r\nHost: h\r\nCookie: ", 9000, "\r\n\r\n"),
		long("-B12", "plain", "GET / HTTP/1.1\r\nHost: h\r\nCookie: ", 8000, "\r\n\r\n"),
		long("B12", "http11", "GET / HTTP/1.1\r\nHost: h\r\nCookie: ", 66000, "\r\n\r\n"),
		long("B12", "http11", "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ", 17000, "\r\n\r\n"),
		long("-C1", "http11", "GET / HTTP/1.1\r\nA: ", 65000, "\r\nB: "+strings.Repeat("b", 9000)+"\r\nHost: h\r\n\r\n"),
	)
}

// long is a fixture with so many bytes in the middle.
func long(id, kind, before string, n int, behind string) fixture {
	f := fixture{title: id + " of " + strconv.Itoa(n) + " bytes, " + kind, kind: kind}
	if without, ok := strings.CutPrefix(id, "-"); ok {
		f.not = []string{without}
	} else {
		f.must = []string{id}
	}
	f.spans = []trace.Span{{Kind: trace.In, Text: before + strings.Repeat("x", n) + behind}}
	return f
}

// records are those of a fixture.
func (f *fixture) records(t testing.TB) []*trace.Record {
	profile := &conformance.Profiles[0]
	config := session.Config{}
	switch f.kind {
	case "given", "fetchgiven":
		return f.given(t)
	case "http11":
		profile = &conformance.Profiles[1]
	case "fetch", "navigation":
		config.Source = trace.Rebuilt
	case "plain":
	default:
		t.Fatalf("%s: %q serves nothing", f.title, f.kind)
	}
	config.Rules = profile.Rules
	records := serve(profile.Site(conformance.Files()), config, f.spans[0].Text)
	if f.kind == "navigation" {
		records[0].Browser.Mode, records[0].Browser.Destination = "navigate", "iframe"
	}
	return records
}

// given makes records of bytes that no server of ours sends.
func (f *fixture) given(t testing.TB) (list []*trace.Record) {
	source := trace.Wire
	if f.kind == "fetchgiven" {
		source = trace.Rebuilt
	}
	var r *trace.Record
	for _, s := range f.spans {
		if r == nil || s.Kind == trace.In && r.Status != 0 {
			r = &trace.Record{Conn: 1, Source: source, Start: time.Unix(784111777, 0)}
			list = append(list, r)
		}
		switch {
		case s.Kind == trace.Event:
			words := strings.Fields(s.Text)
			step := trace.Step{Kind: trace.Event, Code: trace.Code(words[0]), Args: words[1:]}
			r.Steps = append(r.Steps, step)
		case s.Kind == trace.In && r.Request.Method.Text != "":
			r.AddBytes(trace.In, source, 0, trace.Content, s.Text)
		case s.Kind == trace.In:
			given(t, r, source, s.Text)
		case s.Kind == trace.Out && s.Provenance == trace.Unknown:
			r.AddBytes(trace.Out, trace.Wire, 0, "", s.Text)
		case s.Kind == trace.Out:
			respond(r, source, s.Text)
		}
	}
	return list
}

// given fills in the request as the core reads it.
func given(t testing.TB, r *trace.Record, source trace.Provenance, text string) {
	c := http1.NewConn(http1.Server, http1.Compat)
	c.Receive([]byte(text))
	ev, err := c.Next()
	req, ok := ev.(*http1.Request)
	if err != nil || !ok {
		t.Fatalf("%q is no request: %v", text, err)
	}
	head := req.Head
	r.AddBytes(trace.In, source, 0, trace.Header, head)
	if content := text[len(head):]; content != "" {
		r.AddBytes(trace.In, source, 0, trace.Content, content)
	}
	l := c.Layout()
	part := func(p http1.Range) trace.Part {
		return trace.Part{Text: head[p.Off : p.Off+p.Len], Off: int32(p.Off), Len: int32(p.Len)}
	}
	q := &r.Request
	q.Method, q.Target, q.Proto = part(l.Method), part(l.Target), part(l.Proto)
	for i := range l.Fields() {
		name, value := l.Field(i)
		q.Fields = append(q.Fields, trace.Field{Name: part(name), Value: part(value)})
	}
}

// respond fills in a response, or an interim one.
func respond(r *trace.Record, source trace.Provenance, text string) {
	head, content, _ := strings.Cut(text, "\r\n\r\n")
	head += "\r\n\r\n"
	var off int
	for _, s := range r.Steps {
		if s.Kind == trace.Out {
			off += int(s.Len)
		}
	}
	if strings.HasPrefix(head, "HTTP/1.1 100") {
		r.AddBytes(trace.Out, source, 0, trace.Interim, head)
		return
	}
	r.AddBytes(trace.Out, source, 0, trace.Header, head)
	if content != "" {
		r.AddBytes(trace.Out, source, 0, trace.Content, content)
	}
	part := func(from, to int) trace.Part {
		return trace.Part{Text: head[from:to], Off: int32(off + from), Len: int32(to - from)}
	}
	end := strings.Index(head, "\r\n")
	s := &r.Response
	s.Proto, s.Code, s.Reason = part(0, 8), part(9, 12), part(13, end)
	for _, c := range s.Code.Text {
		r.Status = 10*r.Status + int(c-'0')
	}
	for at := end + 2; at < len(head)-2; at = end + 2 {
		end = at + strings.Index(head[at:], "\r\n")
		colon := at + strings.Index(head[at:], ": ")
		s.Fields = append(s.Fields, trace.Field{Name: part(at, colon), Value: part(colon+2, end)})
	}
}

// Each note has an exchange that it is made of and one, much like it, that it is
// not made of.
func TestNotes(t *testing.T) {
	positive, negative := map[string]bool{}, map[string]bool{}
	for _, f := range fixtures(t) {
		t.Run(f.title, func(t *testing.T) {
			records := f.records(t)
			var got []string
			for i, r := range records {
				list := lint.CheckIn(r, records[:i])
				checkForm(t, r, list)
				for _, n := range list {
					got = append(got, n.ID)
				}
			}
			for _, id := range f.must {
				positive[id] = true
				if !slices.Contains(got, id) {
					t.Errorf("got notes %q, want %s among them", got, id)
				}
			}
			for _, id := range f.not {
				negative[id] = true
				if slices.Contains(got, id) {
					t.Errorf("got notes %q, want them without %s", got, id)
				}
			}
		})
	}
	for _, e := range lint.Catalogue() {
		if !positive[e.ID] {
			t.Errorf("%s has no exchange that it is made of", e.ID)
		}
		if !negative[e.ID] {
			t.Errorf("%s has no exchange that it is not made of", e.ID)
		}
		delete(positive, e.ID)
		delete(negative, e.ID)
	}
	for id := range positive {
		t.Errorf("%s is not in the catalogue", id)
	}
	for id := range negative {
		t.Errorf("%s is not in the catalogue", id)
	}
}

// checkForm reports what no note may be: out of order, twice, about bytes that
// did not pass, of more words than there is room for.
func checkForm(t *testing.T, r *trace.Record, list []lint.Note) {
	t.Helper()
	seen := map[string]bool{}
	var end [2]int64
	for _, s := range r.Steps {
		if i := slices.Index([]trace.Kind{trace.In, trace.Out}, s.Kind); i >= 0 && s.Off >= 0 && s.Len >= 0 {
			end[i] = max(end[i], s.Off+s.Len)
		}
	}
	for i, n := range list {
		e, ok := lint.Lookup(n.ID)
		if !ok || e.Level != n.Level || e.Part != n.Part || seen[n.ID] {
			t.Errorf("%+v does not fit the catalogue, or comes twice", n)
		}
		seen[n.ID] = true
		if i > 0 && list[i-1].Level < n.Level {
			t.Errorf("%s comes behind %s", n.ID, list[i-1].ID)
		}
		if len(n.Subject) > 8 {
			t.Errorf("%s has %d subjects", n.ID, len(n.Subject))
		}
		for _, s := range n.Subject {
			at := slices.Index([]trace.Kind{trace.In, trace.Out}, s.Kind)
			if at < 0 || s.Off < 0 || s.Len < 0 || s.Off+s.Len > end[at] {
				t.Errorf("%s is about %+v, and %v bytes passed", n.ID, s, end)
			}
		}
		for _, a := range n.Args {
			if len(a) > 48 {
				t.Errorf("%s has the argument %q", n.ID, a)
			}
		}
		if e.Needs == lint.NeedsWire && r.Source != trace.Wire && r.Source != trace.Typed {
			t.Errorf("%s needs the wire, and the request is %s", n.ID, r.Source)
		}
		text := english.Sentences.Summary(n.ID, n.Args...)
		if text == n.ID || strings.Contains(text, "%!") || utf8.RuneCountInString(text) > 80+40*len(n.Args) {
			t.Errorf("%s says %q", n.ID, text)
		}
	}
}
