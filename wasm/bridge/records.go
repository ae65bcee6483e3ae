//go:build js

package bridge

import (
	"errors"
	"syscall/js"
	"time"

	"vitrine/wasm/contract"
	"vitrine/wasm/remotefs"
)

// Records are read when no more of them come: a site that is loading makes many,
// and its files come first.
const (
	recordPause = 50 * time.Millisecond // without another message
	maxPause    = time.Second           // that they wait at most
	maxWaiting  = 2000                  // messages, past which they do not wait
	readAtOnce  = 16                    // messages, before the browser has its turn
)

// unread is a message with records.
type unread struct {
	s    *bridge
	data js.Value
	own  *lasting // of the port that it came over
}

// hasRecords reports whether a message is one that can wait.
func hasRecords(data js.Value) bool {
	kind := remotefs.Text(data, contract.FieldType)
	return kind == contract.Record || kind == contract.Repeats
}

// readLater has a message read in the next pause.
func (b *Bridges) readLater(u unread) {
	b.unread = append(b.unread, u)
	if b.reading {
		return
	}
	b.reading = true
	go func() {
		for len(b.unread) > 0 {
			b.waitForPause()
			for n := len(b.unread); n > 0; n-- {
				u := b.unread[0]
				b.unread = b.unread[1:]
				b.readRecords(u)
				if n%readAtOnce == 0 {
					time.Sleep(time.Millisecond)
				}
			}
		}
		b.unread, b.reading = nil, false
	}()
}

// HasUnread reports whether there are records that the page was not told of yet.
func (b *Bridges) HasUnread() bool { return b.reading }

func (b *Bridges) waitForPause() {
	for start := time.Now(); time.Since(start) < maxPause; {
		before := len(b.unread)
		time.Sleep(recordPause)
		if len(b.unread) == before || before >= maxWaiting {
			return
		}
	}
}

// readRecords reads the records of a message and reports them.
func (b *Bridges) readRecords(u unread) {
	defer remotefs.Guard()
	s := u.s
	m, err := remotefs.DecodeFromWorker(u.data)
	if _, ok := errors.AsType[*remotefs.VersionError](err); ok {
		b.otherVersion(s)
		return
	}
	switch m := m.(type) {
	case remotefs.Record:
		rebuilt(m.Record)
		if m.Serial > 0 {
			s.lasting(m.Serial, u.own).add(m.Serial, m.Record)
		}
		b.page.Record(s.site, m.Record, m.Lost)
	case remotefs.Repeats:
		if !s.opened || b.spends(s, len(m)/repeatsOfMessage) {
			return // it flooded the page
		}
		for i := range m {
			if of := s.lasting(m[i].Serial, u.own).records[m[i].Serial]; of != nil {
				b.page.Record(s.site, m[i].Record(of), 0)
			} else {
				b.page.Lost(s.site) // the worker was stopped before it could send the record
			}
		}
	}
}

// repeatsOfMessage is how many repeated exchanges cost the page as much as a
// message.
const repeatsOfMessage = 4
