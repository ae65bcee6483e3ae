//go:build js

package fetch

import (
	"strings"

	"vitrine/core/trace"
)

// What every record says of a rebuilt request, once: the fields that the
// browser adds after the service worker has been asked (Fetch Standard,
// HTTP-network-or-cache fetch).
const (
	unseenFields = "not visible to a service worker: Cookie, Authorization, User-Agent, Accept-Encoding, Referer, Origin, Sec-Fetch-*, Cache-Control and If-* of the browser's cache, Connection"
	rebuiltHead  = "rebuilt from a Request object: the version, Host, and the order and spelling of the fields"
	noConnection = "no connection exists: the answer becomes a Response object, framing fields have no effect"
)

// explain puts into the record what the browser told beside the fields, and
// what it did not.
func (r *Request) explain(rec *trace.Record, notes []string) {
	rec.Add(trace.Note, trace.Rebuilt, 0, rebuiltHead)
	rec.Add(trace.Note, trace.Unknown, 0, unseenFields)
	rec.Add(trace.Note, trace.Rebuilt, 0, r.facts())
	for _, text := range notes {
		rec.Add(trace.Note, trace.Rebuilt, rec.Elapsed, text)
	}
	rec.Add(trace.Note, trace.Rebuilt, rec.Elapsed, noConnection)
}

// facts are what the Request object says that is in no field.
func (r *Request) facts() string {
	var b strings.Builder
	b.WriteString("browser:")
	for _, name := range [...]string{"mode", "destination", "cache", "redirect", "referrer"} {
		if value := r.Object.Get(name).String(); value != "" && value != "about:client" {
			b.WriteByte(' ')
			b.WriteString(name)
			b.WriteByte(' ')
			b.WriteString(value)
			b.WriteByte(',')
		}
	}
	return strings.TrimSuffix(b.String(), ",")
}
