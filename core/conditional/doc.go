// Package conditional decides between 200, 206, 304, 412 and 416: validators,
// preconditions in the order of RFC 9110 §13.2.2, and ranges.
//
// The one rule: a decision is a pure function of the request and of what is
// known of the representation, and it comes with the outcome of every field
// that could have decided, so that a log tells the real reasons.
package conditional
