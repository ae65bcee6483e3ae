package lint

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// longField is where a field line is worth a note: the limit of many servers
// for a whole header section, in bytes.
const longField = 8 << 10

// fields looks at each field line of one direction.
func (x *exchange) fields(s *side) {
	wrong, in := ofResponse, s.kind == trace.In
	if !in {
		wrong = ofRequest
	}
	for i := range s.fields {
		f := &s.fields[i]
		var is trait
		n := s.known[i]
		if n != unknown {
			is = names[n].is
		}
		if in {
			x.spelling(f)
		}
		if n == pragma && in && s.first[cacheControl] != nil { // as browsers send it, for old caches
			is &^= old
		}
		x.traits(s, f, n, is, wrong)
		x.characters(s, f, is)
	}
	if !in {
		return
	}
	for n := range unknown {
		switch f, is := s.first[n], names[n].is; {
		case is&hop != 0 && f != nil && !s.lists(connection, names[n].name):
			x.line(b15, f, names[n].name)
		case is&forAll != 0 && s.lists(connection, names[n].name):
			x.line(b16, s.first[connection], names[n].name)
		}
	}
}

// traits looks at what a field is for.
func (x *exchange) traits(s *side, f *trace.Field, n name, is, wrong trait) {
	text := f.Name.Text
	again := n != unknown && f != s.first[n]
	empty := false
	if is&list != 0 && strings.IndexByte(f.Value.Text, ',') >= 0 && strings.IndexByte(f.Value.Text, '"') < 0 {
		for rest := f.Value.Text + ","; rest != ""; {
			empty = item(&rest, ',') == "" || empty
		}
	}
	for _, rule := range [...]struct {
		broken bool
		note   id
	}{
		{is&single != 0 && again, b9},
		{is&list != 0 && again && s.kind == trace.In, b10},
		{empty, b11},
		{is&wrong != 0, b13},
		{is&old != 0, b14},
		{is&quoted != 0 && openQuote(f.Value.Text), b17},
	} {
		if rule.broken {
			x.line(rule.note, f, text)
		}
	}
}

// characters looks at the octets of a value. Those of credentials are not
// looked at: they may be hidden.
func (x *exchange) characters(s *side, f *trace.Field, is trait) {
	text := f.Value.Text
	if http1.CarriesCredentials(f.Name.Text) {
		return
	}
	n := notes
	for i := 0; i < len(text) && i < maxScan && n == notes; i++ {
		switch c := text[i]; {
		case c >= 0x80:
			n = b6
		case s.kind == trace.In && (c < ' ' && c != '\t' || c == 0x7f):
			n = b5
		}
		if n != notes {
			x.add(n, s.kind, int64(f.Value.Off)+int64(i), 1)
			x.arg(f.Name.Text)
		}
	}
}

// spelling looks at how a field line of the request is written.
func (x *exchange) spelling(f *trace.Field) {
	text := f.Name.Text
	if len(f.Value.Text) > longField {
		x.line(b12, f, "long")
		x.number(longField)
	}
	colon := int64(f.Name.Off) + int64(f.Name.Len)
	from, to := int64(f.Value.Off), int64(f.Value.Off)+int64(f.Value.Len)
	before, _ := x.octets(colon, from)
	behind, _ := x.octets(to, to+1)
	if len(before) > 2 || before == ":\t" || behind == " " || behind == "\t" {
		x.line(b7, f, text)
	}
	// A word that begins small and goes on with capitals. Names all small, all
	// in capitals, or such as ETag are usual.
	for rest := text; rest != ""; {
		if word := item(&rest, '-'); word != "" && word[0] >= 'a' && word != strings.ToLower(word) {
			x.line(b8, f, text)
		}
	}
	if strings.IndexByte(text, '_') >= 0 {
		if n := nameOf(strings.ReplaceAll(text, "_", "-")); n == contentLength || n == transferEncoding {
			x.line(b18, f, text)
			x.arg(names[n].name)
		}
	}
}

// openQuote reports whether a quote of v is not closed.
func openQuote(v string) bool {
	open := false
	for i := 0; i < len(v) && i < maxScan; i++ {
		switch {
		case v[i] == '"':
			open = !open
		case v[i] == '\\' && open:
			i++
		}
	}
	return open
}

// host looks at the Host field (RFC 9112 §3.2).
func (x *exchange) host() {
	q := &x.r.Request
	f := x.req.first[host]
	switch {
	case x.major < 0 || !x.whole && x.broken != "many-hosts" && x.broken != "bad-host":
	case f == nil && x.is11():
		x.part(c1, &q.Method, "")
	case f == nil && x.is10():
		x.part(c4, &q.Proto, "")
	case f == nil:
	case x.req.count[host] > 1:
		for i := range x.req.fields {
			if x.req.known[i] == host {
				x.line(c2, &x.req.fields[i], "")
			}
		}
	case !http1.IsHost(f.Value.Text):
		x.line(c3, f, f.Value.Text)
	case f != &x.req.fields[0] && x.is11():
		x.line(c5, f, "")
	}
	if s := x.step(trace.HostRefused); s != nil {
		x.line(c6, f, arg(s, 1))
	}
}
