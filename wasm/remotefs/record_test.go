package remotefs

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"vitrine/core/trace"
)

func sampleRecord() *trace.Record {
	return &trace.Record{
		Site: "shop-1a2b", Client: "here", Start: time.UnixMicro(1700000000123456),
		Elapsed: 1234567, Source: trace.Rebuilt,
		Status: 206, Size: math.MaxInt64, Omitted: -1,
		Request: trace.Request{
			Method: trace.Part{Text: "GET", Len: 3}, Target: trace.Part{Text: "/a%20b\xff", Off: 4, Len: 7}, Proto: trace.Part{Text: "HTTP/1.1", Off: 12, Len: 8},
			Fields: trace.Fields{{Name: trace.Part{Text: "a", Off: 22, Len: 1}, Value: trace.Part{Text: "", Off: math.MaxInt32}}},
		},
		Response: trace.Response{Reason: trace.Part{Text: "Partial Content"}},
		Browser:  trace.Browser{Mode: "navigate", Destination: "iframe", Cache: "default", Redirect: "manual", Referrer: "r", Client: "c"},
		Steps: []trace.Step{
			{Kind: trace.In, From: trace.Rebuilt, Code: trace.Header, Len: 18, Bytes: "GET / HTTP/1.1\r\n\r\n"},
			{Kind: trace.Out, From: trace.Unknown, At: math.MinInt64, Off: math.MaxInt64, Bytes: "\x00\xff\xfe"},
			{Kind: trace.Note, At: time.Second, Code: trace.TypeByName, Args: []string{"a", ""}, Ref: "RFC 1"},
		},
	}
}

func TestRecordRoundTrip(t *testing.T) {
	for _, want := range []*trace.Record{sampleRecord(), {Start: time.UnixMicro(0)}} {
		got, err := DecodeRecord(AppendRecord(nil, want))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
	}
}

// A record that was cut or has bytes to spare is an error, never a panic or
// half a record.
func TestRecordBroken(t *testing.T) {
	whole := AppendRecord(nil, sampleRecord())
	for n := range whole {
		if r, err := DecodeRecord(whole[:n]); err == nil {
			t.Errorf("cut at %d of %d: got %+v, want an error", n, len(whole), r)
		}
	}
	if _, err := DecodeRecord(append(whole, 0)); err == nil {
		t.Error("a byte behind the end: want an error")
	}
}

// A record that holds what cannot be is refused whole.
func TestRecordImpossible(t *testing.T) {
	for name, change := range map[string]func(r *trace.Record){
		"an unknown kind":        func(r *trace.Record) { r.Steps[0].Kind = 'x' },
		"an unknown provenance":  func(r *trace.Record) { r.Steps[0].From = trace.Redacted },
		"an unknown source":      func(r *trace.Record) { r.Source = trace.Redacted },
		"a code that is text":    func(r *trace.Record) { r.Steps[2].Code = "A sentence." },
		"a long code":            func(r *trace.Record) { r.Steps[2].Code = trace.Code(strings.Repeat("x", trace.MaxCode+1)) },
		"too many arguments":     func(r *trace.Record) { r.Steps[2].Args = make([]string, maxArgs+1) },
		"a negative offset":      func(r *trace.Record) { r.Steps[0].Off = -1 },
		"a negative length":      func(r *trace.Record) { r.Steps[0].Len = -1 },
		"a part before the head": func(r *trace.Record) { r.Request.Target.Off = -1 },
		"a status":               func(r *trace.Record) { r.Status = 1000 },
	} {
		r := sampleRecord()
		change(r)
		if _, err := DecodeRecord(AppendRecord(nil, r)); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

func FuzzDecodeRecord(f *testing.F) {
	f.Add(AppendRecord(nil, sampleRecord()))                  // a whole one
	f.Add(AppendRecord(nil, &trace.Record{}))                 // an empty one
	f.Add([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")) // a number without end
	f.Fuzz(func(t *testing.T, p []byte) {
		r, err := DecodeRecord(p)
		if err != nil {
			return
		}
		again, err := DecodeRecord(AppendRecord(nil, r))
		if err != nil || !reflect.DeepEqual(again, r) {
			t.Errorf("%q: got %+v, %v, want %+v", p, again, err, r)
		}
	})
}
