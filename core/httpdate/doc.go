// Package httpdate writes and reads the dates of HTTP: IMF-fixdate and its two
// older forms, strictly (RFC 9110 §5.6.7), the lenient dates of e-mail that
// http.server takes in If-Modified-Since, and the date of a log line.
//
// The one rule: the clock of a date is UTC, that of a log line is local.
package httpdate
