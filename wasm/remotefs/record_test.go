package remotefs

import (
	"math"
	"reflect"
	"testing"
	"time"

	"vitrine/core/trace"
)

func sampleRecord() *trace.Record {
	return &trace.Record{
		Site: "shop-1a2b", Client: "here", Start: time.UnixMicro(1700000000123456),
		Elapsed: 1234567, Source: trace.Rebuilt,
		Method: "GET", Target: "/a%20b\xff", Proto: "HTTP/1.1",
		Status: 206, Reason: "Partial Content", Type: "video/mp4",
		Size: math.MaxInt64, Omitted: -1,
		Spans: []trace.Span{
			{Kind: trace.In, Provenance: trace.Rebuilt, Text: "GET / HTTP/1.1\r\n\r\n"},
			{Kind: trace.Out, Provenance: trace.Unknown, At: math.MinInt64, Text: "\x00\xff\xfe"},
			{Kind: trace.Note, At: time.Second, Text: ""},
		},
	}
}

func TestRecordRoundTrip(t *testing.T) {
	for _, want := range []*trace.Record{sampleRecord(), {Start: time.UnixMicro(0), Spans: []trace.Span{}}} {
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
