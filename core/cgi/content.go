package cgi

import (
	"errors"
	"io"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// firstSize is how much content of a request is waited for before its script
// is started, in bytes, unless all of it is less.
//
// A client that holds back the content of its request holds a connection, of
// which there are many, and not one of the MaxScripts slots. Content is not
// gathered whole, which would take MaxContent bytes for each connection; what
// comes behind the first part has to come in ContentTimeout.
const firstSize = 64 << 10

// requestContent is content of a request for a script that is here already.
type requestContent struct {
	first []byte
	whole bool // there is no more
}

// firstContent waits for the first part of the content.
func (h *Handler) firstContent(x *handler.Exchange) (requestContent, error) {
	if x.ContentLength == 0 {
		return requestContent{whole: true}, nil
	}
	// The memory grows with what comes, not with what is announced.
	first := make([]byte, 0, 4<<10)
	for {
		n, err := x.Content.Read(first[len(first):cap(first)])
		first = first[:len(first)+n]
		switch {
		case int64(len(first)) > bound(h.MaxContent, DefaultMaxContent):
			return requestContent{}, errMoreIn
		case err == io.EOF:
			return requestContent{first, true}, nil
		case err != nil:
			return requestContent{}, err
		case len(first) == firstSize:
			return requestContent{first, false}, nil
		case len(first) == cap(first):
			first = append(make([]byte, 0, min(4*cap(first), firstSize)), first...)
		}
	}
}

// refuseContent is the response when content cannot be had and no script runs
// yet.
func (h *Handler) refuseContent(x *handler.Exchange, err error) error {
	var fault *http1.Error
	if errors.As(err, &fault) {
		return x.SendFault(fault)
	}
	x.Step(trace.CGIContent)
	if code := contentStatus(err); code != 0 {
		return x.SendError(code, "", "")
	}
	return err
}

// contentStatus is the status code for content that cannot be had, 0 if the
// client is gone.
func contentStatus(err error) int {
	var slow interface{ Timeout() bool }
	switch {
	case errors.Is(err, errMoreIn):
		return 413
	case errors.Is(err, errSlowContent), errors.As(err, &slow) && slow.Timeout():
		return 408
	}
	return 0
}
