package lint

import "vitrine/core/trace"

// Check returns the notes on an exchange: bad ones first, then warn, info and
// good. They are bounded in number, and so is the time that they take.
func Check(r *trace.Record) []Note { return CheckIn(r, nil) }

// CheckIn is Check with the records before r in the same log, oldest first:
// some notes are about two exchanges.
func CheckIn(r *trace.Record, earlier []*trace.Record) []Note { return nil }

// Ref is where it is written what a note is about, "RFC 9112 §2.2"; "" for an
// id that is not in the catalogue.
func Ref(id string) string { return "" }

// Standing reports whether the note is about the server, the connection or the
// browser rather than about one exchange: a list of exchanges says it once.
func Standing(id string) bool { return false }
