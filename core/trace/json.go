package trace

import (
	"strconv"
	"unicode/utf8"
)

// AppendJSON appends r as a JSON object on one line. What [ReadJSON] reads of
// it is r. words gives the sentence of a step, for people; it may be nil.
//
// Texts are strings. One that is no UTF-8 is an object with the member hex, the
// bytes as hexadecimal digits.
// "at" is where a part of a header section stands: the offset and length of
// the name and of the value for a field line. Times are in nanoseconds.
func AppendJSON(b []byte, r *Record, words func(*Step) string) []byte {
	o := object{b: append(b, '{')}
	o.number("id", r.ID)
	o.number("connection", r.Conn)
	o.text("site", r.Site)
	o.text("client", r.Client)
	if !r.Start.IsZero() {
		o.text("start", string(appendTime(nil, r.Start)))
	}
	o.number("elapsed", int64(r.Elapsed))
	o.text("from", r.Source.String())
	o.number("status", int64(r.Status))
	o.number("size", r.Size)
	o.number("omitted", r.Omitted)
	o.head("request", r.Request.Head(), [...]string{"method", "target", "version"})
	o.name("browser")
	o.open('{')
	for _, f := range r.Browser.facts() {
		if *f.Value != "" {
			o.text(f.Name, *f.Value)
		}
	}
	o.close('}')
	o.head("response", r.Response.Head(), [...]string{"version", "status", "reason"})
	o.name("steps")
	o.open('[')
	for i := range r.Steps {
		o.step(&r.Steps[i], words)
	}
	o.close(']')
	return append(o.b, "}\n"...)
}

// kinds are the names of kinds in JSON.
var kinds = [...]struct {
	kind Kind
	name string
}{{In, "in"}, {Out, "out"}, {Event, "event"}, {Fault, "fault"}, {Note, "note"}}

func (o *object) step(s *Step, words func(*Step) string) {
	o.separate()
	o.open('{')
	for _, k := range kinds {
		if k.kind == s.Kind {
			o.text("kind", k.name)
		}
	}
	if s.Code != "" {
		o.text("code", string(s.Code))
	}
	if len(s.Args) > 0 {
		o.name("args")
		o.open('[')
		for _, a := range s.Args {
			o.separate()
			o.b = appendJSONText(o.b, a)
		}
		o.close(']')
	}
	if s.Ref != "" {
		o.text("ref", s.Ref)
	}
	if s.From != Wire {
		o.text("from", s.From.String())
	}
	if s.At != 0 {
		o.number("time", int64(s.At))
	}
	if s.Off != 0 || s.Len != 0 {
		o.numbers("at", s.Off, s.Len)
	}
	if s.Bytes != "" {
		o.text("bytes", s.Bytes)
	} else if words != nil {
		if text := words(s); text != "" {
			o.text("words", text)
		}
	}
	o.close('}')
}

func (o *object) head(name string, h Head, parts [3]string) {
	o.name(name)
	o.open('{')
	for i, p := range h.Start {
		if *p != (Part{}) {
			o.name(parts[i])
			o.open('{')
			o.text("text", p.Text)
			o.numbers("at", int64(p.Off), int64(p.Len))
			o.close('}')
		}
	}
	if len(*h.Fields) > 0 {
		o.name("fields")
		o.open('[')
		for i := range *h.Fields {
			f := &(*h.Fields)[i]
			o.separate()
			o.open('{')
			o.text("name", f.Name.Text)
			o.text("value", f.Value.Text)
			o.numbers("at", int64(f.Name.Off), int64(f.Name.Len), int64(f.Value.Off), int64(f.Value.Len))
			o.close('}')
		}
		o.close(']')
	}
	o.close('}')
}

// object is JSON being written.
type object struct{ b []byte }

func (o *object) open(c byte)  { o.b = append(o.b, c) }
func (o *object) close(c byte) { o.b = append(o.b, c) }

// separate puts a comma behind what came before in the same list or object.
func (o *object) separate() {
	if c := o.b[len(o.b)-1]; c != '{' && c != '[' {
		o.b = append(o.b, ',')
	}
}

func (o *object) name(s string) {
	o.separate()
	o.b = append(appendJSONText(o.b, s), ':')
}

func (o *object) text(name, s string) {
	o.name(name)
	o.b = appendJSONText(o.b, s)
}

func (o *object) number(name string, n int64) {
	o.name(name)
	o.b = strconv.AppendInt(o.b, n, 10)
}

func (o *object) numbers(name string, list ...int64) {
	o.name(name)
	o.open('[')
	for _, n := range list {
		o.separate()
		o.b = strconv.AppendInt(o.b, n, 10)
	}
	o.close(']')
}

// appendJSONText appends s as a string (RFC 8259 §7), or what is no UTF-8 as
// an object. DEL and what JavaScript takes for a line end are escaped too, so
// that a line is one everywhere.
func appendJSONText(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	if !utf8.ValidString(s) {
		b = append(b, `{"hex":"`...)
		for i := range len(s) {
			b = append(b, hex[s[i]>>4], hex[s[i]&0xf])
		}
		return append(b, `"}`...)
	}
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r == '\t':
			b = append(b, '\\', 't')
		case r < 0x20 || r == 0x7f || r == 0x2028 || r == 0x2029:
			b = append(b, '\\', 'u', hex[r>>12], hex[r>>8&0xf], hex[r>>4&0xf], hex[r&0xf])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
