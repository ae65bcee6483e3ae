package http1

import "strconv"

// Error is a fault of the peer. After it the connection is over: a [Server]
// responds with Status, then closes; for a [Client] Status is 502, what a
// gateway would tell its own client.
type Error struct {
	Fault   Fault
	Status  int    // status code of the response
	Section string // where it is forbidden, "RFC 9112 §6.3"
	Offset  int    // of the first offending byte, from the first byte of the message and of the empty lines before it
	Text    string // the word, value or line that holds it, as received; empty if too long or not complete
	Limit   int    // the bound that was passed; 0 if none was
}

func (e *Error) Error() string {
	return e.Fault.String() + " at byte " + strconv.Itoa(e.Offset) + " (" + e.Section + ")"
}

// UsageError is a mistake of the caller, such as content after the end of a
// message: a bug, never a response to the peer.
type UsageError string

func (e UsageError) Error() string { return "http1: " + string(e) }
