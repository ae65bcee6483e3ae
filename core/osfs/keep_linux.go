package osfs

import (
	"hash/maphash"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

// What is kept of files, beside the number that Keep is given.
const (
	// keepUnused is how long a file stays open that is not asked for. It holds
	// the space of a deleted file, and its file system cannot be unmounted.
	keepUnused = 10 * time.Second
	// keepSettled is how long a file must have been left alone before it is
	// kept. Time stamps count in ticks, of up to 2 s (FAT): a file that is
	// written twice in one can look the same afterwards.
	keepSettled = 2 * time.Second
)

// keeper is the files that a folder keeps: see [Folder.Keep].
type keeper struct {
	limit int
	seed  maphash.Seed
	asked [askedNames]atomic.Uint64 // hashes of names asked for once
	sweep *time.Timer               // runs while there are files

	// round counts sweeps, so that use is told without reading the clock.
	round  atomic.Uint32
	mapped atomic.Int64 // bytes, of all mappings

	mu     sync.RWMutex
	closed bool
	files  map[string]*keptFile
}

// askedNames is how many names are remembered that were asked for once. Of many
// files that are asked for in no order, few are found here again: keeping them
// would cost more than opening them.
const askedNames = 1 << 10

// keptFile is an open regular file. It is closed when the last who uses it
// releases it; the keeper is one of them.
type keptFile struct {
	users   atomic.Int32
	used    atomic.Uint32 // the round of the last use
	path    []byte        // the name, which ends in NUL
	fd      int
	stamp   stamp
	info    info
	mapping mapping
}

func (o *opener) keep(n int) {
	o.kept.close()
	o.kept = nil
	if n == 0 || o.root != nil || !o.local {
		return
	}
	k := &keeper{limit: n, seed: maphash.MakeSeed(), files: map[string]*keptFile{}}
	k.sweep = time.AfterFunc(keepUnused/2, k.releaseUnused)
	k.sweep.Stop()
	o.kept = k
}

// open returns the kept file of that name if the name still leads to it and it
// is in the same state; else nil.
func (k *keeper) open(o *opener, name string) *File {
	if k == nil {
		return nil
	}
	k.mu.RLock()
	e := k.files[name]
	if e != nil {
		e.users.Add(1)
	}
	k.mu.RUnlock()
	if e == nil {
		return nil
	}
	var st unix.Stat_t
	if fstatat(o.fd, e.path, &st) != 0 || stampOf(&st) != e.stamp {
		k.drop(name, e)
		e.release()
		return nil
	}
	if round := k.round.Load(); e.used.Load() != round {
		e.used.Store(round)
	}
	return &File{fd: e.fd, info: &e.info, from: o, kept: e, near: true}
}

// consider keeps the file of that name, which was just opened, if it was asked
// for before. The file that is kept is opened for it: from the folder on, its
// way crosses to no other file system.
func (k *keeper) consider(o *opener, name string, st *unix.Stat_t) {
	if k == nil || st.Mode&unix.S_IFMT != unix.S_IFREG {
		return
	}
	hash := maphash.String(k.seed, name) | 1
	asked := &k.asked[hash>>1%askedNames]
	if asked.Load() != hash {
		asked.Store(hash)
		return
	}
	now := time.Now()
	if s := stampOf(st); !s.settled(now) || !k.hasRoom() {
		return
	}
	asked.Store(0) // what cannot be kept is not tried each time
	fd, err := retry(func() (int, error) {
		return unix.Openat2(o.fd, name, &unix.OpenHow{Flags: openFlags, Resolve: unix.RESOLVE_NO_XDEV})
	})
	if err != nil {
		return
	}
	e := &keptFile{fd: fd, path: append([]byte(name), 0)}
	e.users.Store(1)
	e.used.Store(k.round.Load())
	var own unix.Stat_t
	_, err = retry(func() (int, error) { return 0, unix.Fstat(fd, &own) })
	e.stamp = stampOf(&own)
	if err != nil || e.stamp != stampOf(st) {
		e.release()
		return
	}
	e.info.fill(name, &own)
	e.mapping = k.mapFile(fd, own.Size)
	k.add(name, e)
}

func (k *keeper) hasRoom() bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return len(k.files) < k.limit && !k.closed
}

// add takes e over.
func (k *keeper) add(name string, e *keptFile) {
	k.mu.Lock()
	if k.files[name] != nil || len(k.files) >= k.limit || k.closed {
		k.mu.Unlock()
		e.release()
		return
	}
	k.files[name] = e
	if len(k.files) == 1 {
		k.sweep.Reset(keepUnused / 2)
	}
	k.mu.Unlock()
}

// drop forgets e, if it is still what is kept under that name.
func (k *keeper) drop(name string, e *keptFile) {
	k.mu.Lock()
	found := k.files[name] == e
	if found {
		delete(k.files, name)
	}
	k.mu.Unlock()
	if found {
		e.release()
	}
}

// releaseUnused forgets the files that were not asked for since the sweep before
// the last one.
func (k *keeper) releaseUnused() {
	var unused []*keptFile
	k.mu.Lock()
	round := k.round.Add(1)
	for name, e := range k.files {
		if round-e.used.Load() >= 2 {
			delete(k.files, name)
			unused = append(unused, e)
		}
	}
	if len(k.files) > 0 {
		k.sweep.Reset(keepUnused / 2)
	}
	k.mu.Unlock()
	for _, e := range unused {
		e.release()
	}
}

// close forgets all files, and keeps none any more.
func (k *keeper) close() {
	if k == nil {
		return
	}
	k.mu.Lock()
	k.closed = true
	k.sweep.Stop()
	files := k.files
	k.files = nil
	k.mu.Unlock()
	for _, e := range files {
		e.release()
	}
}

// release ends one use of e.
func (e *keptFile) release() {
	if e.users.Add(-1) == 0 {
		e.mapping.release()
		unix.Close(e.fd)
	}
}
