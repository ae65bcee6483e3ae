package trace

import (
	"errors"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// ReadJSON reads back what [AppendJSON] wrote. Members that it does not know
// are skipped.
func ReadJSON(line []byte) (*Record, error) {
	p := &jsonParser{s: string(line)}
	r := new(Record)
	p.object(func(name string) {
		switch name {
		case "id":
			r.ID = p.number()
		case "connection":
			r.Conn = p.number()
		case "start":
			p.check(r.set("at", p.text()))
		case "from":
			r.Source = p.provenance()
		case "elapsed":
			r.Elapsed = time.Duration(p.number())
		case "site":
			r.Site = p.text()
		case "client":
			r.Client = p.text()
		case "status":
			r.Status = int(p.number())
		case "size":
			r.Size = p.number()
		case "omitted":
			r.Omitted = p.number()
		case "request":
			p.head(r.Request.Head(), [...]string{"method", "target", "version"})
		case "response":
			p.head(r.Response.Head(), [...]string{"version", "status", "reason"})
		case "browser":
			p.object(func(name string) {
				for _, f := range r.Browser.facts() {
					if name == f.Name {
						*f.Value = p.text()
						return
					}
				}
				p.skip()
			})
		case "steps":
			p.list(func() { r.Steps = append(r.Steps, p.step()) })
		default:
			p.skip()
		}
	})
	if p.space(); p.err == nil && p.s != "" {
		p.fail("more behind the object")
	}
	if p.err != nil {
		return nil, errors.New("trace: JSON: " + p.err.Error() + ", " + strconv.Itoa(len(p.s)) + " bytes before the end")
	}
	return r, nil
}

func (p *jsonParser) step() (s Step) {
	p.object(func(name string) {
		switch name {
		case "kind":
			text := p.text()
			for _, k := range kinds {
				if k.name == text {
					s.Kind = k.kind
				}
			}
		case "code":
			s.Code = Code(p.text())
		case "args":
			p.list(func() { s.Args = append(s.Args, p.text()) })
		case "ref":
			s.Ref = p.text()
		case "from":
			s.From = p.provenance()
		case "time":
			s.At = time.Duration(p.number())
		case "at":
			p.numbers(&s.Off, &s.Len)
		case "bytes":
			s.Bytes = p.text()
		default:
			p.skip()
		}
	})
	if s.Kind == 0 {
		p.fail("a step without its kind")
	}
	return s
}

func (p *jsonParser) provenance() Provenance {
	text := p.text()
	for i, name := range provenances {
		if name == text {
			return Provenance(i)
		}
	}
	p.fail("unknown provenance")
	return 0
}

func (p *jsonParser) head(h Head, parts [3]string) {
	p.object(func(name string) {
		for i, part := range h.Start {
			if name == parts[i] {
				p.object(func(name string) {
					switch name {
					case "text":
						part.Text = p.text()
					case "at":
						p.ranges(part)
					default:
						p.skip()
					}
				})
				return
			}
		}
		if name != "fields" {
			p.skip()
			return
		}
		p.list(func() {
			var f Field
			p.object(func(name string) {
				switch name {
				case "name":
					f.Name.Text = p.text()
				case "value":
					f.Value.Text = p.text()
				case "at":
					p.ranges(&f.Name, &f.Value)
				default:
					p.skip()
				}
			})
			*h.Fields = append(*h.Fields, f)
		})
	})
}

// ranges reads the offset and length of each part.
func (p *jsonParser) ranges(parts ...*Part) {
	var n [4]int64
	p.numbers(&n[0], &n[1], &n[2], &n[3])
	for i, part := range parts {
		part.Off, part.Len = int32(n[2*i]), int32(n[2*i+1])
		if int64(part.Off) != n[2*i] || int64(part.Len) != n[2*i+1] {
			p.fail("a number that is too large")
		}
	}
}

// jsonParser reads JSON (RFC 8259). After a fault it reads nothing more.
type jsonParser struct {
	s     string
	depth int
	err   error
}

func (p *jsonParser) fail(text string) { p.check(errors.New(text)) }

func (p *jsonParser) check(err error) {
	if p.err == nil {
		p.err = err
	}
}

func (p *jsonParser) space() {
	for p.s != "" && (p.s[0] == ' ' || p.s[0] == '\t' || p.s[0] == '\n' || p.s[0] == '\r') {
		p.s = p.s[1:]
	}
}

// next reports whether the next character is c, and takes it then.
func (p *jsonParser) next(c byte) bool {
	p.space()
	if p.err != nil || p.s == "" || p.s[0] != c {
		return false
	}
	p.s = p.s[1:]
	return true
}

func (p *jsonParser) expect(c byte) bool {
	if !p.next(c) {
		p.fail("no " + string(rune(c)))
		return false
	}
	return true
}

// items calls f before each item of what is between open and end.
func (p *jsonParser) items(open, end byte, f func()) {
	if p.depth++; p.depth > 16 {
		p.fail("too deep")
	}
	defer func() { p.depth-- }()
	if !p.expect(open) || p.next(end) {
		return
	}
	for {
		if f(); p.err != nil || p.next(end) || !p.expect(',') {
			return
		}
	}
}

func (p *jsonParser) list(f func()) { p.items('[', ']', f) }

func (p *jsonParser) object(f func(name string)) {
	p.items('{', '}', func() {
		if name := p.text(); p.expect(':') {
			f(name)
		}
	})
}

func (p *jsonParser) numbers(list ...*int64) {
	i := 0
	p.list(func() {
		n := p.number()
		if i < len(list) {
			*list[i] = n
		}
		i++
	})
}

func (p *jsonParser) number() int64 {
	p.space()
	i := 0
	for i < len(p.s) && (p.s[i] == '-' || '0' <= p.s[i] && p.s[i] <= '9') {
		i++
	}
	n, err := strconv.ParseInt(p.s[:i], 10, 64)
	if err != nil {
		p.fail("no number")
	}
	p.s = p.s[i:]
	return n
}

// text is a string, or bytes in an object.
func (p *jsonParser) text() (text string) {
	if p.space(); p.s != "" && p.s[0] == '{' {
		p.object(func(name string) {
			digits := p.string()
			b := make([]byte, 0, len(digits)/2)
			for ; len(digits) >= 2; digits = digits[2:] {
				v, err := strconv.ParseUint(digits[:2], 16, 8)
				if err != nil {
					p.fail("no hexadecimal digits")
				}
				b = append(b, byte(v))
			}
			if name != "hex" || digits != "" {
				p.fail("no bytes")
			}
			text = string(b)
		})
		return text
	}
	return p.string()
}

func (p *jsonParser) string() string {
	if !p.expect('"') {
		return ""
	}
	var b []byte
	for {
		i := 0
		for i < len(p.s) && p.s[i] != '"' && p.s[i] != '\\' {
			i++
		}
		b = append(b, p.s[:i]...)
		if p.s = p.s[i:]; len(p.s) < 2 && p.s != `"` {
			p.fail("a string without end")
			return ""
		}
		c := p.s[0]
		p.s = p.s[1:]
		if c == '"' {
			return string(b)
		}
		c, p.s = p.s[0], p.s[1:]
		switch c {
		case 'n':
			b = append(b, '\n')
		case 'r':
			b = append(b, '\r')
		case 't':
			b = append(b, '\t')
		case 'b':
			b = append(b, '\b')
		case 'f':
			b = append(b, '\f')
		case '"', '\\', '/':
			b = append(b, c)
		case 'u':
			r := p.hex()
			if utf16.IsSurrogate(r) && len(p.s) >= 6 && p.s[:2] == `\u` {
				p.s = p.s[2:]
				r = utf16.DecodeRune(r, p.hex())
			}
			b = utf8.AppendRune(b, r)
		default:
			p.fail("an unknown escape")
			return ""
		}
	}
}

func (p *jsonParser) hex() rune {
	if len(p.s) < 4 {
		p.fail("a cut escape")
		return 0
	}
	n, err := strconv.ParseUint(p.s[:4], 16, 16)
	if err != nil {
		p.fail("no escape")
	}
	p.s = p.s[4:]
	return rune(n)
}

// skip reads a value of any kind.
func (p *jsonParser) skip() {
	p.space()
	switch {
	case p.s == "":
		p.fail("no value")
	case p.s[0] == '{':
		p.object(func(string) { p.skip() })
	case p.s[0] == '[':
		p.list(p.skip)
	case p.s[0] == '"':
		p.string()
	default:
		i := 0
		for i < len(p.s) && p.s[i] != ',' && p.s[i] != '}' && p.s[i] != ']' && p.s[i] > ' ' {
			i++
		}
		if i == 0 {
			p.fail("no value")
		}
		p.s = p.s[i:]
	}
}
