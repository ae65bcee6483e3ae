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
	in, out := readSide(r, shown, trace.In), readSide(r, shown, trace.Out)
	q := parseRequest(in)
	to := parseServer(base)
	q.here = base == ""
	switch id {
	case Raw:
		return appendRaw(dst, in, out)
	case Curl:
		return appendCurl(dst, &q, to)
	case Fetch:
		return appendFetch(dst, &q, to)
	case Python:
		return appendPython(dst, &q, to)
	case NC:
		return appendNC(dst, &q, to)
	case Markdown:
		return appendMarkdown(dst, in, out)
	}
	return dst
}
