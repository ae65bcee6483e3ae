//go:build !js

package listing

import (
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
)

// Whoever asks while a page is made waits for the next one: one page serves
// all of them, and it was begun after they had asked.
func TestListingsAreMadeOnceForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		runs := 0
		release := make(chan struct{})
		read := func() (*Lines, error) {
			runs++
			<-release
			return &Lines{text: []byte{byte(runs)}}, nil
		}
		var all sync.WaitGroup
		var first *Lines
		all.Go(func() { first, _ = g.Get("dir", read) })
		synctest.Wait() // it is being made
		var later [10]*Lines
		for i := range later {
			all.Go(func() { later[i], _ = g.Get("dir", read) })
		}
		synctest.Wait()
		close(release)
		all.Wait()
		if runs != 2 {
			t.Errorf("%d pages were made, want 2", runs)
		}
		for i, lines := range later {
			if lines == first || lines != later[0] {
				t.Errorf("%d got another page than the others who came late", i)
			}
		}
	})
}

func TestListingsAlikeAreOne(t *testing.T) {
	var g Group
	read := func() (*Lines, error) { return &Lines{text: []byte("same")}, nil }
	a, _ := g.Get("a", read)
	b, _ := g.Get("b", read)
	if a != b {
		t.Error("two pages that say the same are kept")
	}
	runtime.KeepAlive(a)
	a, b = nil, nil
	runtime.GC()
	g.Get("c", func() (*Lines, error) { return &Lines{text: []byte("other")}, nil })
	if len(g.sent) != 1 {
		t.Errorf("%d pages are remembered, want the last only", len(g.sent))
	}
}

// A file system that panics must not leave the others waiting.
func TestListingsOutliveAPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group
		release := make(chan struct{})
		go g.Get("dir", func() (*Lines, error) { <-release; return &Lines{}, nil })
		synctest.Wait()
		var all sync.WaitGroup
		all.Go(func() {
			defer func() { recover() }()
			g.Get("dir", func() (*Lines, error) { panic("no") })
		})
		synctest.Wait()
		var err error
		all.Go(func() { _, err = g.Get("dir", nil) })
		synctest.Wait()
		close(release)
		all.Wait()
		if err == nil {
			t.Error("no error after a panic")
		}
		if _, err := g.Get("dir", func() (*Lines, error) { return &Lines{}, nil }); err != nil {
			t.Error("nothing can be listed any more:", err)
		}
	})
}
