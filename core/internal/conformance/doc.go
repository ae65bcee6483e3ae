// Package conformance holds the tests of the whole server, those that belong
// to no single room: one corpus of requests with the same responses from every way into
// the core, a comparison with Python's http.server on the same bytes, attacks
// on the framing over a socket, and the table of Python and Go names.
//
// The one rule: there is one golden file of responses, testdata/responses.txt.
// Whatever serves the corpus is compared with that file and never with
// another door, so that equality of two doors follows from it. "go test
// -update" rewrites it from the session in memory, and a person reads the
// difference.
//
// The package is data and the means to read it: [Cases] are the requests,
// [Tree] is what is served, [Fetches] is the part of both that a browser's
// fetch can express, written to testdata/fetch.json for the test in the
// browser.
package conformance
