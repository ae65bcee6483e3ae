package lint_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/core/http1"
	"vitrine/core/lint"
	"vitrine/core/trace"
)

// Whatever a record says, notes on it are few and about bytes that passed.
func FuzzCheck(f *testing.F) {
	for _, fixture := range fixtures(f) {
		var b []byte
		for _, r := range fixture.records(f) {
			b = trace.AppendTranscript(b, r, nil)
		}
		if len(b) < 10_000 {
			f.Add(string(b))
		}
	}
	f.Add("> GET / HTTP/1.1\\r\\n\n= request 0+3 4+1 6+8, 2000000000+9 -5+7\n")                   // parts that are nowhere
	f.Add("= in.header @-9223372036854775808+9\n> GET / HTTP/1.1\\r\\n\n= request 0+3 4+1 6+8\n") // before the first byte
	f.Fuzz(func(t *testing.T, text string) {
		records, err := trace.ReadTranscript(text)
		if err != nil {
			return
		}
		for i, r := range records {
			all := lint.CheckIn(r, records[:i])
			checkForm(t, r, all)
			own := lint.CheckOwn(r, records[:i])
			checkForm(t, r, own)
			for _, n := range own {
				if !slices.ContainsFunc(all, func(o lint.Note) bool { return o.ID == n.ID }) {
					t.Errorf("%s is among the notes of CheckOwn only", n.ID)
				}
			}
			checkForm(t, r, lint.Check(trace.Redact(r)))
		}
	})
}

// A record that is as large as one can be made takes little time.
func TestLargeRecord(t *testing.T) {
	r := &trace.Record{Status: 200}
	r.Request.Method.Text, r.Request.Target.Text, r.Request.Proto.Text = "GET", strings.Repeat("/..\xff%", 1<<15), "HTTP/1.1"
	r.AddBytes(trace.In, trace.Wire, 0, trace.Header, strings.Repeat("\n", 1<<20))
	for range 20_000 {
		r.Add(trace.Event, trace.Wire, 0, trace.MessageLeft, "1")
		r.AddBytes(trace.Out, trace.Wire, 0, trace.Content, "x")
	}
	for _, name := range []string{"Connection", "Accept", "Cache-Control", "Range", "If-None-Match", "Transfer-Encoding"} {
		for range 200 {
			value := strings.Repeat(`a;q=2,,no-store,`, 200)
			r.Request.Fields = append(r.Request.Fields, trace.Field{Name: trace.Part{Text: name}, Value: trace.Part{Text: value}})
			r.Response.Fields = append(r.Response.Fields, trace.Field{Name: trace.Part{Text: name}, Value: trace.Part{Text: value}})
		}
	}
	began := time.Now()
	earlier := []*trace.Record{r, r, r}
	c := *r
	list := lint.CheckIn(&c, earlier)
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %v", took)
	} else {
		t.Logf("%d notes in %v", len(list), took)
	}
	checkForm(t, &c, list)
}

// Every fault that the core finds in a request is a note.
func TestEveryFaultIsANote(t *testing.T) {
	ofResponses := map[http1.Fault]bool{http1.BadStatusLine: true, http1.UnsolicitedResponse: true, http1.UnsolicitedSwitch: true}
	for fault := range http1.Faults() {
		r := &trace.Record{Status: 400}
		// The parts and bytes that the fault is about.
		head := "\r\nGET  /a b HTTP/1.1\r\n"
		if fault == http1.BadHTTP09Method {
			head = "POST /a\r\n"
		}
		code := trace.Unreadable
		if fault >= http1.ChunkLineTooLong || fault == http1.Truncated {
			code = trace.Header
			r.Request.Method.Text = "POST"
		}
		r.AddBytes(trace.In, trace.Wire, 0, code, head)
		if fault == http1.BadTarget {
			r.Request.Method.Text, r.Request.Target.Text, r.Request.Proto.Text = "GET", "a", "HTTP/1.1"
		}
		if fault == http1.ManyHosts || fault == http1.BadHost {
			r.Request.Method.Text, r.Request.Proto.Text = "GET", "HTTP/1.1"
			r.Request.Fields = trace.Fields{{Name: trace.Part{Text: "Host"}, Value: trace.Part{Text: "a/b"}}, {Name: trace.Part{Text: "Host"}, Value: trace.Part{Text: "a"}}}
		}
		for _, name := range []string{"Content-Length", "Transfer-Encoding"} {
			r.Request.Fields = append(r.Request.Fields, trace.Field{Name: trace.Part{Text: name}, Value: trace.Part{Text: "x"}})
		}
		r.Steps = append(r.Steps, trace.Step{Kind: trace.Fault, Code: trace.Code(trace.FaultPrefix + fault.Code()), Off: 5, Len: 1})
		var notes []lint.Note
		for _, n := range lint.Check(r) {
			if n.ID != "A3" && n.ID != "A5" && n.ID != "D15" && n.ID != "D16" {
				notes = append(notes, n)
			}
		}
		if (len(notes) == 0) != (ofResponses[fault] || fault == http1.TooManyEmptyLines) {
			t.Errorf("%v: got notes %+v", fault, notes)
		}
	}
}
