package steps

import "vitrine/core/http1"

// Append appends a trace as bytes, for another program of the same build:
// numbers in base 128, texts behind their length.
func (t *Trace) Append(b []byte) []byte {
	b = appendNumber(appendNumber(b, t.Requests), t.Cut)
	b = appendNumber(b, len(t.Steps))
	for i := range t.Steps {
		s := &t.Steps[i]
		b = append(b, s.Code.number())
		b = appendNumber(appendNumber(b, s.Off), s.Len)
		b = appendNumber(appendNumber(b, s.Request), int(s.Number))
		b = appendText(b, s.Text)
		if s.Fault == nil {
			b = append(b, 0)
			continue
		}
		b = append(b, byte(s.Fault.Fault))
		b = appendNumber(appendNumber(b, s.Fault.Status), s.Fault.Offset)
		b = appendText(b, s.Fault.Section)
	}
	return b
}

func (c Code) number() byte {
	for i, code := range Codes {
		if code == c {
			return byte(i)
		}
	}
	return byte(len(Codes))
}

func appendNumber(b []byte, n int) []byte {
	v := uint(n)
	for v >= 0x80 {
		b = append(b, byte(v)|0x80)
		v >>= 7
	}
	return append(b, byte(v))
}

func appendText(b []byte, s string) []byte { return append(appendNumber(b, len(s)), s...) }

// Decode reads a trace that Append appended, and returns what stands behind it.
// It is nil if the bytes are none.
func Decode(b []byte) (t *Trace, rest []byte) {
	d := decoder{b: b}
	t = &Trace{Requests: d.number(), Cut: d.number()}
	n := d.number()
	if n > len(d.b) {
		return nil, nil
	}
	t.Steps = make([]Step, n)
	for i := range t.Steps {
		s := &t.Steps[i]
		code := d.byte()
		if int(code) >= len(Codes) {
			return nil, nil
		}
		s.Code = Codes[code]
		s.Off, s.Len, s.Request, s.Number = d.number(), d.number(), d.number(), int64(d.number())
		s.Text = d.text()
		if f := http1.Fault(d.byte()); f != 0 {
			s.Fault = &http1.Error{Fault: f, Status: d.number(), Offset: d.number(), Section: d.text()}
		}
	}
	if d.bad {
		return nil, nil
	}
	return t, d.b
}

type decoder struct {
	b   []byte
	bad bool
}

func (d *decoder) byte() byte {
	if len(d.b) == 0 {
		d.bad = true
		return 0
	}
	c := d.b[0]
	d.b = d.b[1:]
	return c
}

func (d *decoder) number() int {
	var v uint
	for shift := 0; shift < 63; shift += 7 {
		c := d.byte()
		v |= uint(c&0x7f) << shift
		if c < 0x80 {
			return int(v)
		}
	}
	d.bad = true
	return 0
}

func (d *decoder) text() string {
	n := d.number()
	if n < 0 || n > len(d.b) {
		d.bad = true
		return ""
	}
	s := string(d.b[:n])
	d.b = d.b[n:]
	return s
}
