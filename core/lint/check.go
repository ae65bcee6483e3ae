package lint

import "vitrine/core/trace"

// Check returns the notes on an exchange: bad ones first, then warn, info and
// good. They are bounded in number, and so is the time that they take.
func Check(r *trace.Record) []Note { return CheckIn(r, nil) }

// CheckIn is Check with the records before r in the same log, oldest first:
// some notes are about two exchanges.
func CheckIn(r *trace.Record, earlier []*trace.Record) []Note {
	x := look(r)
	if r.IsExchange() {
		x.check(earlier)
	} else if arg(x.step(trace.ConnClosed), 1) == trace.WhyIdle {
		x.note(e10)
	}
	sorted := make([]Note, 0, len(x.notes))
	for level := Bad; ; level-- {
		for i := range x.notes {
			if x.notes[i].Level == level {
				sorted = append(sorted, x.notes[i])
			}
		}
		if level == Good {
			return sorted
		}
	}
}

// check looks at one thing after the other. Their order is that of notes of the
// same level.
func (x *exchange) check(earlier []*trace.Record) {
	x.refused()
	x.lineEnds()
	x.requestLine()
	x.target()
	x.fields(&x.req)
	x.fields(&x.res)
	x.host()
	x.requestContent()
	x.connection()
	x.upgrade()
	x.expect()
	if x.res.fields != nil {
		x.responseLength()
		x.dates()
		x.statusLine()
		x.statusFields()
		x.location()
		x.mediaType()
		x.contentBytes()
		x.coding()
		x.validators()
		x.notModified()
		x.contentRange()
		x.storing()
		x.freshness()
	}
	x.negotiation()
	x.preconditions()
	x.ranges()
	x.directives(&x.req)
	x.directives(&x.res)
	x.path()
	x.exposure()
	x.browser()
	x.pairs(earlier)
	x.lenient()
}
