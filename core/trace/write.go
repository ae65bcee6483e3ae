package trace

import (
	"strconv"
	"strings"
	"time"
)

// AppendTranscript appends r as a transcript, ended by an empty line. What
// [ReadTranscript] reads of it is r. words gives the sentence of a step, for
// people: nothing reads it back. A nil words leaves sentences out.
//
// The first line has what is known of the exchange as a whole, or of a record
// that has none: "# record" then, not "# exchange". A step without
// bytes is one line; bytes have a line before them that says what they are:
//
//	# path.decoded "/a b" +0.2ms | Percent-decoded, once: /a b (RFC 3986 §2.1)
//	! fault.no-colon @16+1 (RFC 9112 §5) | …
//	= in.header @0+18
//	> GET / HTTP/1.0\r\n
//	> \r\n
//
// Behind the code stand the arguments, then the range of bytes, then the time.
// The last lines say where the parts of the two header sections are: those of
// the start line, then name and value of each field line.
//
//	= request 0+3 4+1 6+8, 16+4 22+9
func AppendTranscript(b []byte, r *Record, words func(*Step) string) []byte {
	b = append(b, "# "...)
	b = appendSummary(b, r)
	b = append(b, '\n')
	for i := range r.Steps {
		b = AppendStep(b, &r.Steps[i], words)
	}
	b = appendHead(b, r, In)
	b = appendHead(b, r, Out)
	return append(b, '\n')
}

// appendSummary is one line about r, each value behind its name.
func appendSummary(b []byte, r *Record) []byte {
	if r.IsExchange() {
		b = append(b, "exchange "...)
	} else {
		b = append(b, "record "...)
	}
	b = strconv.AppendInt(b, r.ID, 10)
	number := func(name string, n int64) {
		if n != 0 {
			b = append(append(append(b, ' '), name...), ' ')
			b = strconv.AppendInt(b, n, 10)
		}
	}
	text := func(name, s string) {
		if s != "" {
			b = append(append(b, ' '), name...)
			b = appendToken(b, s)
		}
	}
	number("connection", r.Conn)
	text("site", r.Site)
	text("client", r.Client)
	if r.Source != Wire {
		text("from", r.Source.String())
	}
	if !r.Start.IsZero() {
		b = appendTime(append(b, " at "...), r.Start)
	}
	if r.Elapsed != 0 {
		b = append(append(b, " took "...), r.Elapsed.String()...)
	}
	number("status", int64(r.Status))
	number("size", r.Size)
	number("omitted", r.Omitted)
	for _, f := range r.Browser.facts() {
		text("browser."+f.Name, *f.Value)
	}
	return b
}

// appendTime appends t as "2006-01-02T15:04:05.000Z", in microseconds where
// milliseconds do not say it, and as a number of microseconds since 1970 where
// the year has no four digits. It is written out here because time's formatter
// is 30 KB of a worker's program.
func appendTime(b []byte, t time.Time) []byte {
	t = t.UTC()
	year, month, day := t.Date()
	if year < 1 || year > 9999 {
		return append(strconv.AppendInt(b, t.UnixMicro(), 10), "us"...)
	}
	hour, minute, second := t.Clock()
	fraction, digits := t.Nanosecond()/1e3, 6
	if fraction%1000 == 0 {
		fraction, digits = fraction/1000, 3
	}
	for _, part := range [...]struct {
		n, digits int
		after     byte
	}{
		{year, 4, '-'}, {int(month), 2, '-'}, {day, 2, 'T'},
		{hour, 2, ':'}, {minute, 2, ':'}, {second, 2, '.'}, {fraction, digits, 'Z'},
	} {
		from := len(b)
		for range part.digits {
			b = append(b, '0')
		}
		for i, n := len(b)-1, part.n; i >= from; i, n = i-1, n/10 {
			b[i] += byte(n % 10)
		}
		b = append(b, part.after)
	}
	return b
}

// AppendStep appends the lines of one step; words may be nil.
func AppendStep(b []byte, s *Step, words func(*Step) string) []byte {
	bytes := s.Kind == In || s.Kind == Out
	sign := s.Kind
	if bytes {
		sign = Event
	}
	b = append(b, byte(sign))
	if s.From != Wire {
		b = append(b, s.From.String()...)
	}
	code := string(s.Code)
	switch {
	case bytes && s.Kind == In:
		b = append(append(b, " in."...), bareCode(code)...)
	case bytes:
		b = append(append(b, " out."...), bareCode(code)...)
	case !isCode(code) || isReserved(code):
		b = appendQuoted(append(b, ' '), code)
	default:
		b = append(append(b, ' '), code...)
	}
	for _, a := range s.Args {
		b = appendToken(b, a)
	}
	if s.Off != 0 || s.Len != 0 {
		b = append(b, " @"...)
		b = appendRange(b, s.Off, s.Len)
	}
	if s.At != 0 {
		b = append(b, " +"...)
		b = append(b, s.At.String()...)
	}
	if s.Ref != "" {
		b = append(appendWithout(append(b, " ("...), s.Ref, ")"), ')')
	}
	if words != nil && (!bytes || s.Bytes == "") {
		if text := words(s); text != "" {
			b = appendWords(append(b, " | "...), text)
		}
	}
	b = append(b, '\n')
	if bytes && s.Bytes != "" {
		b = AppendSpan(b, &Span{s.Kind, s.From, s.Bytes})
	}
	return b
}

// isCode reports whether s can be a code: words of lower-case letters and
// digits, with dots and hyphens between them.
func isCode(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' && c != '-' {
			return false
		}
	}
	return s != "" && len(s) <= MaxCode
}

// MaxCode is the most bytes that a code has.
const MaxCode = 48

// Valid reports whether c has the form of a code.
func (c Code) Valid() bool { return isCode(string(c)) }

// bareCode is the code of bytes: "" has no other way to be written.
func bareCode(code string) string {
	if !isCode(code) {
		return ""
	}
	return code
}

// isReserved reports whether a line that begins with s is not that of a step
// of this code.
func isReserved(s string) bool {
	return s == "exchange" || s == "record" || s == "request" || s == "response" || strings.HasPrefix(s, "in.") || strings.HasPrefix(s, "out.")
}

// appendToken appends SP and s, in quotes where it could be taken for more or
// for something else.
func appendToken(b []byte, s string) []byte {
	b = append(b, ' ')
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '|' {
			return appendQuoted(b, s)
		}
	}
	if s == "" || strings.IndexByte("@+(,", s[0]) >= 0 || s[len(s)-1] == ',' {
		return appendQuoted(b, s)
	}
	return append(b, s...)
}

func appendQuoted(b []byte, s string) []byte {
	return append(appendWithout(append(b, '"'), s, `"`), '"')
}

// appendWithout appends s escaped, the character end too.
func appendWithout(b []byte, s, end string) []byte {
	for {
		text, rest, more := strings.Cut(s, end)
		b = appendWords(b, text)
		if !more {
			return b
		}
		const hex = "0123456789abcdef"
		b = append(b, '\\', 'x', hex[end[0]>>4], hex[end[0]&0xf])
		s = rest
	}
}

func appendRange(b []byte, off, n int64) []byte {
	b = strconv.AppendInt(b, off, 10)
	b = append(b, '+')
	return strconv.AppendInt(b, n, 10)
}

// appendHead appends the line of a header section, if there is one. The text
// of a part is not repeated where it is the bytes that it came from.
func appendHead(b []byte, r *Record, k Kind) []byte {
	h, name := r.head(k)
	if *h.Start[0] == (Part{}) && *h.Start[1] == (Part{}) && *h.Start[2] == (Part{}) && len(*h.Fields) == 0 {
		return b
	}
	b = append(append(b, "= "...), name...)
	part := func(p *Part) {
		b = append(b, ' ')
		b = appendRange(b, int64(p.Off), int64(p.Len))
		if text, ok := r.slice(k, p); !ok || text != p.Text {
			b = appendQuoted(append(b, '='), p.Text)
		}
	}
	for _, p := range h.Start {
		part(p)
	}
	for i := range *h.Fields {
		b = append(b, ',')
		part(&(*h.Fields)[i].Name)
		part(&(*h.Fields)[i].Value)
	}
	return append(b, '\n')
}

// head is the parsed header section of a direction and its name.
func (r *Record) head(k Kind) (h Head, name string) {
	if k == In {
		return r.Request.Head(), "request"
	}
	return r.Response.Head(), "response"
}

// slice returns the bytes that p came from, if they were kept in one step and
// as they passed.
func (r *Record) slice(k Kind, p *Part) (text string, ok bool) {
	off, end := int64(p.Off), int64(p.Off)+int64(p.Len)
	if off < 0 || end < off {
		return "", false
	}
	for i := range r.Steps {
		s := &r.Steps[i]
		if s.Kind == k && s.From != Redacted && s.Len == int64(len(s.Bytes)) && s.Off <= off && end <= s.Off+s.Len {
			return s.Bytes[off-s.Off : end-s.Off], true
		}
	}
	return "", false
}
