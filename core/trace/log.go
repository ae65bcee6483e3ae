package trace

import (
	"slices"
	"sort"
	"sync"
)

// Defaults of a Log.
const (
	DefaultRecords = 2000
	DefaultBytes   = 64 << 20
	DefaultContent = 4 << 10
)

// Log keeps the newest records and says what it dropped. The zero value is
// ready; its methods may be called from any goroutine.
type Log struct {
	// MaxRecords and MaxBytes bound what is kept; zero means the defaults,
	// 2000 records and 64 MiB. The oldest record of the site that takes the
	// most room goes first, so that no site pushes out the records of others.
	MaxRecords, MaxBytes int
	// ContentLimit is how many bytes of content each direction keeps; zero means
	// 4096, negative none.
	ContentLimit int
	// Watch, if set before the first record, is called with each record when
	// its exchange is over, one call at a time and in the order of the log.
	Watch func(*Record)

	mu      sync.Mutex
	records []*Record      // in the order of their IDs
	bytes   int            // of all records
	sites   map[string]int // of the records of each site
	dropped int64
	last    int64
	conns   int64
}

// Limit is ContentLimit with its default.
func (l *Log) Limit() int {
	switch {
	case l.ContentLimit == 0:
		return DefaultContent
	case l.ContentLimit < 0:
		return 0
	}
	return l.ContentLimit
}

// Append numbers r, keeps it and shows it to Watch. The caller must not
// change r any more.
func (l *Log) Append(r *Record) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last++
	r.ID = l.last
	l.records = append(l.records, r)
	l.count(r, r.bytes())
	maxRecords, maxBytes := l.MaxRecords, l.MaxBytes
	if maxRecords <= 0 {
		maxRecords = DefaultRecords
	}
	if maxBytes <= 0 {
		maxBytes = DefaultBytes
	}
	for len(l.records) > maxRecords || l.bytes > maxBytes && len(l.records) > 1 {
		l.drop()
	}
	if l.Watch != nil {
		l.Watch(r)
	}
}

// count adds n bytes to what the site of r takes.
func (l *Log) count(r *Record, n int) {
	if l.sites == nil {
		l.sites = make(map[string]int)
	}
	l.bytes += n
	if l.sites[r.Site] += n; l.sites[r.Site] <= 0 {
		delete(l.sites, r.Site)
	}
}

// drop removes the oldest record of the site that takes the most room.
func (l *Log) drop() {
	i := 0
	if len(l.sites) > 1 {
		site, most := "", -1
		for s, n := range l.sites {
			if n > most || n == most && s < site {
				site, most = s, n
			}
		}
		i = slices.IndexFunc(l.records, func(r *Record) bool { return r.Site == site })
	}
	r := l.records[i]
	l.count(r, -r.bytes())
	if i == 0 {
		l.records[0] = nil
		l.records = l.records[1:]
	} else {
		l.records = slices.Delete(l.records, i, i+1)
	}
	l.dropped++
}

// Records returns what is kept, oldest first, and how many records were
// dropped.
func (l *Log) Records() (kept []*Record, dropped int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]*Record(nil), l.records...), l.dropped
}

// Record is the record of that ID, nil if it is not kept any more.
func (l *Log) Record(id int64) *Record {
	l.mu.Lock()
	defer l.mu.Unlock()
	if i := l.from(id); i < len(l.records) && l.records[i].ID == id {
		return l.records[i]
	}
	return nil
}

// from is where the records from id on begin. (slices.BinarySearchFunc would
// link each method of each field of a record: 11 kB of the page's program.)
func (l *Log) from(id int64) int {
	return sort.Search(len(l.records), func(i int) bool { return l.records[i].ID >= id })
}

// Forget forgets the records through an ID. They do not count as dropped.
func (l *Log) Forget(through int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := l.from(through + 1)
	for _, r := range l.records[:n] {
		l.count(r, -r.bytes())
	}
	l.records = append([]*Record(nil), l.records[n:]...)
}

// Clear forgets all records. They count as dropped no more than before.
func (l *Log) Clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.records, l.bytes, l.sites = nil, 0, nil
}
