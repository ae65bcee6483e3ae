// Package status knows the status codes of HTTP: their reason phrases and one
// sentence that explains each, as http.server's table of responses does.
//
// The one rule: a code is a plain int, any three-digit number may be sent, and
// a code that is not in the table has no phrase, which is no error (RFC 9110
// §15: treat it as the x00 of its class).
//
// The table is laid out by class and indexed directly. It is constant data:
// nothing is built when the program starts.
package status

// Response is a row of the table.
type Response struct {
	Phrase  string // reason phrase, as registered with IANA
	Explain string // one sentence without the full stop at its end
}

// Lookup returns the row for code. An unknown code gives the zero Response
// and false.
func Lookup(code int) (r Response, ok bool) {
	class, nn := code/100, code%100
	if code < 0 || class >= len(responses) || nn >= len(responses[class]) {
		return Response{}, false
	}
	r = responses[class][nn]
	return r, r.Phrase != ""
}

// Known reports whether code is in the table.
func Known(code int) bool {
	_, ok := Lookup(code)
	return ok
}

// Phrase returns the reason phrase for code, "" if it is unknown.
func Phrase(code int) string {
	r, _ := Lookup(code)
	return r.Phrase
}

// Explain returns the sentence that explains code, "" if it is unknown.
func Explain(code int) string {
	r, _ := Lookup(code)
	return r.Explain
}

// NoContent reports whether a response with this code never has content
// (RFC 9110 §6.4.1), nor the fields that describe it: 1xx, 204, 205, 304.
func NoContent(code int) bool {
	return code < 200 || code == 204 || code == 205 || code == 304
}
