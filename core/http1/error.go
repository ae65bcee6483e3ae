package http1

import "strconv"

// Error is a fault of the peer. After it the connection is over: answer with
// Status if the role is [Server], then close.
type Error struct {
	Fault   Fault
	Status  int    // status code of the answer
	Section string // where it is forbidden, "RFC 9112 §6.3"
	Offset  int    // of the offending part, in bytes from the first byte of the message
	Text    string // the offending part as received, at most one line
}

func (e *Error) Error() string {
	return e.Fault.String() + " at byte " + strconv.Itoa(e.Offset) + " (" + e.Section + ")"
}

// UsageError is a mistake of the caller, such as content after the end of a
// message: a bug, never an answer to the peer.
type UsageError string

func (e UsageError) Error() string { return "http1: " + string(e) }
