package trace

import (
	"strings"
	"sync"
	"testing"
)

func TestLogKeepsTheNewest(t *testing.T) {
	l := &Log{MaxRecords: 3}
	for range 5 {
		l.Append(new(Record))
	}
	kept, dropped := l.Records()
	if len(kept) != 3 || kept[0].ID != 3 || kept[2].ID != 5 || dropped != 2 {
		t.Errorf("got %d records from %d on, %d dropped", len(kept), kept[0].ID, dropped)
	}
}

func TestLogIsBoundedInBytes(t *testing.T) {
	l := &Log{MaxBytes: 10_000}
	for range 100 {
		r := new(Record)
		r.AddBytes(In, Wire, 0, "", strings.Repeat("x", 1000))
		l.Append(r)
	}
	kept, dropped := l.Records()
	if len(kept) < 2 || len(kept) > 9 || dropped != int64(100-len(kept)) {
		t.Errorf("%d records kept, %d dropped", len(kept), dropped)
	}
	// Bytes count wherever they are.
	for range 100 {
		l.Append(&Record{Request: Request{Method: Part{Text: strings.Repeat("x", 200)}}, Response: Response{Reason: Part{Text: strings.Repeat("x", 800)}}})
	}
	if kept, _ = l.Records(); len(kept) > 9 {
		t.Errorf("%d records with long words kept", len(kept))
	}

	// One record larger than the whole bound is still shown.
	big := new(Record)
	big.AddBytes(In, Wire, 0, "", strings.Repeat("x", 20_000))
	l.Append(big)
	if kept, _ = l.Records(); len(kept) != 1 || kept[0] != big {
		t.Errorf("%d records kept beside a large one", len(kept))
	}
	l.Clear()
	if kept, _ = l.Records(); len(kept) != 0 {
		t.Errorf("%d records after Clear", len(kept))
	}
}

func TestLogWatchSeesEveryRecordOnceInOrder(t *testing.T) {
	var seen []int64
	l := &Log{Watch: func(r *Record) { seen = append(seen, r.ID) }}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				l.Append(new(Record))
			}
		})
	}
	wg.Wait()
	for i, id := range seen {
		if id != int64(i+1) {
			t.Fatalf("record %d came as number %d", id, i+1)
		}
	}
	if len(seen) != 400 {
		t.Errorf("%d records seen", len(seen))
	}
}

func TestContentLimit(t *testing.T) {
	for _, tc := range []struct{ limit, want int }{{0, DefaultContent}, {10, 10}, {-1, 0}} {
		if got := (&Log{ContentLimit: tc.limit}).Limit(); got != tc.want {
			t.Errorf("%d: got %d, want %d", tc.limit, got, tc.want)
		}
	}
}

// A site that makes many records pushes out its own.
func TestLogIsFair(t *testing.T) {
	l := &Log{MaxRecords: 100}
	for range 40 {
		l.Append(&Record{Site: "quiet"})
	}
	for range 5000 {
		l.Append(&Record{Site: "loud"})
	}
	kept, dropped := l.Records()
	of := map[string]int{}
	for i, r := range kept {
		of[r.Site]++
		if i > 0 && r.ID <= kept[i-1].ID {
			t.Fatalf("record %d comes after %d", r.ID, kept[i-1].ID)
		}
	}
	if of["quiet"] != 40 || of["loud"] != 60 || dropped != 4940 {
		t.Errorf("kept %v, dropped %d", of, dropped)
	}
	if last := kept[len(kept)-1]; last.ID != 5040 {
		t.Errorf("the newest record is %d", last.ID)
	}
}
