package trace

import (
	"slices"
	"sort"
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
// A line that was changed is a step of its own with the provenance Redacted,
// so the copy has more steps than r.
//
// Field lines are looked for in all bytes of both directions, wherever steps
// cut them: where the header section of a malformed message ends is a matter
// of opinion, and content can repeat one (a trailer section, message/http). A
// redacted value of 8 bytes or more is replaced wherever else it appears in
// the record: in an error page, in the output of a script, in an argument. The
// request-target is left alone, tokens in its query included.
func Redact(r *Record) *Record {
	c := *r
	in, out := newStream(r, In), newStream(r, Out)
	in.findFields()
	out.findFields()
	secrets := in.addSecrets(out.addSecrets(nil))
	request, response := fieldEdits(r.Request.Fields), fieldEdits(r.Response.Fields)
	for _, streams := range [...][]stream{request, response} {
		for i := range streams {
			secrets = streams[i].addSecrets(secrets)
		}
	}
	in.finish(secrets)
	out.finish(secrets)
	c.Steps = make([]Step, 0, len(r.Steps))
	for i := range r.Steps {
		s := r.Steps[i]
		changed := false
		words := func(text string) string {
			without := redactWords(text, secrets)
			changed = changed || without != text
			return without
		}
		if len(s.Args) > 0 {
			s.Args = slices.Clone(s.Args)
			for i := range s.Args {
				s.Args[i] = words(s.Args[i])
			}
		}
		s.Ref, s.Code = words(s.Ref), Code(words(string(s.Code)))
		stream := out
		if s.Kind == In {
			stream = in
		}
		if !s.inStream() {
			s.Bytes, stream = words(s.Bytes), nil
		}
		if changed {
			s.From = Redacted
		}
		if stream == nil {
			c.Steps = append(c.Steps, s)
		} else {
			c.Steps = stream.appendSteps(c.Steps, s)
		}
	}
	c.Request.Fields = redactFields(r.Request.Fields, request, secrets)
	c.Response.Fields = redactFields(r.Response.Fields, response, secrets)
	// A field line where a request-line was expected.
	if http1.CarriesCredentials(strings.TrimRight(r.Request.Method.Text, ": ")) {
		for _, p := range [...]*Part{&c.Request.Target, &c.Request.Proto} {
			p.Text = redactAll(p.Text)
		}
	}
	for _, h := range [...]Head{c.Request.Head(), c.Response.Head()} {
		for _, p := range h.Start {
			p.Text = redactWords(p.Text, secrets)
		}
	}
	for _, f := range c.Browser.facts() {
		*f.Value = redactWords(*f.Value, secrets)
	}
	for _, text := range [...]*string{&c.Site, &c.Client} {
		*text = redactWords(*text, secrets)
	}
	return &c
}

// fieldEdits finds what is secret in the values of parsed field lines.
func fieldEdits(fields Fields) []stream {
	if !slices.ContainsFunc(fields, func(f Field) bool { return http1.CarriesCredentials(f.Name.Text) }) {
		return nil
	}
	streams := make([]stream, len(fields))
	for i := range fields {
		streams[i].bytes = fields[i].Value.Text
		if http1.CarriesCredentials(fields[i].Name.Text) {
			streams[i].value(fields[i].Name.Text, 0, len(streams[i].bytes))
		}
	}
	return streams
}

// redactFields returns fields without what streams say is secret in their
// values, and without secrets.
func redactFields(fields Fields, streams []stream, secrets []string) Fields {
	if len(fields) == 0 {
		return fields
	}
	fields = slices.Clone(fields)
	for i := range fields {
		f := &fields[i]
		if len(streams) > 0 && len(streams[i].edits) > 0 {
			f.Value.Text = string(appendEdited(nil, f.Value.Text, 0, len(f.Value.Text), merge(findAll(streams[i].edits, f.Value.Text, secrets))))
		} else {
			f.Value.Text = redactWords(f.Value.Text, secrets)
		}
		f.Name.Text = redactWords(f.Name.Text, secrets)
	}
	return fields
}

// IsRedacted reports whether Redact would take anything out of r.
func IsRedacted(r *Record) bool {
	return slices.ContainsFunc(Redact(r).Steps, func(s Step) bool { return s.From == Redacted })
}

const (
	// minSecret is how long a value is that is looked for outside its field
	// line, in bytes: a shorter one is found in any text.
	minSecret = 8
	// maxSecrets bounds how many are looked for.
	maxSecrets = 128
)

// inStream reports whether s holds bytes of a message, not words. The framing
// of chunks is left out: a secret may go on behind it.
func (s *Step) inStream() bool {
	return (s.Kind == In || s.Kind == Out) && s.From != Unknown && s.Code != ChunkSize && s.Code != ChunkEnd
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

// stream is what went in one direction, all steps together.
type stream struct {
	bytes string
	edits []edit // in order, once finish was called
	lines []edit // the lines that hold them
	at    int    // of the next step
}

func newStream(r *Record, kind Kind) *stream {
	var parts []string
	for i := range r.Steps {
		if s := &r.Steps[i]; s.Kind == kind && s.inStream() {
			parts = append(parts, s.Bytes)
		}
	}
	return &stream{bytes: strings.Join(parts, "")}
}

// addSecrets appends what the edits take out, where it is long enough to be
// looked for elsewhere.
func (s *stream) addSecrets(secrets []string) []string {
	for _, e := range s.edits {
		if v := strings.Trim(s.bytes[e.from:e.to], `"`); len(v) >= minSecret && len(secrets) < maxSecrets {
			secrets = append(secrets, v)
		}
	}
	return secrets
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

// appendSteps appends the step that begins at s.at as it is to be shown: lines
// that are changed and lines that are not in steps of their own.
func (s *stream) appendSteps(steps []Step, step Step) []Step {
	if step.Bytes == "" {
		return append(steps, step)
	}
	from, to, begin := s.at, s.at+len(step.Bytes), s.at
	for s.at = to; from < to; {
		s.edits, s.lines = behind(s.edits, from), behind(s.lines, from)
		piece, end := step, to
		if len(s.lines) > 0 && s.lines[0].from <= from {
			end = min(to, s.lines[0].to)
			piece.From = Redacted
			piece.Bytes = string(appendEdited(nil, s.bytes, from, end, s.edits))
		} else {
			if len(s.lines) > 0 {
				end = min(to, s.lines[0].from)
			}
			piece.Bytes = s.bytes[from:end]
		}
		piece.Off, piece.Len = step.Off+int64(from-begin), int64(end-from)
		if end == to { // and what was not kept of it
			piece.Len = step.Off + step.Len - piece.Off
		}
		if from = end; piece.Bytes != "" { // else the mark is in the step before
			steps = append(steps, piece)
		}
	}
	return steps
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

// byPlace sorts edits. (slices.SortFunc would be 15 kB of the page's program.)
type byPlace []edit

func (b byPlace) Len() int           { return len(b) }
func (b byPlace) Less(i, j int) bool { return b[i].from < b[j].from }
func (b byPlace) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

// merge sorts edits and joins those that overlap.
func merge(edits []edit) []edit {
	sort.Sort(byPlace(edits))
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
