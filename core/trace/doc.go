// Package trace is what went over a connection, as a value: a [Record] for
// each exchange, kept in a bounded [Log], written and read as a transcript.
//
// The one rule: the trace never says more than is known. Every [Span] carries
// the [Provenance] of its bytes, and what was not kept is counted, not
// guessed. What is handed on is made safe by [Redact] first. The log on the page, serve --trace, test fixtures and the README
// share one grammar of transcripts:
//
//	# note
//	> bytes in      >rebuilt bytes in that were made from something else
//	< bytes out     <unknown what nobody can see     <redacted bytes without credentials
//	= event
//	! fault
//
// Bytes are escaped so that a bare CR is visible: \r \n \t \\ and \xNN.
package trace
