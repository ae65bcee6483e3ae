package osfs

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// The state of a directory is a text once it was left alone, and another one
// after each change of its entries.
func TestState(t *testing.T) {
	t.Parallel()
	f := keeping(t, 10, map[string]int{"a": 1})
	dir := filepath.Join(f.Dir(), "dir")
	for _, name := range []string{"1", "2"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	state := func(f *Folder, name string) string {
		file, _ := opened(t, f, name)
		defer file.Close()
		return file.State()
	}
	if s := state(f, "dir"); s != "" {
		t.Error("a directory that was just changed has a state")
	}
	if s := state(f, "a"); s != "" {
		t.Error("a file has the state of a directory")
	}
	seen := map[string]string{"": "nothing"}
	for _, change := range []struct {
		name string
		do   func() error
	}{
		{"nothing yet", func() error { return nil }},
		{"removed", func() error { return os.Remove(filepath.Join(dir, "1")) }},
		{"renamed", func() error { return os.Rename(filepath.Join(dir, "2"), filepath.Join(dir, "3")) }},
		{"made", func() error { return os.WriteFile(filepath.Join(dir, "4"), nil, 0o644) }},
	} {
		if err := change.do(); err != nil {
			t.Fatal(err)
		}
		if s := state(f, "dir"); seen[s] != "" && s != "" {
			t.Errorf("%s: the state is that of %s", change.name, seen[s])
		}
		time.Sleep(keepSettled + 100*time.Millisecond)
		s := state(f, "dir")
		if s == "" || seen[s] != "" || s != state(f, "dir") {
			t.Errorf("%s: the state is %q (%s), want one that stays", change.name, s, seen[s])
		}
		seen[s] = change.name
	}
	if err := f.Hide(hiddenFile(t, filepath.Join(dir, "log"))); err != nil {
		t.Fatal(err)
	}
	time.Sleep(keepSettled + 100*time.Millisecond)
	file, _ := opened(t, f, "dir")
	if file.State() == "" {
		t.Error("a directory with a hidden file has no state before it is read")
	}
	if entries, err := file.ReadDir(-1); len(entries) != 2 || err != nil {
		t.Errorf("%d entries, %v, want 2", len(entries), err)
	}
	if file.State() != "" {
		t.Error("a directory has a state although an entry was left out")
	}
	plain, err := Open(f.Dir(), Follow)
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	if state(plain, "dir") != "" {
		t.Error("a folder that keeps nothing tells a state")
	}
}

func hiddenFile(t *testing.T, name string) *os.File {
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}
