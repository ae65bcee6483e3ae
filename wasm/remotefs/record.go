package remotefs

import (
	"time"

	"vitrine/core/trace"
)

// AppendRecord appends r as bytes: numbers as varints, texts behind their
// length. A record crosses as one array of bytes, because it holds bytes that
// are no text, and because a value for each of its steps would cost more than
// the exchange did.
func AppendRecord(b []byte, r *trace.Record) []byte {
	b = appendText(b, r.Site)
	b = appendText(b, r.Client)
	b = appendVarint(b, r.Start.UnixMicro())
	b = appendVarint(b, int64(r.Elapsed))
	b = append(b, byte(r.Source))
	b = appendVarint(b, int64(r.Status))
	b = appendVarint(b, r.Size)
	b = appendVarint(b, r.Omitted)
	b = appendHead(b, r.Request.Head())
	b = appendHead(b, r.Response.Head())
	for _, s := range browserTexts(&r.Browser) {
		b = appendText(b, *s)
	}
	b = appendUvarint(b, uint64(len(r.Steps)))
	for i := range r.Steps {
		s := &r.Steps[i]
		b = append(b, byte(s.Kind), byte(s.From))
		b = appendVarint(b, int64(s.At))
		b = appendVarint(b, s.Off)
		b = appendVarint(b, s.Len)
		b = appendText(b, string(s.Code))
		b = appendText(b, s.Ref)
		b = appendText(b, s.Bytes)
		b = appendUvarint(b, uint64(len(s.Args)))
		for _, a := range s.Args {
			b = appendText(b, a)
		}
	}
	return b
}

func browserTexts(b *trace.Browser) [6]*string {
	return [...]*string{&b.Mode, &b.Destination, &b.Cache, &b.Redirect, &b.Referrer, &b.Client}
}

func appendHead(b []byte, h trace.Head) []byte {
	for _, p := range h.Start {
		b = appendPart(b, p)
	}
	b = appendUvarint(b, uint64(len(*h.Fields)))
	for i := range *h.Fields {
		b = appendPart(appendPart(b, &(*h.Fields)[i].Name), &(*h.Fields)[i].Value)
	}
	return b
}

func appendPart(b []byte, p *trace.Part) []byte {
	b = appendText(b, p.Text)
	return appendVarint(appendVarint(b, int64(p.Off)), int64(p.Len))
}

// maxArgs is the most arguments that a step has.
const maxArgs = 16

// DecodeRecord reads what AppendRecord wrote.
func DecodeRecord(p []byte) (*trace.Record, error) {
	d := decoder{p: p}
	r := &trace.Record{
		Site:    d.text(),
		Client:  d.text(),
		Start:   time.UnixMicro(d.varint()),
		Elapsed: time.Duration(d.varint()),
		Source:  trace.Provenance(d.byte()),
		Status:  int(d.varint()),
		Size:    d.varint(),
		Omitted: d.varint(),
	}
	d.head(r.Request.Head())
	d.head(r.Response.Head())
	for _, s := range browserTexts(&r.Browser) {
		*s = d.text()
	}
	// Each step takes nine bytes at least.
	if n := d.count(9); n > 0 {
		r.Steps = make([]trace.Step, n)
	}
	for i := range r.Steps {
		s := &r.Steps[i]
		s.Kind = trace.Kind(d.byte())
		s.From = trace.Provenance(d.byte())
		s.At = time.Duration(d.varint())
		s.Off, s.Len = d.varint(), d.varint()
		s.Code = trace.Code(d.text())
		s.Ref = d.text()
		s.Bytes = d.text()
		n := d.count(1)
		d.bad = d.bad || n > maxArgs || !known(s)
		if d.bad {
			break
		}
		if n > 0 {
			s.Args = make([]string, n)
		}
		for i := range s.Args {
			s.Args[i] = d.text()
		}
	}
	if d.bad || len(d.p) > 0 || r.Source > trace.Simulated || r.Status < 0 || r.Status > 999 {
		return nil, Error("a broken record")
	}
	return r, nil
}

// count reads how many things follow, each of size bytes at least, so that a
// number from nowhere cannot make us allocate.
func (d *decoder) count(size int) int {
	n := d.uvarint()
	if n > uint64(len(d.p)/size) {
		d.bad, d.p = true, nil
		return 0
	}
	return int(n)
}

func (d *decoder) head(h trace.Head) {
	for _, p := range h.Start {
		d.part(p)
	}
	if n := d.count(6); n > 0 {
		*h.Fields = make(trace.Fields, n)
	}
	for i := range *h.Fields {
		d.part(&(*h.Fields)[i].Name)
		d.part(&(*h.Fields)[i].Value)
	}
}

func (d *decoder) part(p *trace.Part) {
	p.Text = d.text()
	off, n := d.varint(), d.varint()
	p.Off, p.Len = int32(off), int32(n)
	if int64(p.Off) != off || int64(p.Len) != n || off < 0 || n < 0 {
		d.bad, d.p = true, nil
	}
}

// known reports whether a step is of a kind and a provenance that there is,
// has a code of the right form, and a range that can be.
func known(s *trace.Step) bool {
	switch s.Kind {
	case trace.In, trace.Out, trace.Event, trace.Fault, trace.Note:
		return s.From <= trace.Simulated && (s.Code == "" || s.Code.Valid()) && s.Off >= 0 && s.Len >= 0
	}
	return false
}

// Numbers are in base 128, the lowest digits first, as in encoding/binary,
// which would bring package reflect along.
func appendUvarint(b []byte, v uint64) []byte {
	for v >= 0x80 {
		b = append(b, byte(v)|0x80)
		v >>= 7
	}
	return append(b, byte(v))
}

// appendVarint keeps small negative numbers small too.
func appendVarint(b []byte, v int64) []byte {
	return appendUvarint(b, uint64(v)<<1^uint64(v>>63))
}

func appendText(b []byte, s string) []byte {
	return append(appendUvarint(b, uint64(len(s))), s...)
}

// decoder reads from p; after a fault everything is zero.
type decoder struct {
	p   []byte
	bad bool
}

func (d *decoder) byte() byte {
	if len(d.p) == 0 {
		d.bad = true
		return 0
	}
	b := d.p[0]
	d.p = d.p[1:]
	return b
}

func (d *decoder) varint() int64 {
	u := d.uvarint()
	return int64(u>>1) ^ -int64(u&1)
}

func (d *decoder) uvarint() (v uint64) {
	for shift := 0; shift < 64; shift += 7 {
		b := d.byte()
		v |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return v
		}
	}
	d.bad, d.p = true, nil
	return 0
}

func (d *decoder) text() string {
	n := d.uvarint()
	if n > uint64(len(d.p)) {
		d.bad, d.p = true, nil
		return ""
	}
	s := string(d.p[:n])
	d.p = d.p[n:]
	return s
}
