//go:build js

package host

import (
	"io/fs"
	"path"
	"sync/atomic"
	"syscall/js"
	"time"

	"vitrine/wasm/browserfs"
	"vitrine/wasm/promise"
)

// MaxCount is how many entries are counted. Past it a folder is served all
// the same: counting is only for show.
const MaxCount = 50_000

// MaxSizes is how many files behind handles are asked for their size: each
// costs as much as finding it, and takes the browser's time from the preview.
const MaxSizes = 5000

// sizeBatch is how many files are asked for their size at once.
const sizeBatch = 64

// count is a walk through a folder that can be stopped.
type count struct {
	h       *Host
	s       *site
	stopped atomic.Bool
	paused  time.Time
	sizes   []js.Value // handles of files whose sizes are still to be asked for
	sized   int        // files that were or are to be asked
}

// pause gives the page a moment for itself now and then: no slice of work is
// longer than frameTime.
func (c *count) pause() {
	const frameTime = 24 * time.Millisecond
	if time.Since(c.paused) > frameTime {
		time.Sleep(time.Millisecond)
		c.paused = time.Now()
	}
}

// stopCount stops what is counted or read; the caller holds Host.mu.
func (s *site) stopCount() {
	if s.count != nil {
		s.count.stopped.Store(true)
		s.count = nil
	}
}

// begin makes c the walk of its site, with nothing counted.
func (h *Host) begin(s *site) *count {
	c := &count{h: h, s: s, paused: time.Now()}
	h.mu.Lock()
	defer h.mu.Unlock()
	s.stopCount()
	s.count = c
	s.Files, s.Dirs, s.Bytes, s.MoreBytes, s.Folder, s.Counted, s.Cut = 0, 0, 0, false, "", false, false
	return c
}

// end closes the walk, if it is still the one of its site.
func (c *count) end() {
	c.h.mu.Lock()
	if c.s.count == c {
		c.s.count = nil
		c.s.Folder, c.s.Counted = "", true
		c.s.Cut = c.s.Cut || c.stopped.Load()
	}
	c.h.mu.Unlock()
	c.h.changed()
}

// entry counts one entry and reports whether to go on.
func (c *count) entry(folder string, dir bool, size int64) bool {
	c.h.mu.Lock()
	if c.s.count != c {
		c.h.mu.Unlock()
		return false
	}
	if dir {
		c.s.Dirs++
	} else {
		c.s.Files++
		c.s.Bytes += size
	}
	c.s.Folder = folder
	if c.s.Files+c.s.Dirs >= MaxCount {
		c.s.Cut = true
		c.stopped.Store(true)
	}
	c.h.mu.Unlock()
	c.h.changed()
	c.pause()
	return !c.stopped.Load()
}

// startCount counts a folder in the background.
func (h *Host) startCount(s *site) {
	c := h.begin(s)
	go func() {
		index := hasIndex(s.folder.fsys)
		h.mu.Lock()
		s.Index = index
		h.mu.Unlock()
		switch {
		case s.folder.handles != nil:
			for _, r := range s.folder.handles {
				if !isDirectory(r.handle) {
					c.entry(".", false, 0)
					c.size(r.handle)
				} else if r.at == "." {
					c.handles(".", r.handle)
				} else if c.entry(".", true, 0) {
					c.handles(r.at, r.handle)
				}
			}
			c.askSizes()
		default:
			c.walk(s.folder.fsys)
		}
		c.end()
	}()
}

// handles walks a directory handle.
func (c *count) handles(dir string, handle js.Value) {
	var below []root
	browserfs.EachHandle(handle, func(name string, h js.Value, isDir bool) bool {
		if isDir {
			below = append(below, root{at: path.Join(dir, name), handle: h})
		} else {
			c.size(h)
		}
		return c.entry(dir, isDir, 0)
	})
	for _, b := range below {
		if c.stopped.Load() {
			return
		}
		c.handles(b.at, b.handle)
	}
}

// size adds the size of a file, in its time, if it is among the first.
func (c *count) size(handle js.Value) {
	if c.sized == MaxSizes {
		c.h.mu.Lock()
		c.s.MoreBytes = true
		c.h.mu.Unlock()
		return
	}
	c.sized++
	if c.sizes = append(c.sizes, handle); len(c.sizes) == sizeBatch {
		c.askSizes()
	}
}

func (c *count) askSizes() {
	asked := make([]any, 0, len(c.sizes))
	for _, handle := range c.sizes {
		asked = append(asked, handle.Call("getFile"))
	}
	c.sizes = c.sizes[:0]
	answers, err := promise.Call(js.Global().Get("Promise"), "allSettled", asked)
	if err != nil {
		return
	}
	var sum int64
	for i := range answers.Length() {
		if file := answers.Index(i).Get("value"); file.Truthy() {
			sum += int64(file.Get("size").Float())
		}
	}
	c.h.mu.Lock()
	c.s.Bytes += sum
	c.h.mu.Unlock()
	c.pause()
}

// walk counts any other folder.
func (c *count) walk(fsys fs.FS) {
	if list, ok := fsys.(*browserfs.List); ok {
		dirs := make(map[string]bool)
		list.Each(func(name string, file js.Value) bool {
			dir := path.Dir(name)
			for d := dir; d != "." && !dirs[d]; d = path.Dir(d) {
				dirs[d] = true
				c.entry(dir, true, 0)
			}
			return c.entry(dir, false, int64(file.Get("size").Float()))
		})
		return
	}
	fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return nil
		}
		var size int64
		if info, err := d.Info(); err == nil && !d.IsDir() {
			size = info.Size()
		}
		if !c.entry(path.Dir(name), d.IsDir(), size) {
			return fs.SkipAll
		}
		return nil
	})
}

// Cancel stops reading or counting a site; what was found is served.
func (h *Host) Cancel(id string) {
	h.mu.Lock()
	if s := h.find(id); s != nil && s.count != nil {
		s.count.stopped.Store(true)
	}
	h.mu.Unlock()
}

// Rescan counts a site anew.
func (h *Host) Rescan(id string) {
	h.mu.Lock()
	s := h.find(id)
	h.mu.Unlock()
	if s != nil && s.State == Ready {
		h.startCount(s)
	}
}
