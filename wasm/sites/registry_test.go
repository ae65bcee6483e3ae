package sites

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func listed(t *testing.T, r *Registry, id string) Site {
	t.Helper()
	s, ok := r.Site(id)
	if !ok {
		t.Fatalf("no site %s", id)
	}
	return s
}

func TestRegistry(t *testing.T) {
	var r Registry
	start := time.UnixMilli(1000)
	r.Add(Site{ID: "b", State: Ready, Created: start.Add(time.Second)})
	r.Add(Site{ID: "a", State: Held, Created: start})
	if all := r.All(); len(all) != 2 || all[0].ID != "a" || all[1].ID != "b" {
		t.Errorf("got %+v, want the older one first", all)
	}
	if from, moved := r.Move("a", Withdrawn, NewMessage("late")); from != Held || moved {
		t.Errorf("a site that is held moved from %v: %v", from, moved)
	}
	if from, moved := r.Move("a", Asked, nil); from != Held || !moved || listed(t, &r, "a").State != Ready {
		t.Errorf("from %v: %v, to %v", from, moved, listed(t, &r, "a").State)
	}
	r.Update("b", func(s *Site) { s.State, s.Problem, s.Index = Failed, NewMessage("not so"), true })
	if b := listed(t, &r, "b"); b.State != Ready || b.Problem != nil || !b.Index {
		t.Errorf("an update moved a site: %+v", b)
	}
	if !r.Remove("a") || r.Remove("a") {
		t.Error("a site is removed once")
	}
	if _, ok := r.Site("a"); ok {
		t.Error("a site that was removed is listed")
	}
	if _, moved := r.Move("a", Given, nil); moved {
		t.Error("a site that was removed moved")
	}
}

func TestMoveWorker(t *testing.T) {
	var r Registry
	r.Add(Site{ID: "a"})
	ignored, silent, late, first, second := NewMessage("ignored"), NewMessage("silent"), NewMessage("late"), NewMessage("first"), NewMessage("second")
	for _, step := range []struct {
		event  WorkerEvent
		reason *Message
		want   Worker
	}{
		{PortSent, nil, Worker{}}, // without a frame
		{FrameOpened, ignored, Worker{WorkerStarting, nil}},
		{FrameSilent, silent, Worker{WorkerFailed, silent}},
		{PortSent, nil, Worker{WorkerReady, nil}},
		{FrameSilent, late, Worker{WorkerReady, nil}},
		{PortTaken, nil, Worker{WorkerElsewhere, nil}},
		{FrameSilent, late, Worker{WorkerElsewhere, nil}},
		{PortSent, nil, Worker{WorkerReady, nil}},
		{StartFailed, first, Worker{WorkerFailed, first}},
		{StartFailed, second, Worker{WorkerFailed, second}},
		{FrameClosed, nil, Worker{}},
	} {
		r.MoveWorker("a", step.event, step.reason)
		if got := listed(t, &r, "a").Worker; got != step.want {
			t.Errorf("event %d: got %+v, want %+v", step.event, got, step.want)
		}
	}
}

// A lookup waits for a folder that is being read, but neither for ever nor
// when the site is removed.
func TestAwait(t *testing.T) {
	const limit = 20 * time.Second
	for _, tc := range []struct {
		title string
		then  func(*Registry)
		after time.Duration
		want  State
	}{
		{"read", func(r *Registry) { r.Move("a", Listed, nil) }, time.Second, Ready},
		{"removed", func(r *Registry) { r.Remove("a") }, time.Second, Failed},
		{"still being read", func(*Registry) {}, limit, Reading},
	} {
		synctest.Test(t, func(t *testing.T) {
			var r Registry
			r.Add(Site{ID: "a", State: Reading})
			start := time.Now()
			go func() {
				time.Sleep(time.Second)
				tc.then(&r)
			}()
			s, ok := r.Await("a", limit)
			if waited := time.Since(start); !ok || s.State != tc.want || waited != tc.after {
				t.Errorf("%s: got %v, %v after %v, want %v after %v", tc.title, s.State, ok, waited, tc.want, tc.after)
			}
		})
	}
	var r Registry
	r.Add(Site{ID: "a", State: NeedsGrant})
	if s, ok := r.Await("a", limit); !ok || s.State != NeedsGrant {
		t.Errorf("a site that is not being read: got %v, %v", s.State, ok)
	}
	if _, ok := r.Await("b", limit); ok {
		t.Error("a site that is not there was awaited")
	}
}

// A state is told at once: the preview waits for that of the worker.
func TestNotifyState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int32
		r := Registry{Notify: func() { calls.Add(1) }}
		told := func(what string, want int32) {
			t.Helper()
			time.Sleep(time.Millisecond)
			synctest.Wait()
			if n := calls.Swap(0); n != want {
				t.Errorf("%s: got %d calls, want %d", what, n, want)
			}
		}
		r.Add(Site{ID: "a"})
		told("a site", 1)
		r.Update("a", func(*Site) {})
		told("a name", 0)
		r.MoveWorker("a", FrameOpened, nil)
		told("the worker, and the name with it", 1)
		time.Sleep(notifyEvery)
		told("nothing", 0)
	})
}

// However often sites change, Notify is called four times a second, and once
// after the last change.
func TestNotify(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int32
		r := Registry{Notify: func() { calls.Add(1) }}
		r.Add(Site{ID: "a"})
		for range 990 {
			time.Sleep(time.Millisecond)
			r.Update("a", func(*Site) {})
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if n := calls.Load(); n != 5 {
			t.Errorf("got %d calls in a second of changes, want 5", n)
		}
	})
}

// Counting again shows nothing until it is done.
func TestCountAgain(t *testing.T) {
	var r Registry
	r.Add(Site{ID: "a"})
	if r.BeginAgain("none") != nil || r.BeginAgain("a") != nil {
		t.Error("what was not counted is counted again")
	}
	w := r.Begin("a")
	w.Entry(".", false, 5)
	if r.BeginAgain("a") != nil {
		t.Error("what is being counted is counted again")
	}
	w.End()
	w = r.BeginAgain("a")
	w.Entry(".", true, 0)
	w.Entry("docs", false, 1)
	w.Entry("docs", false, 2)
	w.SizeUnknown()
	if s := listed(t, &r, "a"); !s.Counted || s.Files != 1 || s.Dirs != 0 || s.Bytes != 5 || s.Folder != "" || s.MoreBytes {
		t.Errorf("before the end: %+v", s)
	}
	if r.BeginAgain("a") != nil {
		t.Error("two count again")
	}
	if !w.End() {
		t.Error("it is not the walk of its site")
	}
	if s := listed(t, &r, "a"); !s.Counted || s.Files != 2 || s.Dirs != 1 || s.Bytes != 3 || !s.MoreBytes || s.Cut || s.State != Reading {
		t.Errorf("at the end: %+v", s)
	}
	w = r.BeginAgain("a")
	r.Begin("a").Entry(".", false, 1)
	if w.Entry(".", false, 1) || w.End() {
		t.Error("it goes on after another walk began")
	}
	if s := listed(t, &r, "a"); s.Files != 1 || s.Counted {
		t.Errorf("with another walk: %+v", s)
	}
}

func TestWalk(t *testing.T) {
	var r Registry
	r.Add(Site{ID: "a"})
	old := r.Begin("a")
	old.Entry(".", false, 1)
	w := r.Begin("a")
	if !old.Stopped() || old.Entry(".", false, 1) {
		t.Error("a walk goes on after another one began")
	}
	old.Size(1)
	if old.End() {
		t.Error("a walk after which another one began is still that of its site")
	}
	if s := listed(t, &r, "a"); s.Counted || s.Files != 0 || s.Bytes != 0 {
		t.Errorf("a walk that is over counts: %+v", s)
	}
	w.Entry("docs", true, 0)
	w.Entry("docs/deep", false, 5)
	w.Size(7)
	w.SizeUnknown()
	if s := listed(t, &r, "a"); s.Dirs != 1 || s.Files != 1 || s.Bytes != 12 || !s.MoreBytes || s.Folder != "docs/deep" || s.Counted {
		t.Errorf("got %+v", s)
	}
	r.Cancel("a")
	if w.Entry("docs", false, 1) {
		t.Error("a walk goes on after it was cancelled")
	}
	if !w.End() {
		t.Error("the walk of a site is not its walk")
	}
	if s := listed(t, &r, "a"); !s.Counted || !s.Cut || s.Folder != "" {
		t.Errorf("at the end: %+v", s)
	}
	w = r.Begin("a")
	for n := 1; w.Entry(".", false, 0); n++ {
		if n > MaxCount {
			t.Fatal("a walk has no end")
		}
	}
	w.End()
	if s := listed(t, &r, "a"); s.Files != MaxCount || !s.Cut {
		t.Errorf("at the bound: %+v", s)
	}
	w = r.Begin("a")
	r.Remove("a")
	if !w.Stopped() || w.Entry(".", false, 0) || r.Begin("a") != nil {
		t.Error("a site that was removed is counted")
	}
}
