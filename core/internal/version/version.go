// Package version holds the one place where Vitrine's version is written.
package version

// Number is the version of this program, as in the Server field.
const Number = "0.1.0"

// Server is the value of the Server field (RFC 9110 §10.2.4).
const Server = "Vitrine/" + Number
