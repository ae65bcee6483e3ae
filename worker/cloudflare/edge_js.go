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
// A response is made whole and handed over as bytes. Streams would cost more
// for embedded files, and syumai/workers ends the program with the first one
// that is over, so that there could be no second response.
func edge(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mend(r)
		res := &response{header: make(http.Header)}
		if broken := res.make(h, r); broken || res.status < 200 || res.status > 599 {
			// A status beyond these makes no Response. Nothing has left yet.
			*res = response{header: make(http.Header), status: http.StatusInternalServerError}
		}
		for name, values := range res.header {
			if name == "Connection" {
				continue // the edge's own business
			}
			for _, v := range values {
				// A string of JavaScript, one character for each byte.
				w.Header().Add(name, handler.Latin1(v))
			}
		}
		w.WriteHeader(res.status)
		w.(rawBodyWriter).WriteRawJSBody(res.body(r.Method))
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

// response keeps a response until it is whole.
type response struct {
	header  http.Header
	status  int
	content bytes.Buffer
}

func (res *response) Header() http.Header { return res.header }

func (res *response) WriteHeader(status int) {
	if res.status == 0 && status >= 200 { // a Response has no interim ones
		res.status = status
	}
}

func (res *response) Write(p []byte) (int, error) {
	res.WriteHeader(http.StatusOK)
	return res.content.Write(p)
}

// make runs h and reports whether the response broke off. A panic must not end
// the program: others count on it.
func (res *response) make(h http.Handler, r *http.Request) (broken bool) {
	defer func() { broken = recover() != nil }()
	h.ServeHTTP(res, r)
	return false
}

// body is the content as bytes of JavaScript; null where there must be none.
func (res *response) body(method string) js.Value {
	if method == http.MethodHead || res.content.Len() == 0 {
		return js.Null()
	}
	b := js.Global().Get("Uint8Array").New(res.content.Len())
	js.CopyBytesToJS(b, res.content.Bytes())
	return b
}
