//go:build js

package bridge

import (
	"vitrine/core/trace"
	"vitrine/wasm/contract"
)

// lasting are records of responses that may be given again: a repeated exchange
// names the one that it is a copy of.
type lasting struct {
	records map[int64]*trace.Record // by serial
	serials []int64                 // the oldest first
}

// lasting are those that a serial belongs to; own are those of the port that it
// came over.
func (s *bridge) lasting(serial int64, own *lasting) *lasting {
	if serial >= contract.FirstShared {
		return &s.shared
	}
	return own
}

// add keeps a record as long as the response is kept.
func (l *lasting) add(serial int64, r *trace.Record) {
	if l.records == nil {
		l.records = make(map[int64]*trace.Record)
	}
	if len(l.serials) == contract.MaxKept {
		delete(l.records, l.serials[0])
		l.serials = l.serials[1:]
	}
	l.records[serial] = r
	l.serials = append(l.serials, serial)
}
