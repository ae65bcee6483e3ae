package sites

import (
	"testing"
	"time"
)

func TestBudget(t *testing.T) {
	var b Budget
	now := time.UnixMilli(0)
	for i := range MaxBurst {
		if !b.Spend(now, 1) {
			t.Fatalf("message %d of a burst was one too many", i+1)
		}
	}
	if b.Spend(now, 1) {
		t.Error("a burst has no end")
	}
	if now = now.Add(time.Second); !b.Spend(now, 1) {
		t.Error("a second later there is no room")
	}
	for range MaxBurst {
		now = now.Add(time.Second / MaxRate)
		if !b.Spend(now, 1) {
			t.Fatal("messages at the rate that is allowed are too many")
		}
	}
	// A clock that was set back gives nothing.
	for range 2 * MaxBurst {
		now = now.Add(-time.Second)
		b.Spend(now, 1)
	}
	if b.Spend(now, 1) {
		t.Error("a clock that runs backwards gives room")
	}
}
