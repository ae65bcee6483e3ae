package session_test

import (
	"errors"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/session"
	"vitrine/core/session/sessiontest"
	"vitrine/core/trace"
)

// records serves a connection and returns the records of its exchanges.
func records(t *testing.T, protocol string, content int, in ...string) (list []*trace.Record, out string) {
	t.Helper()
	log := &trace.Log{ContentLimit: content}
	s := &sessiontest.Script{In: in}
	session.Serve(s, &session.Config{Handler: newHandler(protocol), Log: log}, handler.ParseAddress("127.0.0.1:5000"))
	return exchanges(log), s.Out.String()
}

// exchanges are the records of log that have a request.
func exchanges(log *trace.Log) []*trace.Record {
	list, _ := log.Records()
	return slices.DeleteFunc(list, func(r *trace.Record) bool { return !r.IsExchange() })
}

// Of a message with all that frames one, every byte is in the record at its
// place, in both directions, however the bytes come.
func TestRecordHasEveryByte(t *testing.T) {
	const message = "\r\nSTREAM /s HTTP/1.1\r\nHost:  h \r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nT: u\r\n\r\n"
	for piece := 1; piece < len(message); piece++ {
		var in []string
		for rest := message; rest != ""; rest = rest[min(piece, len(rest)):] {
			in = append(in, rest[:min(piece, len(rest))])
		}
		list, sent := records(t, "HTTP/1.1", 0, in...)
		if len(list) != 1 {
			t.Fatalf("%d records", len(list))
		}
		r := list[0]
		for kind, want := range map[trace.Kind]string{trace.In: message, trace.Out: sent} {
			got := make([]byte, len(want))
			for _, s := range r.Steps {
				if s.Kind != kind {
					continue
				}
				if s.Len != int64(len(s.Bytes)) || s.Off+s.Len > int64(len(want)) {
					t.Fatalf("pieces of %d: %+v of %d bytes", piece, s, len(want))
				}
				copy(got[s.Off:], s.Bytes)
			}
			if string(got) != want {
				t.Fatalf("pieces of %d, %c: got %q, want %q", piece, kind, got, want)
			}
		}
		for name, h := range map[string]struct {
			head  trace.Head
			bytes string
		}{"request": {r.Request.Head(), message}, "response": {r.Response.Head(), sent}} {
			parts := h.head.Start[:]
			for i := range *h.head.Fields {
				parts = append(parts, &(*h.head.Fields)[i].Name, &(*h.head.Fields)[i].Value)
			}
			if len(parts) < 7 {
				t.Errorf("%s: %d parts", name, len(parts))
			}
			for _, p := range parts {
				if p.Text != h.bytes[p.Off:p.Off+p.Len] || p.Text == "" {
					t.Errorf("pieces of %d, %s: part %+v", piece, name, p)
				}
			}
		}
		if back, err := trace.ReadTranscript(string(trace.AppendTranscript(nil, r, nil))); err != nil || len(back) != 1 || !reflect.DeepEqual(back[0].Steps, r.Steps) {
			t.Fatalf("pieces of %d: it reads back as %+v, %v\nwant %+v", piece, back, err, r)
		}
	}
}

// A record of a malformed request has what was understood of it, and where
// the fault is.
func TestRecordOfAFault(t *testing.T) {
	list, _ := records(t, "HTTP/1.1", 0, get+"GET /b HTTP/1.1\r\nHost: h\r\nX : y\r\n\r\n")
	r := list[1]
	if r.Request.Target.Text != "/b" || len(r.Request.Fields) != 1 || r.Request.Fields[0].Value.Text != "h" || r.Steps[0].Code != trace.Unreadable {
		t.Errorf("got %+v", r)
	}
	if s := r.Steps[1]; s.Code != "fault.space-before-colon" || s.Off != 27 || r.Steps[0].Bytes[s.Off] != ' ' {
		t.Errorf("got %+v", s)
	}
	list, _ = records(t, "HTTP/1.1", 0, "GET /b HTTP/1.1\r\n"+strings.Repeat("A: b\r\n", 101)+"\r\n")
	if s := list[0].Steps[2]; s.Code != "fault.too-many-fields" || len(s.Args) != 1 {
		t.Errorf("got %+v", s)
	}
}

// Who closes the connection, and why.
func TestRecordSaysWhyTheConnectionEnds(t *testing.T) {
	for _, tc := range []struct{ protocol, in, want string }{
		{"HTTP/1.1", get, "conn.kept"},
		{"HTTP/1.1", "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", "conn.closed server client"},
		{"HTTP/1.1", "GET /a HTTP/1.0\r\n\r\n", "conn.closed server version"},
		{"HTTP/1.0", get, "conn.closed server server"},
		{"HTTP/1.1", "BREW /a HTTP/1.1\r\nHost: h\r\n\r\n", "conn.closed server response"},
		{"HTTP/1.1", "nonsense\r\n\r\n", "conn.closed server fault"},
		{"HTTP/1.1", "GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: 9999999\r\n\r\n", "conn.closed server unread"},
	} {
		list, _ := records(t, tc.protocol, 0, tc.in)
		s := list[0].Steps[len(list[0].Steps)-1]
		if got := strings.Join(append([]string{string(s.Code)}, s.Args...), " "); got != tc.want {
			t.Errorf("%q under %s: got %q, want %q", tc.in, tc.protocol, got, tc.want)
		}
	}
}

// What ends a connection while it waits is written down, with what had been
// received by then.
func TestRecordOfAnEndWithoutARequest(t *testing.T) {
	reset := errors.New("reset")
	room := &session.ClosedError{Why: trace.WhyRoom}
	for _, tc := range []struct {
		name     string
		in       []string
		end      error
		protocol string
		want     string // the steps of the last record
		records  int
	}{
		{"end at once", nil, nil, "1.1", "conn.opened 127.0.0.1:5000, conn.closed client end", 1},
		{"end between two", []string{get}, nil, "1.1", "conn.closed client end", 2},
		{"end in a head", []string{"GET /a HT"}, nil, "1.1", "conn.opened 127.0.0.1:5000, unreadable, fault.truncated, header, content, message.sent, conn.closed server fault", 1},
		{"timeout at once", nil, os.ErrDeadlineExceeded, "1.1", "conn.opened 127.0.0.1:5000, conn.closed server idle", 1},
		{"timeout between two", []string{get}, os.ErrDeadlineExceeded, "1.1", "conn.closed server idle", 2},
		{"timeout in a head", []string{get, "GET /a HT"}, os.ErrDeadlineExceeded, "1.1", "unreadable, conn.closed server head", 2},
		{"reset at once", nil, reset, "1.1", "conn.opened 127.0.0.1:5000, conn.closed client reset", 1},
		{"reset in a head", []string{"GET /a HT"}, reset, "1.1", "conn.opened 127.0.0.1:5000, unreadable, conn.closed client reset", 1},
		{"closed between two", []string{get}, room, "1.1", "conn.closed server room", 2},
		{"closed in a head", []string{"GET /a HT"}, room, "1.1", "conn.opened 127.0.0.1:5000, unreadable, conn.closed server room", 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			log := new(trace.Log)
			s := &sessiontest.Script{In: tc.in, End: tc.end}
			session.Serve(s, &session.Config{Handler: newHandler("HTTP/" + tc.protocol), Log: log}, handler.ParseAddress("127.0.0.1:5000"))
			list, _ := log.Records()
			if len(list) != tc.records {
				t.Fatalf("%d records, want %d", len(list), tc.records)
			}
			r := list[len(list)-1]
			var steps []string
			for _, s := range r.Steps {
				steps = append(steps, strings.Join(append([]string{string(s.Code)}, s.Args...), " "))
			}
			if got := strings.Join(steps, ", "); got != tc.want {
				t.Errorf("got %s\nwant %s", got, tc.want)
			}
			if half := strings.Contains(tc.want, "unreadable"); half != r.IsExchange() || half && r.Request.Fields != nil {
				t.Errorf("IsExchange is %v: %+v", r.IsExchange(), r)
			}
		})
	}
}

// Each event of a response is in the record with the bytes it is about: the
// parts of the head, the sizes and ends of chunks, and where the response ends.
func TestRecordOfAResponse(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"length", get, "header, content 6, message.sent"},
		{"HEAD", "HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n", "header, message.sent"},
		{"chunks", "STREAM /a HTTP/1.1\r\nHost: h\r\n\r\n",
			"header, chunk.size 1 3, content 1, chunk.end 2, chunk.size 1 3, content 1, chunk.end 2, chunk.size 1 3, content 1, chunk.end 2, chunk.size 0 3, trailers 2, message.sent"},
		{"no chunks for HEAD", "HEAD /stream HTTP/1.1\r\nHost: h\r\n\r\n", "header, message.sent"},
		{"until the end of the connection", "STREAM /a HTTP/1.0\r\n\r\n", "header, content 1, content 1, content 1, message.sent"},
		{"HTTP/0.9", "GET /a\r\n", "content 6, message.sent"},
		{"interim", "POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx", "interim, header, content 6, message.sent"},
		{"fault", "nonsense\r\n\r\n", "header, content 488, message.sent"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			log := new(trace.Log)
			s := &sessiontest.Script{In: []string{tc.in}}
			h := newHandler("HTTP/1.1")
			if strings.Contains(tc.in, "/stream") {
				h.Methods["HEAD"] = h.Methods["STREAM"]
			}
			session.Serve(s, &session.Config{Handler: h, Rules: http1.Compat, Log: log}, handler.ParseAddress("127.0.0.1:5000"))
			r := exchanges(log)[0]
			var steps []string
			at := int64(0)
			for _, s := range r.Steps {
				if s.Kind != trace.Out {
					continue
				}
				if s.Off != at {
					t.Errorf("%s begins at %d, want %d", s.Code, s.Off, at)
				}
				at += s.Len
				text := strings.Join(append([]string{string(s.Code)}, s.Args...), " ")
				if s.Len > 0 && s.Code != trace.Header && s.Code != trace.Interim {
					text += " " + strconv.FormatInt(s.Len, 10)
				}
				steps = append(steps, text)
			}
			if got := strings.Join(steps, ", "); got != tc.want || at != int64(s.Out.Len()) {
				t.Errorf("got %s, %d bytes\nwant %s, %d bytes", got, at, tc.want, s.Out.Len())
			}
		})
	}
}

// Content in chunks of one byte fills no memory.
func TestRecordIsBounded(t *testing.T) {
	list, _ := records(t, "HTTP/1.1", 1000, "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"+strings.Repeat("1\r\nx\r\n", 10000)+"0\r\n\r\n")
	if r := list[0]; len(r.Steps) > 40 || r.Omitted < 9000 {
		t.Errorf("%d steps, %d bytes omitted", len(r.Steps), r.Omitted)
	}
}

// Without a log a step costs nothing.
func TestStepWithoutALogCostsNothing(t *testing.T) {
	var x handler.Exchange
	x.Begin(newHandler("HTTP/1.1"), &http1.Request{}, nil, nil, nil)
	text := string([]byte("text"))
	if n := testing.AllocsPerRun(1000, func() {
		x.Step(trace.PathDecoded, text)
		x.Step(trace.TypeByName, text, text)
		x.Step(trace.PathSlash)
	}); n != 0 {
		t.Errorf("%v allocations for three steps", n)
	}
}
