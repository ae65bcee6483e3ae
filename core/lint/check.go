package lint

import "vitrine/core/trace"

// Check returns the notes on an exchange: bad ones first, then warn, info and
// good. They are bounded in number, and so is the time that they take.
func Check(r *trace.Record) []Note { return CheckIn(r, nil) }

// CheckIn is Check with the records before r in the same log, oldest first:
// some notes are about two exchanges.
func CheckIn(r *trace.Record, earlier []*trace.Record) []Note {
	x := look(r)
	x.own(earlier)
	x.others(earlier)
	return x.sorted()
}

// CheckOwn is CheckIn without the notes that no response of this project's own
// server gives reason for, and without a look at content. A program that logs no
// other server and keeps no content links a sixth less for it.
func CheckOwn(r *trace.Record, earlier []*trace.Record) []Note {
	x := look(r)
	x.own(earlier)
	return x.sorted()
}

// own looks at the request, and at what our server made of it. The order is that
// of notes of the same level.
func (x *exchange) own(earlier []*trace.Record) {
	if !x.r.IsExchange() {
		if arg(x.step(trace.ConnClosed), 1) == trace.WhyIdle {
			x.note(e10)
		}
		return
	}
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
	x.responseLength()
	x.byDesign()
	x.validators()
	x.preconditions()
	x.ranges()
	x.negotiation()
	x.caching()
	x.path()
	x.exposure()
	x.browser()
	x.pipelined(earlier)
	x.lenient()
}

// others looks at what other servers, handlers and scripts can do wrong.
func (x *exchange) others(earlier []*trace.Record) {
	if x.res.fields == nil {
		return
	}
	x.closing()
	x.interim()
	x.framing()
	x.dates()
	x.statusLine()
	x.statusFields()
	x.location()
	x.mediaType()
	x.contentBytes()
	x.coding()
	x.tags()
	x.notModified()
	x.contentRange()
	x.compare(earlier)
}

// sorted are the notes, those that matter most first.
func (x *exchange) sorted() []Note {
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
