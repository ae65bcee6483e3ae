//go:build !js

package site

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
		var l listings
		runs := 0
		release := make(chan struct{})
		read := func() (*entryLines, error) {
			runs++
			<-release
			return &entryLines{text: []byte{byte(runs)}}, nil
		}
		var all sync.WaitGroup
		var first *entryLines
		all.Go(func() { first, _ = l.get("dir", read) })
		synctest.Wait() // it is being made
		var later [10]*entryLines
		for i := range later {
			all.Go(func() { later[i], _ = l.get("dir", read) })
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
	var l listings
	read := func() (*entryLines, error) { return &entryLines{text: []byte("same")}, nil }
	a, _ := l.get("a", read)
	b, _ := l.get("b", read)
	if a != b {
		t.Error("two pages that say the same are kept")
	}
	runtime.KeepAlive(a)
	a, b = nil, nil
	runtime.GC()
	l.get("c", func() (*entryLines, error) { return &entryLines{text: []byte("other")}, nil })
	if len(l.sent) != 1 {
		t.Errorf("%d pages are remembered, want the last only", len(l.sent))
	}
}

// A file system that panics must not leave the others waiting.
func TestListingsOutliveAPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l listings
		release := make(chan struct{})
		go l.get("dir", func() (*entryLines, error) { <-release; return &entryLines{}, nil })
		synctest.Wait()
		var all sync.WaitGroup
		all.Go(func() {
			defer func() { recover() }()
			l.get("dir", func() (*entryLines, error) { panic("no") })
		})
		synctest.Wait()
		var err error
		all.Go(func() { _, err = l.get("dir", nil) })
		synctest.Wait()
		close(release)
		all.Wait()
		if err == nil {
			t.Error("no error after a panic")
		}
		if _, err := l.get("dir", func() (*entryLines, error) { return &entryLines{}, nil }); err != nil {
			t.Error("nothing can be listed any more:", err)
		}
	})
}
