package remotefs

import (
	"time"

	"vitrine/core/trace"
)

// AppendRecord appends r as bytes: numbers as varints, texts behind their
// length. A record crosses as one array of bytes, because it holds bytes that
// are no text, and because a value for each of its spans would cost more than
// the exchange did.
func AppendRecord(b []byte, r *trace.Record) []byte {
	b = appendText(b, r.Site)
	b = appendText(b, r.Client)
	b = appendVarint(b, r.Start.UnixMicro())
	b = appendVarint(b, int64(r.Elapsed))
	b = append(b, byte(r.Source))
	b = appendText(b, r.Method)
	b = appendText(b, r.Target)
	b = appendText(b, r.Proto)
	b = appendVarint(b, int64(r.Status))
	b = appendText(b, r.Reason)
	b = appendText(b, r.Type)
	b = appendVarint(b, r.Size)
	b = appendVarint(b, r.Omitted)
	b = appendUvarint(b, uint64(len(r.Spans)))
	for i := range r.Spans {
		s := &r.Spans[i]
		b = append(b, byte(s.Kind), byte(s.Provenance))
		b = appendVarint(b, int64(s.At))
		b = appendText(b, s.Text)
	}
	return b
}

// DecodeRecord reads what AppendRecord wrote.
func DecodeRecord(p []byte) (*trace.Record, error) {
	d := decoder{p: p}
	r := &trace.Record{
		Site:    d.text(),
		Client:  d.text(),
		Start:   time.UnixMicro(d.varint()),
		Elapsed: time.Duration(d.varint()),
		Source:  trace.Provenance(d.byte()),
		Method:  d.text(),
		Target:  d.text(),
		Proto:   d.text(),
		Status:  int(d.varint()),
		Reason:  d.text(),
		Type:    d.text(),
		Size:    d.varint(),
		Omitted: d.varint(),
	}
	// Each span takes four bytes at least, so a number from nowhere cannot
	// make us allocate.
	n := d.uvarint()
	if d.bad || n > uint64(len(d.p))/4 {
		return nil, Error("a broken record")
	}
	r.Spans = make([]trace.Span, n)
	for i := range r.Spans {
		r.Spans[i] = trace.Span{
			Kind:       trace.Kind(d.byte()),
			Provenance: trace.Provenance(d.byte()),
			At:         time.Duration(d.varint()),
			Text:       d.text(),
		}
		d.bad = d.bad || !known(&r.Spans[i])
	}
	if d.bad || len(d.p) > 0 || r.Source > trace.Simulated || r.Status < 0 || r.Status > 999 {
		return nil, Error("a broken record")
	}
	return r, nil
}

// known reports whether a span is of a kind and a provenance that there is.
func known(s *trace.Span) bool {
	switch s.Kind {
	case trace.In, trace.Out, trace.Event, trace.Fault, trace.Note:
		return s.Provenance <= trace.Simulated
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
