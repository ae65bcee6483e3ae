package copyas

import (
	"vitrine/core/trace"
)

// Format is a way to write a request down.
type Format struct {
	ID   string // for Append
	Name string // what a person calls it
}

// IDs of formats.
const (
	Raw      = "raw"
	Curl     = "curl"
	Fetch    = "fetch"
	Python   = "python"
	NC       = "nc"
	Markdown = "markdown"
)

// Formats are all formats, in the order of a menu.
func Formats() []Format {
	return []Format{
		{Raw, "raw bytes"}, {Curl, "cURL"}, {Fetch, "fetch()"},
		{Python, "Python socket"}, {NC, "printf | nc"}, {Markdown, "Markdown"},
	}
}

// Append appends r in the format of an ID, without credentials (see
// [trace.Redact]). base is the URL of a server that the request can be sent to,
// of which scheme, host and port count; "" is a serve on this machine. An ID
// that is not known appends nothing.
func Append(dst []byte, id string, r *trace.Record, base string) []byte {
	return appendCopy(dst, id, r, trace.Redact(r), base)
}

// AppendWithCredentials is Append with the credentials that r has.
func AppendWithCredentials(dst []byte, id string, r *trace.Record, base string) []byte {
	return appendCopy(dst, id, r, r, base)
}

// appendCopy writes shown down, which is r or r without credentials.
func appendCopy(dst []byte, id string, r, shown *trace.Record, base string) []byte {
	q, out := &request{here: base == ""}, new(side)
	q.read(r, shown, trace.In)
	q.why = q.parse()
	out.read(r, shown, trace.Out)
	to := parseServer(base)
	t := text(dst)
	switch id {
	case Raw:
		t.raw(q, out)
	case Curl:
		t.curl(q, to)
	case Fetch:
		t.fetch(q, to)
	case Python:
		t.python(q, to)
	case NC:
		t.nc(q, to)
	case Markdown:
		t.markdown(q, out)
	}
	return t
}
