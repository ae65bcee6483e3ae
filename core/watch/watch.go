// Package watch tells which files below a folder of the host change: by the
// system's own notice where it has room for all directories, else by looking
// again and again at a few files.
//
// The one rule: a change may be told twice or as part of a larger one, but it
// is told.
package watch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// What belongs together is told together: an editor writes a file in steps, a
// build many files.
const (
	quiet   = 50 * time.Millisecond  // after the last change
	longest = 500 * time.Millisecond // after the first, however many follow
)

// Bounds.
const (
	maxDirectories = 20_000 // that are watched
	maxNames       = 1000   // of one call of changed; more are a change of everything
)

// ErrTooMany is for a folder with more directories than are watched.
var ErrTooMany = errors.New("the folder has too many directories to watch")

// Folder calls changed with the names of what changed below dir, relative to
// it and with slashes; no name is a change of anything. ready is called when
// all directories are watched. It returns when ctx is done, with nil, or when
// not everything can be watched.
//
// What lies in a directory whose name begins with a dot, or is node_modules,
// is not watched, and neither is what a link leads to.
func Folder(ctx context.Context, dir string, ready func(), changed func(names []string)) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	defer w.Close()
	f := &folder{dir: dir, watcher: w, changed: changed}
	if err := f.add(dir); err != nil {
		return err
	}
	ready()
	return f.run(ctx)
}

type folder struct {
	dir     string
	watcher *fsnotify.Watcher
	changed func(names []string)

	directories int
	names       []string // that changed and are not told yet
	everything  bool
	since       time.Time // of the first of them
}

// add watches a directory and those below it.
func (f *folder) add(dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == f.dir:
			return err
		case err != nil:
			return nil // one that cannot be read is not served either
		case !d.IsDir():
			return nil
		case name != f.dir && isIgnored(d.Name()):
			return fs.SkipDir
		case f.directories == maxDirectories:
			return ErrTooMany
		}
		f.directories++
		if err := f.watcher.Add(name); !errors.Is(err, fs.ErrNotExist) || name == f.dir {
			return err
		}
		return nil // gone again
	})
}

// isIgnored reports whether nothing is watched in a directory of that name.
func isIgnored(name string) bool {
	return strings.HasPrefix(name, ".") || name == "node_modules"
}

func (f *folder) run(ctx context.Context) error {
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-f.watcher.Errors:
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return err
			}
			f.everything = true // the system lost some
			// New directories may be among what was lost.
			f.directories = 0
			if err := f.add(f.dir); err != nil {
				return err
			}
		case e := <-f.watcher.Events:
			if err := f.event(e); err != nil {
				return err
			}
		case <-timer.C:
			f.tell()
			continue
		}
		if f.everything || len(f.names) > 0 {
			if f.since.IsZero() {
				f.since = time.Now()
			}
			timer.Reset(max(0, min(quiet, longest-time.Since(f.since))))
		}
	}
}

// event takes one event in.
func (f *folder) event(e fsnotify.Event) error {
	name, err := filepath.Rel(f.dir, e.Name)
	if err != nil || e.Op == fsnotify.Chmod || isTemporary(filepath.Base(name)) {
		return nil
	}
	if e.Has(fsnotify.Create) {
		if info, err := os.Lstat(e.Name); err == nil && info.IsDir() && !isIgnored(info.Name()) {
			if err := f.add(e.Name); err != nil {
				return err
			}
		}
	}
	name = filepath.ToSlash(name)
	if len(f.names) == maxNames {
		f.everything = true
	} else if !slices.Contains(f.names, name) {
		f.names = append(f.names, name)
	}
	return nil
}

// isTemporary reports whether a name is one that editors write beside a file.
func isTemporary(name string) bool {
	return strings.HasSuffix(name, "~") || strings.HasPrefix(name, ".") || name == "4913" // of Vim
}

// tell calls changed.
func (f *folder) tell() {
	names := f.names
	if f.everything {
		names = nil
	}
	f.names, f.everything, f.since = nil, false, time.Time{}
	f.changed(names)
}
