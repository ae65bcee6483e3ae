//go:build js

package fetch

import (
	"errors"
	"strings"
	"syscall/js"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/session"
	"vitrine/core/trace"
)

// Result is what became of a fetch.
type Result struct {
	Response js.Value
	// Record waits until the exchange is over and returns its record: at
	// once, unless the content is a stream.
	Record func() *trace.Record
	// Content is the content as it went into Response: a Blob, an Uint8Array or
	// null; undefined if it is a stream, which only Response has.
	Content js.Value
	// File is the file that all of the content is from, and Body the content,
	// if this response to a GET depends on nothing but the request without its
	// query, and on that file; else both are undefined.
	File, Body js.Value
}

// Prepare reads what the request carries. It is called once, before Serve.
func (r *Request) Prepare() error { return r.readContent() }

// Serve serves a request with h and makes a Response of what it sends. Where a
// session gives none, for whatever reason, the Response is one with 500: the
// error is only for a browser that refuses even that.
func (r *Request) Serve(h handler.Handler, config session.Config) (Result, error) {
	if r.long {
		h = &refusal{h, 413}
	}
	a, problem := r.serve(h, config)
	if problem == nil {
		return a, nil
	}
	a, err := r.serve(&refusal{h, 500}, config)
	if err != nil {
		return a, err
	}
	record := a.Record
	a.Record = func() *trace.Record {
		rec := record()
		e := effectOf(problem)
		rec.Add(trace.Fault, trace.Rebuilt, rec.Elapsed, e.code, e.args...)
		return rec
	}
	return a, nil
}

// refusal is a handler that responds to every request with the error page of
// another one.
type refusal struct {
	of   handler.Handler
	code int
}

func (r *refusal) ServeExchange(x *handler.Exchange) error { return x.SendError(r.code, "", "") }
func (r *refusal) BaseHandler() *handler.Base              { return handler.BaseOf(r.of) }

// serve runs one session over the request.
func (r *Request) serve(h handler.Handler, config session.Config) (Result, error) {
	head := r.head()
	t, err := newTransport(head, r.content)
	if err != nil {
		return Result{}, err
	}
	t.signal = r.Object.Get("signal")
	var rec *trace.Record
	config.Handler = h
	config.Source = trace.Rebuilt
	config.Log = &trace.Log{MaxRecords: 1, Watch: func(r *trace.Record) { rec = r }}
	done := make(chan error, 1)
	go func() {
		var err error
		defer func() {
			if p := recover(); p != nil {
				err = errors.New("panic: " + handler.PanicText(p))
			}
			if e := t.end(); err == nil {
				err = e
			}
			done <- err
			t.markReady()
		}()
		session.Serve(t, &config, handler.Address{})
	}()
	<-t.ready
	if t.stream == nil {
		if err := <-done; err != nil && !t.whole() {
			return Result{}, err
		}
		if !t.whole() {
			return Result{}, &noResponse{effect{code: trace.FetchIncomplete}}
		}
	}
	response, content, effects, ok := t.response(r.Prefix)
	if !ok {
		return Result{}, &noResponse{effects[len(effects)-1]}
	}
	file, body := t.slice()
	if !r.isPlainGET(head) {
		file, body = js.Undefined(), js.Undefined()
	}
	return Result{Response: response, Content: content, File: file, Body: body, Record: func() *trace.Record {
		if t.stream != nil {
			<-done
		}
		if rec == nil {
			rec = &trace.Record{Source: trace.Rebuilt}
			rec.Request.Method.Text, rec.Request.Target.Text = r.method, r.Target
		}
		r.explain(rec, effects)
		return rec
	}}, nil
}

// isPlainGET reports whether a request is a GET without conditions. One with a
// Range is.
func (r *Request) isPlainGET(head *http1.Request) bool {
	if r.method != "GET" {
		return false
	}
	for i := range head.Fields {
		if strings.HasPrefix(head.Fields[i].Name, "if-") {
			return false
		}
	}
	return true
}

// noResponse is why a session gave no Response object.
type noResponse struct{ effect }

func (e *noResponse) Error() string { return string(e.code) }

// effectOf tells of an error of serve.
func effectOf(err error) effect {
	if none, ok := errors.AsType[*noResponse](err); ok {
		return none.effect
	}
	return effect{trace.FetchFailed, []string{err.Error()}}
}
