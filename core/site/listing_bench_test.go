//go:build !js

package site

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"sync"
	"testing"
	"time"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/osfs"
)

// slowSink takes a response after a while.
type slowSink struct {
	nothing
	takes time.Duration
}

func (s slowSink) Send(c handler.Content) (int64, error) {
	time.Sleep(s.takes)
	return c.WriteTo(io.Discard)
}

// BenchmarkLargeListing asks for the listing of a directory with 50,000
// entries: clients that ask at once, and slow ones that ask one after the
// other, for whom listing.Group shares what is still being sent. peak-MB is the
// most that the heap held.
func BenchmarkLargeListing(b *testing.B) {
	dir := b.TempDir()
	for i := range 50_000 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("file number %05d.txt", i)), nil, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	fsys, err := osfs.Open(dir, osfs.Follow)
	if err != nil {
		b.Fatal(err)
	}
	for _, bc := range []struct {
		name         string
		clients      int
		apart, takes time.Duration
	}{
		{"64AtOnce", 64, 0, 0},
		{"1000AtOnce", 1000, 0, 0},
		{"64SlowInTurn", 64, 150 * time.Millisecond, 10 * time.Second},
	} {
		b.Run(bc.name, func(b *testing.B) {
			var peak uint64
			for b.Loop() {
				s := New(fsys)
				runtime.GC()
				stop, stopped := make(chan struct{}), make(chan struct{})
				go func() {
					defer close(stopped)
					heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
					for {
						metrics.Read(heap)
						peak = max(peak, heap[0].Value.Uint64())
						select {
						case <-stop:
							return
						case <-time.After(5 * time.Millisecond):
						}
					}
				}()
				var all sync.WaitGroup
				for range bc.clients {
					all.Go(func() {
						req := &http1.Request{Line: "GET / HTTP/1.1", Method: "GET", Target: "/", Proto: "HTTP/1.1",
							Version: http1.Version{Major: 1, Minor: 1}, KeepAlive: true}
						var x handler.Exchange
						x.Begin(&s.Base, req, nil, slowSink{takes: bc.takes}, nil)
						if err := s.ServeExchange(&x); err != nil {
							b.Error(err)
						}
					})
					time.Sleep(bc.apart)
				}
				all.Wait()
				close(stop)
				<-stopped
			}
			b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
		})
	}
}
