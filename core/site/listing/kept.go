//go:build !js

package listing

import "sync"

// What is kept of listings, in bytes of lines: all together, and the least that
// is worth it.
const (
	maxKept = 16 << 20
	minKept = 4 << 10
)

// Kept are the lines of directories that were listed, each as long as the
// directory is in the state it was in before it was read. A state is a text
// that is equal only if the entries are, "" if that cannot be told. The zero
// value is ready.
type Kept struct {
	mu    sync.Mutex
	lines map[string]keptLines // by name of the directory
	size  int
}

type keptLines struct {
	state string
	*Lines
}

// Get returns the lines of the directory of that name in that state, nil if
// there are none.
func (k *Kept) Get(name, state string) *Lines {
	if state == "" {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if l, ok := k.lines[name]; ok && l.state == state {
		return l.Lines
	}
	return nil
}

// Put keeps lines. Others go where there is no room, in no order.
func (k *Kept) Put(name, state string, lines *Lines) {
	size := len(lines.text)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.drop(name)
	if state == "" || size < minKept || size > maxKept {
		return
	}
	for other := range k.lines {
		if k.size+size <= maxKept {
			break
		}
		k.drop(other)
	}
	if k.lines == nil {
		k.lines = map[string]keptLines{}
	}
	k.lines[name] = keptLines{state, lines}
	k.size += size
}

func (k *Kept) drop(name string) {
	if l, ok := k.lines[name]; ok {
		k.size -= len(l.text)
		delete(k.lines, name)
	}
}
