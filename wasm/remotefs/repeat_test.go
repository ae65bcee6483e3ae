package remotefs

import (
	"reflect"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"vitrine/core/http1"
	"vitrine/core/session"
	"vitrine/core/session/sessiontest"
	"vitrine/core/site"
	"vitrine/core/trace"
)

// exchange is the record of what the core responds to a request at a time.
func exchange(t *testing.T, now time.Time, request string) *trace.Record {
	t.Helper()
	s := site.New(fstest.MapFS{"dir/a.txt": {Data: []byte("content"), ModTime: time.Unix(1_700_000_000, 0)}})
	s.Now = func() time.Time { return now }
	var r *trace.Record
	log := &trace.Log{Watch: func(over *trace.Record) { r = over }}
	sessiontest.Talk(&session.Config{Rules: http1.Compat, Handler: s, Log: log, Source: trace.Rebuilt}, request)
	if r == nil {
		t.Fatal("no record")
	}
	return r
}

// wire is what of a record says which bytes passed and what they are.
func wire(r *trace.Record) (head []trace.Field, steps []trace.Step) {
	for _, h := range []trace.Head{r.Request.Head(), r.Response.Head()} {
		for _, p := range h.Start {
			head = append(head, trace.Field{Name: *p})
		}
		head = append(head, *h.Fields...)
	}
	for _, s := range r.Steps {
		if s.Kind == trace.In || s.Kind == trace.Out || s.Code == trace.MessageEnd {
			s.At = 0
			steps = append(steps, s)
		}
	}
	return head, steps
}

// A response that is given again has the record that the core would have made
// of it, but for the reasons.
func TestRepeatIsWhatTheCoreWouldSay(t *testing.T) {
	const fields = " HTTP/1.1\r\nHost: s\r\naccept: */*\r\nrange: bytes=1-3\r\n\r\n"
	first := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	second := first.Add(61 * time.Second)
	of := exchange(t, first, "GET /dir/a.txt"+fields)
	of.ID = 12
	for _, target := range []string{"/dir/a.txt", "/dir/a.txt?", "/dir/a.txt?a=longer%20query", "/d?x"} {
		want := exchange(t, second, "GET "+target+fields)
		p := Repeat{
			Start: second, Elapsed: time.Millisecond, Proof: trace.RepeatWatched, Target: target,
			Date: second.Format("Mon, 02 Jan 2006 15:04:05 GMT"), Browser: trace.Browser{Mode: "cors"},
		}
		got := p.Record(of)
		if target == "/d?x" { // not what the core would find: what is sent is the first one's
			if got.Status != 206 || got.Request.Target.Text != target {
				t.Errorf("%s: got %d for %s", target, got.Status, got.Request.Target.Text)
			}
			continue
		}
		gotHead, gotSteps := wire(got)
		wantHead, wantSteps := wire(want)
		if !reflect.DeepEqual(gotHead, wantHead) {
			t.Errorf("%s: the heads are\n%+v, want\n%+v", target, gotHead, wantHead)
		}
		if !reflect.DeepEqual(gotSteps, wantSteps) {
			t.Errorf("%s: the steps are\n%+v, want\n%+v", target, gotSteps, wantSteps)
		}
		if got.Status != want.Status || got.Size != want.Size || got.Omitted != want.Omitted || !got.Start.Equal(second) || got.Elapsed != p.Elapsed || got.Browser != p.Browser {
			t.Errorf("%s: got %+v, want %+v", target, got, want)
		}
		var codes []string
		for _, s := range got.Steps {
			if s.Kind == trace.Note {
				codes = append(codes, string(s.Code)+" "+strings.Join(s.Args, " "))
			}
		}
		if want := []string{"repeat.of 12", "repeat.watched "}; !reflect.DeepEqual(codes, want) {
			t.Errorf("%s: the reasons are %q, want %q", target, codes, want)
		}
	}
}

func TestParseRepeats(t *testing.T) {
	lines := []string{"7", "1700000000000001", "250", "read", "Sun, 29 Nov 2026 12:01:01 GMT", "/a?b", "cors", "empty", "default", "follow", "http://s/", "client"}
	one := strings.Join(lines, "\n")
	got, err := ParseRepeats(one + "\n" + strings.Replace(one, "read", "watched", 1))
	want := Repeat{
		Serial: 7, Start: time.UnixMicro(1700000000000001), Elapsed: 250 * time.Microsecond, Date: lines[4], Target: "/a?b", Proof: trace.RepeatRead,
		Browser: trace.Browser{Mode: "cors", Destination: "empty", Cache: "default", Redirect: "follow", Referrer: "http://s/", Client: "client"},
	}
	if err != nil || len(got) != 2 || got[0] != want || got[1].Proof != trace.RepeatWatched {
		t.Errorf("got %+v, %v", got, err)
	}
	with := func(i int, value string) string {
		changed := append([]string(nil), lines...)
		changed[i] = value
		return strings.Join(changed, "\n")
	}
	for title, list := range map[string]string{
		"empty": "", "a line too few": strings.Join(lines[1:], "\n"), "a line too many": one + "\n",
		"no serial": with(0, ""), "a negative time": with(1, "-1"), "a time without end": with(1, strconv.FormatInt(1<<60, 10)),
		"no number": with(2, "1e3"), "no proof": with(3, "of"), "a date of another length": with(4, "now"), "a date with a control character": with(4, "Sun, 29 Nov 2026 12:01:01 GM\x00"),
		"no target": with(5, ""), "a target with a space": with(5, "/a b"), "too many": strings.Repeat(one+"\n", 500) + one,
	} {
		if _, err := ParseRepeats(list); err == nil {
			t.Errorf("%s: taken", title)
		}
	}
}

// Whatever a list and a record say, there is a record.
func FuzzRepeat(f *testing.F) {
	f.Add("7\n1\n2\nread\nSun, 29 Nov 2026 12:01:01 GMT\n/a\n\n\n\n\n\n", "/target", int32(4), int32(100)) // a target that is not within the head
	f.Add("7\n1\n2\nread\nSun, 29 Nov 2026 12:01:01 GMT\n/a\n\n\n\n\n\n", "/a", int32(-1), int32(2))       // or before it
	f.Fuzz(func(t *testing.T, list, target string, off, length int32) {
		repeats, err := ParseRepeats(list)
		if err != nil {
			return
		}
		of := &trace.Record{
			Request:  trace.Request{Target: trace.Part{Text: target, Off: off, Len: length}},
			Response: trace.Response{Fields: trace.Fields{{Name: trace.Part{Text: "Date"}, Value: trace.Part{Off: off, Len: 29}}}},
			Steps:    []trace.Step{{Kind: trace.In, Code: trace.Header, Bytes: "GET /a HTTP/1.1\r\n\r\n"}, {Kind: trace.Out, Code: trace.Header, Bytes: "HTTP/1.0 200 OK\r\n\r\n"}},
		}
		for i := range repeats {
			if r := repeats[i].Record(of); r.Request.Target.Text != repeats[i].Target {
				t.Errorf("got the target %q", r.Request.Target.Text)
			}
		}
	})
}
