package trace

import (
	"testing"
	"time"
)

// Wherever a connection's end is written down first, it is written down once.
func TestConnectionEndsOnce(t *testing.T) {
	l := new(Log)
	for range 2 {
		c := l.Connect("a", Wire, "")
		r := c.Record(time.Now(), 4)
		c.Kept(r, time.Millisecond)
		l.Append(r)
		c.Close(WhoClient, WhyEnd)
		c.Close(WhoServer, WhyPanic)
	}
	(*Connection)(nil).Close(WhoServer, WhyPanic)
	kept, _ := l.Records()
	if len(kept) != 4 {
		t.Fatalf("%d records, want 4", len(kept))
	}
	for i, r := range kept {
		want := [][]Code{{ConnOpened, ConnKept}, {ConnClosed}}[i%2]
		if r.Conn != int64(i/2+1) || len(r.Steps) != len(want) || r.Steps[0].Code != want[0] {
			t.Errorf("record %d: got %+v, want %v", i, r, want)
		}
	}
	if s := kept[1].Steps[0]; s.Args[0] != WhoClient || s.Args[1] != WhyEnd || s.At != kept[1].Elapsed {
		t.Errorf("got %+v", s)
	}
}
