package lint

import (
	"strings"
	"unicode/utf8"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// mediaType looks at Content-Type and what came of it.
func (x *exchange) mediaType() {
	for _, m := range [...]struct {
		kind   trace.Kind
		fields trace.Fields
	}{{trace.In, x.q}, {trace.Out, x.s}} {
		if f := find(m.fields, "Content-Type"); f != nil && !isMediaType(f.Value.Text) {
			x.note("H5", []string{f.Value.Text}, partOf(m.kind, f.Value))
		}
	}
	if len(x.s) > 0 && x.mayHaveContent() && find(x.s, "Content-Type") == nil && x.sent() > 0 {
		x.note("H1", nil)
	}
	if s := x.has(trace.TypeDefault); s != nil && len(s.Args) > 1 && x.r.Status == 200 {
		var subject []Range
		if f := find(x.s, "Content-Type"); f != nil {
			subject = append(subject, line(trace.Out, f))
		}
		x.note("H6", []string{s.Args[0], s.Args[1]}, subject...)
	}
	if f := find(x.s, "Content-Disposition"); f != nil {
		x.disposition(f)
	}
}

// isMediaType reports whether v begins with type "/" subtype (RFC 9110 §8.3.1).
func isMediaType(v string) bool {
	v, _, _ = strings.Cut(v, ";")
	typ, subtype, ok := strings.Cut(http1.TrimOWS(v), "/")
	return ok && http1.IsToken(typ) && http1.IsToken(subtype)
}

// disposition looks at the name of a download (RFC 6266 §4.3).
func (x *exchange) disposition(f *trace.Field) {
	typ, parameters, _ := strings.Cut(f.Value.Text, ";")
	_, name, ok := strings.Cut(parameters, "filename=")
	extended := strings.Contains(parameters, "filename*=")
	name, _, _ = strings.Cut(name, ";")
	switch {
	case !ok && !extended && http1.EqualFold(http1.TrimOWS(typ), "attachment"):
		x.note("H15", []string{"missing"}, line(trace.Out, f))
	case ok && strings.ContainsAny(name, `/\%`):
		x.note("H15", []string{"octets"}, line(trace.Out, f))
	}
}

// isText reports whether a media type is one of text, and its charset.
func isText(v string) (text bool, charset string) {
	typ, parameters, _ := strings.Cut(strings.ToLower(v), ";")
	if _, rest, ok := strings.Cut(parameters, "charset="); ok {
		charset, _, _ = strings.Cut(rest, ";")
		charset = strings.Trim(charset, "\" \t")
	}
	return strings.HasPrefix(typ, "text/"), charset
}

// signatures are first bytes that only one media type has.
var signatures = [...]struct{ bytes, mediaType string }{
	{"\x89PNG\r\n\x1a\n", "image/png"},
	{"\xff\xd8\xff", "image/jpeg"},
	{"GIF89a", "image/gif"},
	{"%PDF-", "application/pdf"},
	{"\x00asm\x01\x00\x00\x00", "application/wasm"},
}

// contentBytes looks at the content of the response, as far as it was kept.
func (x *exchange) contentBytes() {
	typ := find(x.s, "Content-Type")
	if typ == nil || x.r.Status != 200 {
		return
	}
	text, at, whole := x.kept()
	if coding := find(x.s, "Content-Encoding"); coding != nil {
		if http1.EqualFold(coding.Value.Text, "gzip") && len(text) > 1 && text[:2] != "\x1f\x8b" {
			x.note("H11", nil, line(trace.Out, coding), Range{trace.Out, at, 2})
		}
		return
	}
	bare, _, _ := strings.Cut(typ.Value.Text, ";")
	for _, s := range signatures {
		if strings.HasPrefix(text, s.bytes) && !http1.EqualFold(http1.TrimOWS(bare), s.mediaType) {
			x.note("H2", []string{s.mediaType, http1.TrimOWS(bare)}, line(trace.Out, typ), Range{trace.Out, at, int64(len(s.bytes))})
			return
		}
	}
	high := highOctet(text)
	switch isText, charset := isText(typ.Value.Text); {
	case high < 0:
	case isText && charset == "":
		x.note("H3", nil, line(trace.Out, typ), Range{trace.Out, at + int64(high), 1})
	case charset == "utf-8" || charset == "utf8":
		if bad := badUTF8(text, whole); bad >= 0 {
			x.note("H4", nil, line(trace.Out, typ), Range{trace.Out, at + int64(bad), 1})
		}
	}
}

// kept is the beginning of the response's content, where it stands, and whether
// it is the whole.
func (x *exchange) kept() (text string, at int64, whole bool) {
	for i := range x.steps {
		s := &x.steps[i]
		if s.Kind != trace.Out || !isContent(s.Code) || s.From == trace.Redacted {
			continue
		}
		return s.Bytes[:min(len(s.Bytes), maxScan)], s.Off, int64(len(s.Bytes)) == x.sent()
	}
	return "", 0, false
}

// badUTF8 is where text is not UTF-8, -1 if it is. What may go on behind its end
// is no fault unless it is whole.
func badUTF8(text string, whole bool) int {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && n <= 1 {
			if !whole && len(text)-i < utf8.UTFMax {
				return -1
			}
			return i
		}
		i += n
	}
	return -1
}
