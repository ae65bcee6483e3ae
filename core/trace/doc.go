// Package trace is what went over a connection, as values: a [Record] for each
// exchange, which holds its parsed header sections and a [Step] for whatever
// happened, kept in a bounded [Log]. A [Connection] sees to it that its opening
// and its end, with who closed it and why, are in exactly one record each.
//
// The one rule: the trace never says more than is known. Every Step carries
// the [Provenance] of its bytes, and what was not kept is counted, not
// guessed. What is handed on is made safe by [Redact] first.
//
// A step has a [Code] and arguments, no sentence: package words has those. A
// record is written as a transcript or as JSON, and reads back from either. The
// log on the page, serve --trace, test fixtures and the README share one
// grammar of transcripts:
//
//	# note
//	> bytes in      >rebuilt bytes in that were made from something else
//	< bytes out     <unknown what cannot be seen     <redacted bytes without credentials
//	= event
//	! fault
//
// Bytes are escaped so that a bare CR is visible: \r \n \t \\ and \xNN.
package trace
