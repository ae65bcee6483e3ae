package trace

import (
	"slices"
	"strconv"
	"strings"

	"vitrine/core/http1"
)

// Redact returns a copy of r without credentials: the values of the field
// lines that [http1.CarriesCredentials] names are replaced by their lengths.
// r is not touched. What teaches stays: the authentication scheme, the names
// of cookies, the attributes of Set-Cookie.
//
//	>redacted Authorization: Basic [redacted 12 bytes]\r\n
//	>redacted Cookie: sid=[redacted 32 bytes]; theme=[redacted 4 bytes]\r\n
//	<redacted Set-Cookie: sid=[redacted 32 bytes]; Path=/; HttpOnly\r\n
//
// A line that was changed is a span of its own with the provenance Redacted,
// so the copy has more spans than r.
//
// Field lines are looked for in all bytes of both directions, wherever spans
// cut them: where the header section of a malformed message ends is a matter
// of opinion, and content can repeat one (a trailer section, message/http). A
// redacted value of 8 bytes or more is replaced wherever else it appears in
// the record: in an error page, in the output of a script, in a note. The
// request-target is left alone, tokens in its query included.
func Redact(r *Record) *Record {
	c := *r
	in, out := newStream(r, In), newStream(r, Out)
	var secrets []string
	for _, s := range [...]*stream{in, out} {
		s.findFields()
		for _, e := range s.edits {
			if v := strings.Trim(s.bytes[e.from:e.to], `"`); len(v) >= minSecret && len(secrets) < maxSecrets {
				secrets = append(secrets, v)
			}
		}
	}
	in.finish(secrets)
	out.finish(secrets)
	c.Spans = make([]Span, 0, len(r.Spans))
	for i := range r.Spans {
		s := r.Spans[i]
		switch {
		case !s.hasBytes():
			if text := redactWords(s.Text, secrets); text != s.Text {
				s.Text, s.Provenance = text, Redacted
			}
			c.Spans = append(c.Spans, s)
		case s.Kind == In:
			c.Spans = in.appendSpans(c.Spans, s)
		default:
			c.Spans = out.appendSpans(c.Spans, s)
		}
	}
	// A field line where a request-line was expected.
	if http1.CarriesCredentials(strings.TrimRight(r.Method, ": ")) {
		c.Target, c.Proto = redactAll(c.Target), redactAll(c.Proto)
	}
	for _, text := range [...]*string{&c.Method, &c.Target, &c.Proto, &c.Reason, &c.Type} {
		*text = redactWords(*text, secrets)
	}
	return &c
}

const (
	// minSecret is how long a value is that is looked for outside its field
	// line, in bytes: a shorter one is found in any text.
	minSecret = 8
	// maxSecrets bounds how many are looked for.
	maxSecrets = 128
)

// hasBytes reports whether s holds bytes of a message, not words.
func (s *Span) hasBytes() bool {
	return (s.Kind == In || s.Kind == Out) && s.Provenance != Unknown
}

// edit is a part of a text that is replaced by its length.
type edit struct{ from, to int }

// appendMark appends what stands for n bytes.
func appendMark(b []byte, n int) []byte {
	b = append(b, "[redacted "...)
	b = strconv.AppendInt(b, int64(n), 10)
	if n == 1 {
		return append(b, " byte]"...)
	}
	return append(b, " bytes]"...)
}

func redactAll(s string) string {
	if s == "" {
		return ""
	}
	return string(appendMark(nil, len(s)))
}

// stream is what went in one direction, all spans together.
type stream struct {
	bytes string
	edits []edit // in order, once finish was called
	lines []edit // the lines that hold them
	at    int    // of the next span
}

func newStream(r *Record, kind Kind) *stream {
	var parts []string
	for i := range r.Spans {
		if s := &r.Spans[i]; s.Kind == kind && s.hasBytes() {
			parts = append(parts, s.Text)
		}
	}
	return &stream{bytes: strings.Join(parts, "")}
}

// finish adds the other places of secrets and puts the edits in order.
func (s *stream) finish(secrets []string) {
	s.edits = merge(findAll(s.edits, s.bytes, secrets))
	for _, e := range s.edits {
		n := len(s.lines)
		if n == 0 || e.from >= s.lines[n-1].to {
			s.lines = append(s.lines, edit{strings.LastIndexByte(s.bytes[:e.from], '\n') + 1, 0})
			n++
		}
		if e.to > s.lines[n-1].to {
			s.lines[n-1].to = min(lineBreak(s.bytes, e.to)+1, len(s.bytes))
		}
	}
}

// appendSpans appends the span that begins at s.at as it is to be shown: lines
// that are changed and lines that are not in spans of their own.
func (s *stream) appendSpans(spans []Span, span Span) []Span {
	if span.Text == "" {
		return append(spans, span)
	}
	from, to := s.at, s.at+len(span.Text)
	for s.at = to; from < to; {
		s.edits, s.lines = behind(s.edits, from), behind(s.lines, from)
		piece, end := span, to
		if len(s.lines) > 0 && s.lines[0].from <= from {
			end = min(to, s.lines[0].to)
			piece.Provenance = Redacted
			piece.Text = string(appendEdited(nil, s.bytes, from, end, s.edits))
		} else {
			if len(s.lines) > 0 {
				end = min(to, s.lines[0].from)
			}
			piece.Text = s.bytes[from:end]
		}
		if from = end; piece.Text != "" { // else the mark is in the span before
			spans = append(spans, piece)
		}
	}
	return spans
}

// behind drops the edits that end before at.
func behind(edits []edit, at int) []edit {
	for len(edits) > 0 && edits[0].to <= at {
		edits = edits[1:]
	}
	return edits
}

// appendEdited appends text[from:to]. The mark of an edit goes where it
// begins.
func appendEdited(b []byte, text string, from, to int, edits []edit) []byte {
	for _, e := range edits {
		if e.from >= to {
			break
		}
		if e.from >= from {
			b = append(b, text[from:e.from]...)
			b = appendMark(b, e.to-e.from)
		}
		from = min(to, max(from, e.to))
	}
	return append(b, text[from:to]...)
}

// merge sorts edits and joins those that overlap.
func merge(edits []edit) []edit {
	slices.SortFunc(edits, func(a, b edit) int { return a.from - b.from })
	merged := edits[:0]
	for _, e := range edits {
		if n := len(merged); n > 0 && e.from < merged[n-1].to {
			merged[n-1].to = max(merged[n-1].to, e.to)
		} else {
			merged = append(merged, e)
		}
	}
	return merged
}

// findAll appends each place of each secret in text.
func findAll(edits []edit, text string, secrets []string) []edit {
	for _, secret := range secrets {
		for at := 0; ; {
			i := strings.Index(text[at:], secret)
			if i < 0 {
				break
			}
			at += i + len(secret)
			edits = append(edits, edit{at - len(secret), at})
		}
	}
	return edits
}

// redactWords replaces secrets, and what follows the name of a credential
// field and a colon, in words about an exchange.
func redactWords(text string, secrets []string) string {
	edits := findAll(nil, text, secrets)
	for i := range len(text) {
		if i > 0 && isNameByte(text[i-1]) {
			continue
		}
		if n, colon := credentialName(text[i:]); n > 0 && colon {
			s := stream{bytes: text}
			s.value(text[i:i+n], i+valueAt(text[i:], n), lineBreak(text, i))
			edits = append(edits, s.edits...)
		}
	}
	if len(edits) == 0 {
		return text
	}
	return string(appendEdited(nil, text, 0, len(text), merge(edits)))
}

func lineBreak(text string, from int) int {
	if i := strings.IndexByte(text[from:], '\n'); i >= 0 {
		return from + i
	}
	return len(text)
}
