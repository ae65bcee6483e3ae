package http1_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// A transcript is a block of lines of testdata/*.txt, in the grammar of
// package trace. Its title is the first line. What the test does:
//
//	= rules compat       http1.Compat, else the zero Rules
//	= limit fields 2     one limit by name
//	= role client        else a server
//	> bytes              arrive
//	= eof                the peer's side ends
//	= ask GET / HTTP/1.1 | Name: value     a client appends a whole request
//	= send response 200 OK | Name: value   a server appends a head,
//	= send data text                       content,
//	= send past 5                          content sent another way,
//	= send end | Name: value               the end and its trailers
//
// What must follow each of these:
//
//	= request METHOD TARGET PROTO [length N|chunked] [expect] [http09] [close]
//	= response PROTO STATUS REASON [length N|chunked|until close]
//	= field Name: value  of the head, or a trailer after the end
//	= data text
//	= end
//	= closed
//	= waiting for ...    NeedData, and what Conn.Waiting says
//	! STATUS at OFFSET SECTION: words [text]
//	< bytes              from Append
//	! usage: words       a UsageError
//
// A server without "send" lines responds to each request with an empty 404.

var update = flag.Bool("update", false, "write what happened into testdata; read every line of the difference")

type step struct {
	does trace.Span
	want []trace.Span
}

type transcript struct {
	title  string
	role   http1.Role
	rules  http1.Rules
	manual bool // has send lines
	setup  []trace.Span
	steps  []step
}

func isStimulus(s trace.Span) bool {
	if s.Kind == trace.In {
		return true
	}
	word, _, _ := strings.Cut(s.Text, " ")
	return s.Kind == trace.Event && (word == "eof" || word == "ask" || word == "send")
}

// readTranscripts reads one file of testdata with its settings.
func readTranscripts(tb testing.TB, name string) []transcript {
	tb.Helper()
	all := rawTranscripts(tb, name)
	for i := range all {
		tr := &all[i]
		for _, s := range tr.setup {
			if !tr.set(s) {
				tb.Fatalf("%s: %s: unknown setting %q", name, tr.title, s.Text)
			}
		}
	}
	return all
}

// rawTranscripts reads one file of testdata.
func rawTranscripts(tb testing.TB, name string) []transcript {
	tb.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
	if err != nil {
		tb.Fatal(err)
	}
	var all []transcript
	for _, block := range strings.Split(strings.Trim(string(text), "\n"), "\n\n") {
		spans, err := trace.ParseTranscript(block)
		if err != nil {
			tb.Fatalf("%s: %v in\n%s", name, err, block)
		}
		if len(spans) == 0 || spans[0].Kind != trace.Note {
			tb.Fatalf("%s: no title in\n%s", name, block)
		}
		tr := transcript{title: spans[0].Text}
		for _, s := range spans[1:] {
			switch {
			case isStimulus(s):
				tr.manual = tr.manual || strings.HasPrefix(s.Text, "send ")
				tr.steps = append(tr.steps, step{does: s})
			case len(tr.steps) == 0:
				tr.setup = append(tr.setup, s)
			default:
				last := &tr.steps[len(tr.steps)-1]
				last.want = append(last.want, s)
			}
		}
		all = append(all, tr)
	}
	return all
}

// set applies a setting.
func (tr *transcript) set(s trace.Span) bool {
	words := strings.Fields(s.Text)
	switch {
	case s.Kind == trace.Note:
	case s.Text == "rules compat":
		limits := tr.rules.Limits
		tr.rules = http1.Compat
		tr.rules.Limits = limits
	case s.Text == "role client":
		tr.role = http1.Client
	case len(words) == 3 && words[0] == "limit":
		n, err := strconv.Atoi(words[2])
		l := &tr.rules.Limits
		limit := map[string]*int{
			"start-line": &l.StartLine, "field-line": &l.FieldLine, "fields": &l.Fields, "head": &l.Head,
			"empty-lines": &l.EmptyLines, "chunk-line": &l.ChunkLine, "extensions": &l.Extensions, "trailers": &l.Trailers,
		}[words[1]]
		if limit == nil || err != nil {
			return false
		}
		*limit = n
	default:
		return false
	}
	return true
}

// player runs a transcript on a Conn and writes down what happens.
type player struct {
	c      *http1.Conn
	manual bool
	over   bool // a fault or Closed was told
	out    []trace.Span
	// All heads, so that tests can see what was told.
	requests []http1.Request
}

func newPlayer(tr *transcript) *player {
	return &player{c: http1.NewConn(tr.role, tr.rules), manual: tr.manual}
}

func (p *player) say(k trace.Kind, format string, args ...any) {
	p.out = append(p.out, trace.Span{Kind: k, Text: fmt.Sprintf(format, args...)})
}

// drain takes all events that are ready, until a fault or Closed.
func (p *player) drain() {
	for !p.over {
		ev, err := p.c.Next()
		if err != nil {
			p.say(trace.Fault, "%s", faultLine(err))
			p.over = true
			return
		}
		switch ev := ev.(type) {
		case http1.NeedData:
			return
		case http1.Closed:
			p.say(trace.Event, "closed")
			p.over = true
			return
		case *http1.Request:
			r := *ev
			r.Fields = slices.Clone(r.Fields)
			p.requests = append(p.requests, r)
			p.say(trace.Event, "%s", requestLine(ev))
			p.fields(ev.Fields)
		case *http1.Response:
			p.say(trace.Event, "%s", responseLine(ev))
			p.fields(ev.Fields)
		case *http1.Data:
			if n := len(p.out); n > 0 && strings.HasPrefix(p.out[n-1].Text, "data ") {
				p.out[n-1].Text += string(ev.Bytes)
			} else {
				p.say(trace.Event, "data %s", ev.Bytes)
			}
		case *http1.End:
			p.say(trace.Event, "end")
			p.fields(ev.Trailers)
			if _, sent := p.c.State(); !p.manual && sent == http1.StateIdle {
				p.respond()
			}
		}
	}
}

var noContent = http1.Fields{{Name: "Content-Length", Value: "0"}}

func (p *player) respond() {
	for _, ev := range []http1.Event{&http1.Response{Status: 404, Fields: noContent}, &http1.End{}} {
		if _, err := p.c.Append(nil, ev); err != nil {
			p.say(trace.Fault, "the test cannot respond: %v", err)
		}
	}
}

func (p *player) fields(fields http1.Fields) {
	for _, f := range fields {
		p.say(trace.Event, "%s", strings.TrimSuffix("field "+f.Name+": "+f.Value, " "))
	}
}

func faultLine(err error) string {
	e := err.(*http1.Error)
	s := fmt.Sprintf("%d at %d %s: %s", e.Status, e.Offset, e.Section, e.Fault)
	if e.Text != "" {
		s += " [" + e.Text + "]"
	}
	return s
}

func requestLine(r *http1.Request) string {
	s := "request " + r.Method + " " + r.Target + " " + r.Proto + lengthWords(r.Length)
	if r.Expect {
		s += " expect"
	}
	if r.HTTP09 {
		s += " http09"
	}
	if !r.KeepAlive {
		s += " close"
	}
	return s
}

func responseLine(r *http1.Response) string {
	s := fmt.Sprintf("response %s %d", r.Proto, r.Status)
	if r.Reason != "" {
		s += " " + r.Reason
	}
	return s + lengthWords(r.Length)
}

func lengthWords(n int64) string {
	switch n {
	case 0:
		return ""
	case http1.Chunked:
		return " chunked"
	case http1.UntilClose:
		return " until close"
	}
	return fmt.Sprintf(" length %d", n)
}

// do makes one step happen; cut says where bytes that arrive are cut, by
// their number in the transcript.
func (p *player) do(s trace.Span, cut func(i int) bool) {
	if s.Kind == trace.In {
		from := 0
		for i := 1; i <= len(s.Text); i++ {
			if i < len(s.Text) && !cut(i) {
				continue
			}
			if piece := s.Text[from:i]; i%2 == 0 {
				p.c.Receive([]byte(piece))
			} else {
				p.c.Filled(copy(p.c.Space(len(piece)), piece))
			}
			from = i
			if i < len(s.Text) {
				p.drain()
			}
		}
		p.settle()
		return
	}
	verb, rest, _ := strings.Cut(s.Text, " ")
	parts := strings.Split(rest, " | ")
	var fields http1.Fields
	for _, part := range parts[1:] {
		name, value, _ := strings.Cut(part, ": ")
		fields = append(fields, http1.Field{Name: name, Value: value})
	}
	switch verb {
	case "eof":
		p.c.ReceiveEOF()
		p.settle()
	case "ask":
		words := strings.SplitN(parts[0], " ", 3)
		r := &http1.Request{Method: words[0], Target: words[1], Fields: fields}
		if len(words) == 3 {
			r.Proto = words[2]
		} else {
			r.HTTP09 = true
		}
		p.append(r)
		if _, sent := p.c.State(); sent == http1.StateContent {
			p.append(&http1.End{})
		}
	case "send":
		what, rest, _ := strings.Cut(parts[0], " ")
		switch what {
		case "response":
			code, reason, _ := strings.Cut(rest, " ")
			r := &http1.Response{Reason: reason, Fields: fields}
			if proto, more, ok := strings.Cut(rest, " "); ok && strings.Contains(proto, "/") {
				r.Proto = proto
				code, r.Reason, _ = strings.Cut(more, " ")
			}
			r.Status, _ = strconv.Atoi(code)
			p.append(r)
		case "request":
			words := strings.SplitN(rest, " ", 3)
			p.append(&http1.Request{Method: words[0], Target: words[1], Proto: words[2], Fields: fields})
		case "data":
			p.append(&http1.Data{Bytes: []byte(rest)})
		case "past":
			n, _ := strconv.ParseInt(rest, 10, 64)
			if err := p.c.Sent(n); err != nil {
				p.say(trace.Fault, "usage: %s", strings.TrimPrefix(err.Error(), "http1: "))
			}
		case "end":
			p.append(&http1.End{Trailers: fields})
		default:
			p.say(trace.Fault, "the test does not know how to send %q", what)
		}
		p.settle()
	}
}

// settle drains and says what the connection waits for.
func (p *player) settle() {
	p.drain()
	if !p.over {
		p.say(trace.Event, "waiting for %s", p.c.Waiting())
	}
}

func (p *player) append(ev http1.Event) {
	before := []byte("before")
	b, err := p.c.Append(before, ev)
	if err != nil {
		if !bytes.Equal(b, before) {
			p.say(trace.Fault, "something was appended: %q", b)
		}
		if _, ok := err.(http1.UsageError); ok {
			p.say(trace.Fault, "usage: %s", strings.TrimPrefix(err.Error(), "http1: "))
		} else {
			p.say(trace.Fault, "%s", faultLine(err))
		}
		return
	}
	if s := string(b[len(before):]); s != "" {
		p.out = append(p.out, trace.Span{Kind: trace.Out, Text: s})
	}
}

// play runs tr and returns what followed each step.
func play(tr *transcript, cut func(i int) bool) (out [][]trace.Span, p *player) {
	p = newPlayer(tr)
	for _, st := range tr.steps {
		n := len(p.out)
		p.do(st.does, cut)
		// Lines of one kind that carry bytes are one span, as in the file.
		var told []trace.Span
		for _, s := range p.out[n:] {
			if k := len(told); k > 0 && s.Kind == trace.Out && told[k-1].Kind == trace.Out {
				told[k-1].Text += s.Text
				continue
			}
			told = append(told, s)
		}
		out = append(out, told)
	}
	return out, p
}

func whole(int) bool     { return false }
func everyByte(int) bool { return true }
func at(n int) func(int) bool {
	return func(i int) bool { return i == n }
}

func render(spans []trace.Span) string {
	var b []byte
	for _, s := range spans {
		for {
			line, rest, more := s.Text, "", false
			if s.Kind == trace.In || s.Kind == trace.Out {
				if i := strings.IndexByte(s.Text, '\n'); i >= 0 && i+1 < len(s.Text) {
					line, rest, more = s.Text[:i+1], s.Text[i+1:], true
				}
			}
			b = append(b, byte(s.Kind), ' ')
			b = trace.AppendEscaped(b, line)
			b = append(b, '\n')
			if !more {
				break
			}
			s.Text = rest
		}
	}
	return strings.ReplaceAll(string(b), `\xc2\xa7`, "§")
}

func renderAll(steps [][]trace.Span) string {
	var s string
	for _, spans := range steps {
		s += render(spans)
	}
	return s
}

// testTranscripts runs a file of transcripts: whole, byte by byte and cut in
// two at every place. The events must be the same each time.
func testTranscripts(t *testing.T, name string) {
	t.Helper()
	all := readTranscripts(t, name)
	if *update {
		writeTranscripts(t, name, all)
	}
	seen := map[string]bool{}
	for i := range all {
		tr := &all[i]
		if seen[tr.title] {
			t.Errorf("two transcripts are called %q", tr.title)
		}
		seen[tr.title] = true
		t.Run(tr.title, func(t *testing.T) {
			var want string
			longest := 0
			for _, st := range tr.steps {
				want += render(st.want)
				longest = max(longest, len(st.does.Text))
			}
			check := func(how string, cut func(int) bool) {
				t.Helper()
				steps, _ := play(tr, cut)
				if got := renderAll(steps); got != want {
					t.Errorf("%s: got\n%swant\n%s", how, got, want)
				}
			}
			check("whole", whole)
			check("byte by byte", everyByte)
			for n := 1; n < longest && !t.Failed(); n++ {
				check("cut at "+strconv.Itoa(n), at(n))
			}
		})
	}
}

func writeTranscripts(t *testing.T, name string, all []transcript) {
	var text strings.Builder
	for i := range all {
		tr := &all[i]
		if i > 0 {
			text.WriteByte('\n')
		}
		text.WriteString(render([]trace.Span{{Kind: trace.Note, Text: tr.title}}) + render(tr.setup))
		steps, _ := play(tr, whole)
		for k := range tr.steps {
			tr.steps[k].want = steps[k]
			text.WriteString(render([]trace.Span{tr.steps[k].does}))
			text.WriteString(render(steps[k]))
		}
	}
	if err := os.WriteFile(filepath.Join("testdata", name+".txt"), []byte(text.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}
