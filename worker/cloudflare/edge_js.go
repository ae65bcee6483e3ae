package main

import (
	"bytes"
	"net/http"
	"strings"
	"syscall/js"

	"vitrine/core/handler"
)

// edge stands between syumai/workers and h and mends what gets lost there in
// either direction.
//
// An answer is made whole and handed over as bytes. Streams would cost more
// for embedded files, and syumai/workers ends the program with the first one
// that is over, so that no second request could be answered.
func edge(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mend(r)
		a := &answer{header: make(http.Header)}
		if broken := a.make(h, r); broken || a.status < 200 || a.status > 599 {
			// A status beyond these makes no Response. Nothing has left yet.
			*a = answer{header: make(http.Header), status: http.StatusInternalServerError}
		}
		for name, values := range a.header {
			if name == "Connection" {
				continue // the edge's own business
			}
			for _, v := range values {
				// A string of JavaScript, one character for each byte.
				w.Header().Add(name, handler.Latin1(v))
			}
		}
		w.WriteHeader(a.status)
		w.(rawBodyWriter).WriteRawJSBody(a.body(r.Method))
	})
}

// rawBodyWriter is what syumai/workers' ResponseWriter offers to those who
// have a body of JavaScript at hand.
type rawBodyWriter interface{ WriteRawJSBody(js.Value) }

// mend puts right what syumai/workers 0.31 makes of a Request.
func mend(r *http.Request) {
	// Values are cut at each comma, dates and lists alike.
	for name, pieces := range r.Header {
		if len(pieces) > 1 {
			r.Header[name] = []string{strings.Join(pieces, ",")}
		}
	}
	// There is no Host among the fields of a Request.
	if r.Host == "" {
		r.Host = r.URL.Host
	}
	r.RemoteAddr = r.Header.Get("Cf-Connecting-Ip")
}

// answer keeps an answer until it is whole.
type answer struct {
	header  http.Header
	status  int
	content bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= 200 { // a Response has no interim ones
		a.status = status
	}
}

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.content.Write(p)
}

// make runs h and reports whether the answer broke off. A panic must not end
// the program: others count on it.
func (a *answer) make(h http.Handler, r *http.Request) (broken bool) {
	defer func() { broken = recover() != nil }()
	h.ServeHTTP(a, r)
	return false
}

// body is the content as bytes of JavaScript; null where there must be none.
func (a *answer) body(method string) js.Value {
	if method == http.MethodHead || a.content.Len() == 0 {
		return js.Null()
	}
	b := js.Global().Get("Uint8Array").New(a.content.Len())
	js.CopyBytesToJS(b, a.content.Bytes())
	return b
}
