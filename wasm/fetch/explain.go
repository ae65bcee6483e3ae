//go:build js

package fetch

import "vitrine/core/trace"

// explain puts into the record what the browser told beside the fields, and
// that there is more that it did not tell: the fields that it adds after the
// service worker has been asked (Fetch Standard, HTTP-network-or-cache fetch).
func (r *Request) explain(rec *trace.Record, effects []effect) {
	rec.Browser = r.browser()
	rec.Add(trace.Note, trace.Rebuilt, 0, trace.FetchRebuilt)
	rec.Add(trace.Note, trace.Unknown, 0, trace.FetchUnseen)
	for i := range effects {
		rec.Add(trace.Note, trace.Rebuilt, rec.Elapsed, effects[i].code, effects[i].args...)
	}
	for i := range rec.Response.Fields {
		name := rec.Response.Fields[i].Name.Text
		if code := withoutEffect(name); code != "" {
			rec.Add(trace.Note, trace.Rebuilt, rec.Elapsed, code, name)
		}
	}
	rec.Add(trace.Note, trace.Rebuilt, rec.Elapsed, trace.FetchResponse)
}

// effect is what a browser makes of a response, as a step's code and
// arguments.
type effect struct {
	code trace.Code
	args []string
}

// browser is what the Request object says that is in no field.
func (r *Request) browser() (b trace.Browser) {
	for _, f := range [...]struct {
		name string
		to   *string
	}{
		{"mode", &b.Mode}, {"destination", &b.Destination}, {"cache", &b.Cache}, {"redirect", &b.Redirect}, {"referrer", &b.Referrer},
	} {
		if value := r.Object.Get(f.name).String(); value != "about:client" {
			*f.to = value
		}
	}
	b.Client = r.Client
	return b
}
