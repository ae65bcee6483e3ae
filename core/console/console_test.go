package console

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"vitrine/core/session"
	"vitrine/core/steps"
	"vitrine/core/trace"
)

// person keeps what comes.
type person struct {
	mu      sync.Mutex
	out     strings.Builder
	records []*trace.Record
	phases  []session.Phase
	news    chan struct{}
	over    chan struct{}
}

func open(p steps.Profile) (*Conn, *person) {
	w := &person{news: make(chan struct{}, 100), over: make(chan struct{})}
	c := Open(Site(), p, "", Person{
		Bytes: func(p []byte) {
			w.mu.Lock()
			w.out.Write(p)
			w.mu.Unlock()
			w.news <- struct{}{}
		},
		Record: func(r *trace.Record) {
			w.mu.Lock()
			w.records = append(w.records, r)
			w.mu.Unlock()
			w.news <- struct{}{}
		},
		Waits: func(p session.Phase) {
			w.mu.Lock()
			w.phases = append(w.phases, p)
			w.mu.Unlock()
			w.news <- struct{}{}
		},
		Over: func() { close(w.over) },
	})
	return c, w
}

// until waits until so many records are there, and the server waits for a phase.
func (w *person) until(t *testing.T, records int, phase session.Phase) string {
	t.Helper()
	late := time.After(20 * time.Second)
	for {
		w.mu.Lock()
		n, out := len(w.records), w.out.String()
		waits := len(w.phases) > 0 && w.phases[len(w.phases)-1] == phase
		w.mu.Unlock()
		if n >= records && waits {
			return out
		}
		select {
		case <-w.news:
		case <-late:
			t.Fatalf("got %d records, want %d, and to wait for %d; out %q", n, records, phase, out)
		}
	}
}

func (w *person) end(t *testing.T) {
	t.Helper()
	select {
	case <-w.over:
	case <-time.After(20 * time.Second):
		t.Fatal("the connection does not end")
	}
}

// Two requests go over one connection, one of them in pieces; then the person
// goes, and the last record says so.
func TestTwoRequests(t *testing.T) {
	c, w := open(steps.Strict)
	const get = "GET /hello.txt HTTP/1.1\r\nHost: a\r\n\r\n"
	for _, piece := range []string{get[:5], get[5:20], get[20:]} {
		if err := c.Send([]byte(piece)); err != nil {
			t.Fatal(err)
		}
		if piece != get[20:] {
			w.until(t, 0, session.Head)
		}
	}
	if out := w.until(t, 1, session.FirstByte); !strings.HasPrefix(out, "HTTP/1.1 200 OK\r\n") || !strings.HasSuffix(out, "by hand!\n") {
		t.Errorf("got %q", out)
	}
	c.Send([]byte(get))
	w.until(t, 2, session.FirstByte)
	for _, r := range w.records {
		if r.Source != trace.Typed || r.Conn != 1 || r.Status != 200 {
			t.Errorf("got %+v", r)
		}
	}
	c.End()
	w.end(t)
	last := w.records[len(w.records)-1]
	if s := last.Steps[len(last.Steps)-1]; len(w.records) != 3 || s.Code != trace.ConnClosed || s.Args[0] != trace.WhoClient || s.Args[1] != trace.WhyEnd {
		t.Errorf("got %d records, the last step %+v", len(w.records), s)
	}
	if err := c.Send([]byte("x")); err != ErrOver {
		t.Errorf("got %v, want %v", err, ErrOver)
	}
}

// The interim response comes while the content is not typed yet.
func TestContinue(t *testing.T) {
	c, w := open(steps.Strict)
	c.Send([]byte("GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"))
	if out := w.until(t, 0, session.Drain); !strings.HasPrefix(out, "HTTP/1.1 ") {
		t.Errorf("before the content there is %q", out)
	}
	c.Send([]byte("ok"))
	w.until(t, 1, session.FirstByte)
	c.Close()
	w.end(t)
}

// What a person sends, and what a file makes the server send, is bounded.
func TestBounds(t *testing.T) {
	c := &Conn{wake: make(chan struct{}, 1)}
	if err := c.Send(make([]byte, MaxIn)); err != nil {
		t.Error(err)
	}
	if err := c.Send([]byte("x")); err != ErrOver {
		t.Errorf("got %v, want %v", err, ErrOver)
	}
	got := 0
	var last *trace.Record
	over := make(chan struct{})
	large := Open(fstest.MapFS{"large": {Data: make([]byte, MaxOut)}}, steps.Compat, "", Person{
		Bytes: func(p []byte) { got += len(p) }, Record: func(r *trace.Record) { last = r }, Waits: func(session.Phase) {}, Over: func() { close(over) },
	})
	large.Send([]byte("GET /large HTTP/1.0\r\n\r\n"))
	select {
	case <-over:
	case <-time.After(20 * time.Second):
		t.Fatal("the connection does not end")
	}
	if got > MaxOut || got < MaxOut/2 {
		t.Errorf("got %d bytes", got)
	}
	cut := false
	for _, s := range last.Steps {
		cut = cut || s.Code == trace.ResponseCut && strings.Contains(s.Args[0], "4 MiB")
	}
	if !cut {
		t.Errorf("the record does not say that the response was cut: %+v", last.Steps)
	}
}
