package bridge

import (
	"testing"

	"vitrine/core/trace"
)

// Bytes that a worker tells of are never wire or typed, in either direction.
func TestRecordsOfWorkersAreRebuilt(t *testing.T) {
	for p := trace.Wire; p <= trace.Simulated; p++ {
		r := &trace.Record{Source: p, Steps: []trace.Step{
			{Kind: trace.In, From: p}, {Kind: trace.Out, From: p}, {Kind: trace.Note, From: p},
		}}
		rebuilt(r)
		want := p
		if p == trace.Wire || p == trace.Typed {
			want = trace.Rebuilt
		}
		if r.Source != want || r.Steps[0].From != want || r.Steps[1].From != want {
			t.Errorf("%v: got %v, %v and %v, want %v", p, r.Source, r.Steps[0].From, r.Steps[1].From, want)
		}
		if r.Steps[2].From != p {
			t.Errorf("a note of %v became %v", p, r.Steps[2].From)
		}
	}
}
