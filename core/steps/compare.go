package steps

import "vitrine/core/trace"

// Row is a step of two traces side by side: an index into each, -1 where one of
// them has none there.
type Row struct{ A, B int }

// Same reports whether both traces have the same step in a row.
func (r Row) Same(a, b *Trace) bool {
	return r.A >= 0 && r.B >= 0 && same(&a.Steps[r.A], &b.Steps[r.B])
}

func same(a, b *Step) bool {
	if a.Code != b.Code || a.Off != b.Off || a.Len != b.Len || a.Number != b.Number || a.Text != b.Text {
		return false
	}
	return a.Fault == nil && b.Fault == nil ||
		a.Fault != nil && b.Fault != nil && a.Fault.Fault == b.Fault.Fault && a.Fault.Offset == b.Fault.Offset && a.Fault.Status == b.Fault.Status
}

// moves reports whether a parser goes on with a step: it neither waits nor stops.
func (s *Step) moves() bool { return s.Code != Wait && s.Code != Closed && s.Code != End }

// Rows puts two traces of the same bytes side by side, a row for each byte at
// which one of them has a step.
func Rows(a, b *Trace) []Row {
	rows := make([]Row, 0, max(len(a.Steps), len(b.Steps)))
	for i, j := 0, 0; i < len(a.Steps) || j < len(b.Steps); {
		row := Row{i, j}
		switch {
		case i == len(a.Steps):
			row.A = -1
		case j == len(b.Steps):
			row.B = -1
		default:
			x, y := &a.Steps[i], &b.Steps[j]
			switch {
			case x.Off < y.Off || x.Off == y.Off && x.Code == Wait && y.moves():
				row.B = -1
			case x.Off > y.Off || x.moves() && y.Code == Wait:
				row.A = -1
			}
		}
		if row.A >= 0 {
			i++
		}
		if row.B >= 0 {
			j++
		}
		rows = append(rows, row)
	}
	return rows
}

// Refused reports whether the parser stopped at a fault.
func (t *Trace) Refused() bool { return t.Steps[len(t.Steps)-1].Text == trace.WhyFault }

// Diverge is the byte at which two traces of the same bytes part; false if they
// do not.
func Diverge(a, b *Trace) (at int, ok bool) {
	for i := 0; i < len(a.Steps) || i < len(b.Steps); i++ {
		switch {
		case i >= len(a.Steps):
			return b.Steps[i].At(), true
		case i >= len(b.Steps):
			return a.Steps[i].At(), true
		case same(&a.Steps[i], &b.Steps[i]):
			continue
		}
		x, y := &a.Steps[i], &b.Steps[i]
		switch {
		case x.Fault != nil && (y.Fault == nil || x.At() < y.At()):
			return x.At(), true
		case y.Fault != nil:
			return y.At(), true
		case x.Off == y.Off && x.Code == y.Code:
			return min(x.End(), y.End()), true
		}
		return min(x.Off, y.Off), true
	}
	return 0, false
}
