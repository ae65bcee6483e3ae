package session_test

import (
	"runtime"
	"strings"
	"testing"

	"vitrine/core/handler"
	"vitrine/core/session"
	"vitrine/core/session/sessiontest"
)

// idling is a transport that gives one request and then waits for the next.
type idling struct {
	sessiontest.Script
	request *strings.Reader
	idle    chan struct{} // closed when the connection waits for another request
	end     chan struct{}
}

func (r *idling) Read(p []byte) (int, error) { return r.request.Read(p) }

func (r *idling) Await(p session.Phase) {
	if p == session.FirstByte && r.request.Len() == 0 {
		r.request.Reset("")
		close(r.idle)
		<-r.end
	}
}

// An idle connection costs its buffers, however large the request was that
// it had before.
func TestIdleConnectionKeepsNothingOfTheRequest(t *testing.T) {
	const conns, size = 50, 200 << 10
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // empties the pools, too
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	end := make(chan struct{})
	config := &session.Config{Handler: newHandler("HTTP/1.1")}
	over := make(chan struct{}, conns)
	before := heap()
	for range conns {
		field := "X: " + strings.Repeat("a", size/4-10) + "\r\n"
		r := &idling{idle: make(chan struct{}), end: end}
		r.request = strings.NewReader("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n" + strings.Repeat(field, 4) + "\r\nhello")
		go func() {
			session.Serve(r, config, handler.Address{})
			over <- struct{}{}
		}()
		<-r.idle
	}
	each := (heap() - before) / conns
	close(end)
	for range conns {
		<-over
	}
	if each > 64<<10 {
		t.Errorf("an idle connection holds %d bytes after a head of %d", each, size)
	}
}
