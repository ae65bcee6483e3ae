package handler

import (
	"errors"

	"vitrine/core/http1"
)

// Discarder is content of a request that can be read to its end and discarded
// before the response, within the bounds of its connection. Discard does
// nothing when a part of the content has been read before. Its error is why the
// content ended early, an *http1.Error for a fault of the client; nil if there
// is none as far as it read.
type Discarder interface{ Discard() error }

// checkContent looks for a fault in the chunks of a GET or HEAD whose method
// responds without having read them. Content has no meaning there (RFC 9110
// §9.3.1), but the client of a malformed message must not be told that it
// succeeded (RFC 9112 §7.1).
//
// Differs from http.server (K-8), which does not read them.
func (x *Exchange) checkContent() {
	if x.contentChecked || x.ContentLength != http1.Chunked || x.Command != "GET" && x.Command != "HEAD" {
		return
	}
	x.contentChecked = true
	if !x.continued && x.Headers.Has("Expect") {
		return // the client may wait for the response before it sends content
	}
	if c, ok := x.Content.(Discarder); ok {
		x.fault, _ = errors.AsType[*http1.Error](c.Discard())
	}
}

// refuse sends the response to the fault that checkContent found, instead of
// the one that has begun.
func (x *Exchange) refuse() error {
	fault := x.fault
	x.fault, x.err = nil, nil
	x.res.Fields = x.res.Fields[:0]
	err := x.SendFault(fault)
	x.refused = err == nil
	return err
}
