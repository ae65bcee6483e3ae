package handler

import (
	"errors"

	"vitrine/core/http1"
)

// Discarder is content of a request that can be read to its end and dropped
// before the response, within the bounds of its connection. Discard does
// nothing once somebody has read of the content. Its error is the fault that
// was met, an *http1.Error; nil if there is none as far as it read.
type Discarder interface{ Discard() error }

// checkContent looks for a fault in the chunks of a GET or HEAD whose method
// is about to respond without having read them. Content means nothing there
// (RFC 9110 §9.3.1), but a client whose message is broken must not hear that
// it succeeded, and what is behind broken chunks is unknown.
//
// Differs from http.server (K-8), which never looks at them.
func (x *Exchange) checkContent() {
	if x.contentChecked || x.Request.Length != http1.Chunked || x.Command != "GET" && x.Command != "HEAD" {
		return
	}
	x.contentChecked = true
	if !x.continued && x.Headers.Has("Expect") {
		return // the client may wait for the response before it sends content
	}
	if c, ok := x.Content.(Discarder); ok {
		errors.As(c.Discard(), &x.fault)
	}
}

// refuse sends the response to the fault that checkContent found, in place of
// the one that was begun.
func (x *Exchange) refuse() error {
	fault := x.fault
	x.fault, x.err = nil, nil
	x.res.Fields = x.res.Fields[:0]
	err := x.SendFault(fault)
	x.refused = err == nil
	return err
}
