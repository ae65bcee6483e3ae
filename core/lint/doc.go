// Package lint is notes on exchanges: what a request or a response does
// against the rules, or what there is to know about it, with the bytes that it
// is about and the section that says so.
//
// The one rule: a note is about what really passed. Those that need the bytes
// of the wire are silent on what was rebuilt, redacted or is unknown. A fault
// of a message and what this server made of it are two notes: see [Part].
//
// [Check] looks at one record, [CheckIn] also at those before it, [CheckOwn] at
// what this project's own server can give reason for. Nothing is
// parsed a second time: notes come of the parts, steps and codes of package
// trace. What a person reads is a table of its own ([Sentences]), which package
// english has, so that a program need not carry it.
package lint
