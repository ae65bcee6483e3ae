package watch_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"vitrine/core/watch"
)

// told collects what is told.
type told struct {
	mu    sync.Mutex
	names map[string]bool
	calls int
}

func (l *told) changed(names []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.calls++
	for _, name := range names {
		l.names[name] = true
	}
}

// wait waits until all names were told.
func (l *told) wait(t *testing.T, names ...string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		l.mu.Lock()
		missing := slices.IndexFunc(names, func(name string) bool { return !l.names[name] })
		have := fmt.Sprint(l.names)
		l.mu.Unlock()
		if missing < 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s was not told; told were %s", names[missing], have)
		}
	}
}

func (l *told) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.names)
	l.calls = 0
}

func write(t *testing.T, elem ...string) {
	t.Helper()
	name := filepath.Join(elem...)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(time.Now().String()), 0o666); err != nil {
		t.Fatal(err)
	}
}

// watched watches dir until the test is over.
func watched(t *testing.T, dir string) *told {
	t.Helper()
	l := &told{names: map[string]bool{}}
	ctx, cancel := context.WithCancel(context.Background())
	ready, ended := make(chan struct{}), make(chan error, 1)
	go func() { ended <- watch.Folder(ctx, dir, func() { close(ready) }, l.changed) }()
	select {
	case <-ready:
	case err := <-ended:
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Folder returned %v", err)
		}
	})
	return l
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "index.html")
	write(t, dir, "css", "site.css")
	write(t, dir, ".git", "index")
	write(t, dir, "node_modules", "a", "a.js")
	l := watched(t, dir)

	write(t, dir, "css", "site.css")
	l.wait(t, "css/site.css")
	write(t, dir, ".git", "index")
	write(t, dir, "node_modules", "a", "a.js")
	write(t, dir, "index.html~")
	write(t, dir, "new", "deep", "page.html") // with directories of its own
	l.wait(t, "new")
	l.forget()
	write(t, dir, "new", "deep", "page.html")
	l.wait(t, "new/deep/page.html")

	l.forget()
	if err := os.Rename(filepath.Join(dir, "index.html"), filepath.Join(dir, "start.html")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "css", "site.css")); err != nil {
		t.Fatal(err)
	}
	l.wait(t, "index.html", "start.html", "css/site.css")
	l.mu.Lock()
	defer l.mu.Unlock()
	for name := range l.names {
		if name == ".git/index" || name == "node_modules/a/a.js" || name == "index.html~" {
			t.Errorf("%s was told", name)
		}
	}
}

// What is written at once is told at once.
func TestFolderGathers(t *testing.T) {
	dir := t.TempDir()
	l := watched(t, dir)
	var names []string
	for i := range 100 {
		names = append(names, fmt.Sprintf("%d.js", i))
		write(t, dir, names[i])
	}
	l.wait(t, names...)
	if l.calls > 20 {
		t.Errorf("100 files were told in %d calls", l.calls)
	}
}

// What is watched is directories, so files cost nothing.
func TestFolderOf50000Files(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 50,000 files")
	}
	dir := t.TempDir()
	for i := range 500 {
		sub := filepath.Join(dir, fmt.Sprint(i%10), fmt.Sprint(i))
		if err := os.MkdirAll(sub, 0o777); err != nil {
			t.Fatal(err)
		}
		for j := range 100 {
			f, err := os.Create(filepath.Join(sub, fmt.Sprint(j, ".html")))
			if err != nil {
				t.Fatal(err)
			}
			f.Close()
		}
	}
	start := time.Now()
	l := watched(t, dir)
	t.Logf("ready after %v", time.Since(start))
	write(t, dir, "9", "499", "99.html")
	l.wait(t, "9/499/99.html")
}

func TestFolderThatIsNotThere(t *testing.T) {
	if err := watch.Folder(context.Background(), filepath.Join(t.TempDir(), "none"), func() {}, func([]string) {}); err == nil {
		t.Error("a folder that is not there was watched")
	}
}

func TestPoll(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.html")
	write(t, dir, "b.html")
	p := watch.NewPoll(os.DirFS(dir))
	for _, name := range []string{"a.html", "b.html", "later.html"} {
		p.Add(name)
	}
	l := &told{names: map[string]bool{}}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { p.Run(ctx, l.changed) })
	write(t, dir, "later.html")
	if err := os.WriteFile(filepath.Join(dir, "a.html"), []byte("another length"), 0o666); err != nil {
		t.Fatal(err)
	}
	l.wait(t, "a.html", "later.html")
	l.forget()
	if err := os.Remove(filepath.Join(dir, "b.html")); err != nil {
		t.Fatal(err)
	}
	l.wait(t, "b.html")
	cancel()
	running.Wait()
	if l.names["a.html"] {
		t.Error("a.html was told twice")
	}
}
