package watch

import (
	"context"
	"io/fs"
	"sync"
	"time"
)

// maxPolled is how many files a Poll looks at; the one that was added first
// gives way.
const maxPolled = 2000

// interval is the time between two looks.
const interval = 500 * time.Millisecond

// Poll looks again and again at files that were named to it, for a folder that
// cannot be watched. Its zero value is not ready: make one with NewPoll.
type Poll struct {
	fsys fs.FS

	mu    sync.Mutex
	seen  map[string]state
	names []string // the keys of seen, in the order they came
}

// state is what tells two contents of a file apart.
type state struct {
	exists  bool
	size    int64
	modTime time.Time
}

// NewPoll returns a Poll for the files of fsys.
func NewPoll(fsys fs.FS) *Poll { return &Poll{fsys: fsys, seen: map[string]state{}} }

// Add has a file looked at from now on. One that is not there is waited for.
func (p *Poll) Add(name string) {
	p.mu.Lock()
	_, known := p.seen[name]
	p.mu.Unlock()
	if known {
		return
	}
	now := p.look(name)
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, known := p.seen[name]; known {
		return
	}
	if len(p.names) == maxPolled {
		delete(p.seen, p.names[0])
		p.names = p.names[1:]
	}
	p.seen[name] = now
	p.names = append(p.names, name)
}

// Run calls changed with the names of files that are not what they were, until
// ctx is done.
func (p *Poll) Run(ctx context.Context, changed func(names []string)) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		p.mu.Lock()
		names := append([]string(nil), p.names...)
		p.mu.Unlock()
		var different []string
		for _, name := range names {
			if ctx.Err() != nil {
				return
			}
			now := p.look(name)
			p.mu.Lock()
			if before, known := p.seen[name]; known && !now.equal(before) {
				p.seen[name] = now
				different = append(different, name)
			}
			p.mu.Unlock()
		}
		if len(different) > 0 {
			changed(different)
		}
	}
}

func (p *Poll) look(name string) state {
	info, err := fs.Stat(p.fsys, name)
	if err != nil {
		return state{}
	}
	return state{true, info.Size(), info.ModTime()}
}

func (s state) equal(other state) bool {
	return s.exists == other.exists && s.size == other.size && s.modTime.Equal(other.modTime)
}
