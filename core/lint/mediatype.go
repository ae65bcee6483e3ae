package lint

import (
	"strings"
	"unicode/utf8"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// mediaType looks at Content-Type of the response.
func (x *exchange) mediaType() {
	x.typeOf(&x.res)
	if x.res.first[contentType] == nil && x.sent > 0 && x.measured() {
		x.note(h1)
	}
	if f := x.res.first[contentDisposition]; f != nil {
		x.disposition(f)
	}
}

// typeOf looks at the form of Content-Type.
func (x *exchange) typeOf(s *side) {
	if f := s.first[contentType]; f != nil {
		typ, sub, ok := strings.Cut(bareType(f.Value.Text), "/")
		if !ok || !http1.IsToken(typ) || !http1.IsToken(sub) {
			x.line(h5, f, f.Value.Text)
		}
	}
}

// bareType is a media type without its parameters.
func bareType(v string) string { return item(&v, ';') }

// disposition looks at the name of a download (RFC 6266 §4.3).
func (x *exchange) disposition(f *trace.Field) {
	v := f.Value.Text
	i := strings.Index(v, "filename=")
	switch {
	case i >= 0:
		name := v[i:]
		if strings.ContainsAny(item(&name, ';'), `/\%`) {
			x.line(h15, f, "octets")
		}
	case strings.HasPrefix(v, "attachment") && !strings.Contains(v, "filename*="):
		x.line(h15, f, "missing")
	}
}

// signatures are first bytes that only one media type has.
var signatures = [...]struct{ bytes, mediaType string }{
	{"\x89PNG\r\n\x1a\n", "image/png"},
	{"\xff\xd8\xff", "image/jpeg"},
	{"GIF89a", "image/gif"},
	{"%PDF-", "application/pdf"},
	{"\x00asm\x01\x00\x00\x00", "application/wasm"},
}

// maxPrescan is where browsers look for the charset of a page, in bytes.
const maxPrescan = 1024

// contentBytes looks at the content of the response, as far as it was kept.
func (x *exchange) contentBytes() {
	f := x.res.first[contentType]
	if f == nil || x.status != 200 {
		return
	}
	text, whole := x.kept()
	if coding := x.res.first[contentEncoding]; coding != nil {
		if http1.EqualFold(coding.Value.Text, "gzip") && len(text) > 1 && text[:2] != "\x1f\x8b" {
			x.sentBytes(h11, x.sentAt, 2)
		}
		return
	}
	for i := range signatures {
		s := &signatures[i]
		if typ := bareType(f.Value.Text); strings.HasPrefix(text, s.bytes) && !http1.EqualFold(typ, s.mediaType) {
			x.line(h2, f, s.mediaType)
			x.arg(typ)
			return
		}
	}
	typ := strings.ToLower(f.Value.Text)
	// A page may say it itself, in its first bytes.
	charset := strings.Contains(typ, "charset=") || strings.HasPrefix(text, "\ufeff") ||
		strings.Contains(strings.ToLower(text[:min(len(text), maxPrescan)]), "charset")
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r >= utf8.RuneSelf && !charset && strings.HasPrefix(typ, "text/") {
			x.sentBytes(h3, x.sentAt+int64(i), int64(n))
			return
		}
		// What is cut off at the end of what was kept may go on.
		if r == utf8.RuneError && n == 1 && strings.Contains(typ, "charset=utf-8") && (whole || len(text)-i >= utf8.UTFMax) {
			x.sentBytes(h4, x.sentAt+int64(i), 1)
			return
		}
		i += n
	}
}

// kept is the beginning of the response's content, and whether it is the whole.
func (x *exchange) kept() (text string, whole bool) {
	for i := range x.steps {
		s := &x.steps[i]
		if s.Kind == trace.Out && isContent(s) && s.Len > 0 {
			if s.From == trace.Redacted {
				return "", false
			}
			return s.Bytes[:min(len(s.Bytes), maxScan)], int64(len(s.Bytes)) == x.sent
		}
	}
	return "", false
}
