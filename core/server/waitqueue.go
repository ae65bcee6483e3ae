package server

import (
	"cmp"
	"slices"
	"time"
)

// waitQueue finds the connection of a list that has waited longest for a
// request. It is sorted once for many takes: a connection that begins to wait
// afterwards has waited less than all in the queue.
type waitQueue struct {
	list []waiter // the longest first
	buf  []waiter // all of list's memory
}

type waiter struct {
	conn  *conn
	since time.Duration // as it was when the queue was sorted
}

// take retires the connection that has waited longest, and at least that long,
// and returns it to be closed; nil if there is none.
func (q *waitQueue) take(conns *connList, now, least time.Duration) *conn {
	for sorted := false; ; sorted = true {
		for len(q.list) > 0 {
			w := q.list[0]
			if now-w.since < least {
				return nil // and the others have waited less
			}
			q.list[0] = waiter{}
			q.list = q.list[1:]
			if w.conn.waitingSince() == w.since && w.conn.evict(now) {
				return w.conn
			}
		}
		if sorted {
			return nil
		}
		q.sort(conns)
	}
}

func (q *waitQueue) sort(conns *connList) {
	q.buf = q.buf[:0]
	for l := conns.first; l != nil; l = l.next {
		if s := l.conn.state.Load(); s != busy && s != retired && s != evicted {
			q.buf = append(q.buf, waiter{l.conn, l.conn.waitingSince()})
		}
	}
	slices.SortFunc(q.buf, func(a, b waiter) int { return cmp.Compare(a.since, b.since) })
	q.list = q.buf
}
