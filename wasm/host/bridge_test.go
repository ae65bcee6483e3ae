//go:build js

package host

import (
	"testing"
	"time"

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

func TestBudget(t *testing.T) {
	var b budget
	now := time.UnixMilli(0)
	for i := range maxBurst {
		if !b.spend(now) {
			t.Fatalf("message %d of a burst was one too many", i+1)
		}
	}
	if b.spend(now) {
		t.Error("a burst has no end")
	}
	if now = now.Add(time.Second); !b.spend(now) {
		t.Error("a second later there is no room")
	}
	for range maxBurst {
		now = now.Add(time.Second / maxRate)
		if !b.spend(now) {
			t.Fatal("messages at the rate that is allowed are too many")
		}
	}
	// A clock that was set back gives nothing.
	for range 2 * maxBurst {
		now = now.Add(-time.Second)
		b.spend(now)
	}
	if b.spend(now) {
		t.Error("a clock that runs backwards gives room")
	}
}

// Only IDs that stand in the list are held, and each once.
func TestWatch(t *testing.T) {
	var w watch
	w.hold("a")
	w.hold("a")
	w.loads("b")
	w.loads("a") // asked for
	if w.holds("a") || w.holds("b") || len(w.loading) != 2 || len(w.held) != 0 {
		t.Errorf("loading %v, held %v", w.loading, w.held)
	}
	w.hold("b")
	w.end()
	if !w.holds("b") || len(w.loading) != 0 {
		t.Errorf("after the end: loading %v, held %v", w.loading, w.held)
	}
	w.forget("b")
	if w.holds("b") {
		t.Error("a site that is gone is held")
	}
}
