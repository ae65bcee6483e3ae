package server

import (
	"io"
	"strconv"
	"sync"
	"time"
)

// DefaultLogBytes is how much a LogQueue holds.
const DefaultLogBytes = 1 << 20

// LogQueue is a writer that never waits: lines are queued and written by a
// goroutine of its own, so a terminal that is stopped, or a pipe that is not
// read, cannot stop the server. What does not fit is dropped, and counted in
// a line as soon as there is room. Make one with NewLogQueue.
type LogQueue struct {
	w     io.Writer
	limit int
	// Dropped makes the line about n dropped lines, its line end included;
	// nil is an English sentence. It is set before the first Write.
	Dropped func(n int64) string
	// Failed is told why a write failed, but not again while writes go on
	// failing; nil drops it. It is set before the first Write.
	Failed func(err error)

	mu      sync.Mutex
	lines   []byte // queued
	dropped int64  // since they were last mentioned
	closed  bool
	awake   bool          // the goroutine was told, and has not yet found nothing left
	wake    chan struct{} // holds one when there is something to do
	end     chan struct{} // closed by Close
	over    chan struct{} // closed when the goroutine ended
}

// flushDelay is how long lines are gathered before they are written. Waking
// the goroutine for each costs more than a small response.
const flushDelay = 2 * time.Millisecond

// NewLogQueue returns a queue of at most limit bytes before w; zero means
// DefaultLogBytes.
func NewLogQueue(w io.Writer, limit int) *LogQueue {
	if limit <= 0 {
		limit = DefaultLogBytes
	}
	q := &LogQueue{w: w, limit: limit, wake: make(chan struct{}, 1), end: make(chan struct{}), over: make(chan struct{})}
	go q.run()
	return q
}

// Write queues one or more whole lines. It never fails.
func (q *LogQueue) Write(p []byte) (int, error) {
	q.mu.Lock()
	if q.closed || len(q.lines)+len(p) > q.limit {
		q.dropped++
	} else {
		q.lines = append(q.lines, p...)
	}
	first := !q.awake
	q.awake = true
	q.mu.Unlock()
	if first {
		q.signal()
	}
	return len(p), nil
}

func (q *LogQueue) signal() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// Close writes what is queued and ends the queue. It waits no longer than
// timeout; true says that everything was written.
func (q *LogQueue) Close(timeout time.Duration) bool {
	q.mu.Lock()
	if !q.closed {
		q.closed = true
		close(q.end)
	}
	q.mu.Unlock()
	q.signal()
	select {
	case <-q.over:
		return true
	case <-time.After(timeout):
		return false
	}
}

func (q *LogQueue) run() {
	defer close(q.over)
	var writing []byte
	failing := false
	for range q.wake {
		select {
		case <-time.After(flushDelay):
		case <-q.end:
		}
		for {
			q.mu.Lock()
			writing, q.lines = q.lines, writing[:0]
			dropped, closed := q.dropped, q.closed
			q.dropped = 0
			q.awake = len(writing) > 0 || dropped > 0
			q.mu.Unlock()
			if dropped > 0 {
				writing = append(writing, q.droppedLine(dropped)...)
			}
			if len(writing) == 0 {
				if closed {
					return
				}
				break
			}
			_, err := q.w.Write(writing)
			if err != nil && !failing && q.Failed != nil {
				q.Failed(err)
			}
			failing = err != nil
		}
	}
}

func (q *LogQueue) droppedLine(n int64) string {
	if q.Dropped != nil {
		return q.Dropped(n)
	}
	return strconv.FormatInt(n, 10) + " log lines were dropped here: they could not be written as fast as they came\n"
}
