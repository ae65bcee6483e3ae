package site

import (
	"strconv"
	"sync/atomic"
	"time"

	"vitrine/core/conditional"
	"vitrine/core/httpdate"
)

// lines are the values of the field lines that follow from a file's size and
// time. A file asked for again costs no memory to describe.
type lines struct {
	size    int64
	modTime time.Time
	rest    bool // the file had been left alone: its entity tag is strong

	length, lastModified, etag string
}

// lineCache remembers lines by size and time, never by name: the file is
// looked at for every request, so nothing stale can come from here.
type lineCache [64]atomic.Pointer[lines]

func (c *lineCache) get(size int64, modTime, now time.Time) *lines {
	rest := conditional.Stable(modTime, now)
	hash := uint64(modTime.Unix()) ^ uint64(modTime.Nanosecond())<<20 ^ uint64(size)<<40 ^ uint64(size)
	slot := &c[hash*0x9e3779b97f4a7c15>>58]
	if l := slot.Load(); l != nil && l.size == size && l.rest == rest && l.modTime.Equal(modTime) {
		return l
	}
	l := &lines{
		size: size, modTime: modTime, rest: rest,
		length: strconv.FormatInt(size, 10),
		etag:   conditional.EntityTag(size, modTime, now),
	}
	if isDateable(modTime) {
		l.lastModified = httpdate.Format(modTime)
	}
	slot.Store(l)
	return l
}

// isDateable reports whether an HTTP-date can say t: years of four digits
// (CVE-2020-25691: a file with a huge time).
func isDateable(t time.Time) bool {
	if t.IsZero() {
		return false
	}
	year := t.UTC().Year()
	return year >= 1 && year <= 9999
}
