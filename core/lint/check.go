package lint

import (
	"slices"

	"vitrine/core/trace"
)

// Check returns the notes on an exchange: bad ones first, then warn, info and
// good. They are bounded in number, and so is the time that they take.
func Check(r *trace.Record) []Note { return CheckIn(r, nil) }

// CheckIn is Check with the records before r in the same log, oldest first:
// some notes are about two exchanges.
func CheckIn(r *trace.Record, earlier []*trace.Record) []Note {
	x := look(r)
	if !r.IsExchange() {
		x.idle()
		return x.notes
	}
	for _, rule := range rules {
		rule(x)
	}
	x.pairs(earlier)
	x.lenient()
	slices.SortStableFunc(x.notes, func(a, b Note) int { return int(b.Level) - int(a.Level) })
	return x.notes
}

// rules look at one exchange each. Their order is that of notes of the same
// level.
var rules = [...]func(*exchange){
	(*exchange).lineEnds, (*exchange).unfinished, (*exchange).requestLine, (*exchange).version, (*exchange).target, (*exchange).absolute,
	(*exchange).fieldFaults, (*exchange).fieldLines, (*exchange).fieldLists, (*exchange).connectionFields,
	(*exchange).host,
	(*exchange).requestLength, (*exchange).transferCoding, (*exchange).chunks, (*exchange).requestContent, (*exchange).responseLength, (*exchange).noContent,
	(*exchange).connection, (*exchange).upgrade, (*exchange).expect,
	(*exchange).dates, (*exchange).statusLine, (*exchange).statusFields, (*exchange).redirect,
	(*exchange).mediaType, (*exchange).contentBytes, (*exchange).coding, (*exchange).negotiation,
	(*exchange).validators, (*exchange).notModified, (*exchange).preconditions, (*exchange).ranges, (*exchange).contentRange,
	(*exchange).cacheControl, (*exchange).storing, (*exchange).freshness,
	(*exchange).path, (*exchange).exposure,
	(*exchange).browser,
}
