//go:build js

package fetch

import "vitrine/core/trace"

// explain puts into the record what the browser told beside the fields, and
// that there is more that it did not tell: the fields that it adds after the
// service worker has been asked (Fetch Standard, HTTP-network-or-cache fetch).
func (r *Request) explain(rec *trace.Record, effects []effect) {
	rec.Browser = r.browser()
	r.addUnread(rec)
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

// addUnread puts into the record what the server did not read of the request's
// content. On a connection it would be thrown away; here it is at hand.
func (r *Request) addUnread(rec *trace.Record) {
	read := int64(0)
	for i := range rec.Steps {
		if s := &rec.Steps[i]; s.Kind == trace.In && s.Code == trace.Content {
			read += s.Len
		}
	}
	if read >= int64(len(r.content)) {
		return
	}
	rest := r.content[read:]
	rec.AddBytes(trace.In, trace.Rebuilt, rec.Elapsed, trace.Unread, string(rest[:min(len(rest), trace.DefaultContent)]))
	if s := &rec.Steps[len(rec.Steps)-1]; s.Len < int64(len(rest)) {
		rec.Omitted += int64(len(rest)) - s.Len
		s.Len = int64(len(rest))
	}
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
