// Package served is what the page knows of the files that a preview shows: which
// ones were served to it, and as what. A change of another file is no reason to
// show the preview again.
//
// The one rule: what was served is read from records, which the worker of a
// site makes, or a script of the site in its place. So names from there are
// looked up like all others, and their number is bounded.
package served

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"vitrine/core/trace"
)

// Bounds of what is looked after.
const (
	MaxPaths  = 500  // paths of a site, the newest
	MaxListed = 1000 // entries of a directory whose listing was served
	maxFiles  = 8    // files that one path was looked for in
	maxTabs   = 50   // tabs of a site that are told from its preview, the newest
)

// Files are those that were served to the preview of a site. The zero value is
// ready. Its methods may be called at any time: Look waits for files.
type Files struct {
	mu     sync.Mutex
	byPath map[string]*response
	paths  []string // the keys of byPath, the oldest first
	tabs   []string // clients in tabs of their own
}

// response is what a path was served from.
type response struct {
	files []file
	shown bool // since the last Reset
}

// Add takes an exchange of the site.
func (s *Files) Add(r *trace.Record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.isOfTab(&r.Browser) {
		return
	}
	target := targetPath(r)
	known := s.byPath[target]
	if slices.ContainsFunc(r.Steps, func(step trace.Step) bool { return step.Code == trace.RepeatOf }) {
		// It says nothing of files, which are the same as before.
		if known != nil {
			known.shown = true
		}
		return
	}
	if known != nil {
		known.files, known.shown = filesOf(r), true
		return
	}
	if len(s.paths) == MaxPaths {
		delete(s.byPath, s.paths[0])
		s.paths = s.paths[1:]
	}
	if s.byPath == nil {
		s.byPath = make(map[string]*response)
	}
	s.byPath[target] = &response{filesOf(r), true}
	s.paths = append(s.paths, target)
}

// isOfTab reports whether an exchange is of a page in a tab of its own. Frames
// in such a page cannot be told from the preview.
func (s *Files) isOfTab(b *trace.Browser) bool {
	if b.Mode != "navigate" || b.Destination != "document" {
		return b.Client != "" && slices.Contains(s.tabs, b.Client)
	}
	if len(s.tabs) == maxTabs {
		s.tabs = s.tabs[1:]
	}
	s.tabs = append(s.tabs, b.Client)
	return true
}

// Reset says that the preview is loaded again: what it does not ask for from
// now on is not shown any more.
func (s *Files) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.byPath {
		r.shown = false
	}
}

// shown calls f for each file that is shown.
func (s *Files) shown(f func(*file)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.byPath {
		if r.shown {
			for i := range r.files {
				f(&r.files[i])
			}
		}
	}
}

// Among returns the names of those files that names are about: the file itself,
// all that is in a directory, the directory whose listing has the name.
func (s *Files) Among(names []string) (files []string) {
	s.shown(func(f *file) {
		for _, name := range names {
			if name == f.name || name == "." || strings.HasPrefix(f.name, name+"/") || f.listed && path.Dir(name) == f.name {
				files = append(files, f.name)
				return
			}
		}
	})
	return files
}

// Look looks at the files and returns the names of those that are not what was
// served, or what they were at the look before.
func (s *Files) Look(fsys fs.FS) (changed []string) {
	states := make(map[string]string) // by name, that of a listed directory by its name with a slash behind
	key := func(f *file) string {
		if f.listed {
			return f.name + "/"
		}
		return f.name
	}
	s.shown(func(f *file) { states[key(f)] = "" })
	for k := range states {
		name, listed := strings.CutSuffix(k, "/")
		states[k] = stateOf(fsys, name, listed)
	}
	s.shown(func(f *file) {
		now := states[key(f)]
		if now == "" {
			return // it cannot be read now, or was served in the meantime
		}
		if f.changed(now) {
			changed = append(changed, f.name)
		}
		f.state = now
	})
	return changed
}

// OnlyStyles reports whether all names are those of style sheets.
func OnlyStyles(names []string) bool {
	return len(names) > 0 && !slices.ContainsFunc(names, func(name string) bool { return !strings.EqualFold(path.Ext(name), ".css") })
}
