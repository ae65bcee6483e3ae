package lint

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// single are fields with one value: a second line is a contradiction. Host and
// Content-Length have notes of their own.
var single = [...]string{"Content-Type", "Content-Range", "Content-Location", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range",
	"Date", "Authorization", "User-Agent", "Referer", "From", "Max-Forwards", "Location", "ETag", "Last-Modified", "Expires", "Age", "Retry-After", "Server"}

// lists are fields whose value is a comma-separated list (RFC 9110 §5.6.1).
var lists = [...]string{"Accept", "Accept-Encoding", "Accept-Language", "Cache-Control", "If-Match", "If-None-Match", "Vary", "Allow", "Via", "Connection", "Transfer-Encoding", "TE"}

// fieldLists looks at fields that are there more than once, and at the members
// of lists.
func (x *exchange) fieldLists() {
	x.repeated(trace.In, x.q)
	x.repeated(trace.Out, x.s)
}

func (x *exchange) repeated(kind trace.Kind, fields trace.Fields) {
	for i := range fields {
		f := &fields[i]
		name, v := f.Name.Text, f.Value.Text
		if http1.CarriesCredentials(name) && !http1.EqualFold(name, "Authorization") {
			continue
		}
		first := find(fields[:i], name)
		if hasMember(single[:], name) {
			if first != nil {
				x.note("B9", []string{name}, line(kind, first), line(kind, f))
			}
		} else if hasMember(lists[:], name) {
			if first != nil && kind == trace.In {
				x.note("B10", []string{name}, line(kind, first), line(kind, f))
			}
			if v != "" && hasEmptyMember(v) && !http1.EqualFold(name, "Transfer-Encoding") {
				x.note("B11", []string{name}, partOf(kind, f.Value))
			}
		}
		if i := highOctet(v); i >= 0 {
			x.note("B6", []string{name}, Range{kind, int64(f.Value.Off) + int64(i), 1})
		}
		if hasMember(quotable[:], name) && openQuote(v) {
			x.note("B17", []string{name}, partOf(kind, f.Value))
		}
	}
	if x.faulty("bad-coding") && kind == trace.In {
		x.note("B17", []string{"Transfer-Encoding"}, x.at())
	}
}

func partOf(kind trace.Kind, p trace.Part) Range {
	return Range{kind, int64(p.Off), int64(p.Len)}
}

// quotable are fields in which a DQUOTE begins a quoted-string or an entity tag.
var quotable = [...]string{"Accept", "Content-Type", "Content-Disposition", "Cache-Control", "If-Match", "If-None-Match", "If-Range", "ETag"}

// openQuote reports whether a quote of v is not closed. An entity tag knows no
// escapes, and in other values an escaped quote is rare.
func openQuote(v string) bool {
	open, escaped := false, false
	for i := 0; i < len(v) && i < maxScan; i++ {
		switch {
		case escaped:
			escaped = false
		case open && v[i] == '\\':
			escaped = true
		case v[i] == '"':
			open = !open
		}
	}
	return open
}

// hasEmptyMember reports whether a list has a member of nothing: "a,,b".
func hasEmptyMember(v string) bool {
	if strings.IndexByte(v, ',') < 0 || strings.IndexByte(v, '"') >= 0 {
		return false
	}
	for item := range strings.SplitSeq(v, ",") {
		if http1.TrimOWS(item) == "" {
			return true
		}
	}
	return false
}

// highOctet is where the first octet from 80 on is, -1 if there is none.
func highOctet(v string) int {
	for i := 0; i < len(v) && i < maxScan; i++ {
		if v[i] >= 0x80 {
			return i
		}
	}
	return -1
}

// forAll are fields that Connection must not name: they are for every recipient
// (RFC 9110 §7.6.1).
var forAll = [...]string{"Cache-Control", "Host", "Content-Length", "Content-Type", "Authorization", "Date", "ETag", "Vary", "Range"}

// connectionFields looks at Connection and the fields that it should name.
func (x *exchange) connectionFields() {
	for _, name := range [...]string{"TE", "Keep-Alive", "HTTP2-Settings"} {
		if f := find(x.q, name); f != nil && !hasToken(x.q, "Connection", name) {
			x.note("B15", []string{name}, line(trace.In, f))
		}
	}
	for _, name := range forAll {
		if hasToken(x.q, "Connection", name) {
			x.note("B16", []string{name}, line(trace.In, find(x.q, "Connection")))
		}
	}
}
