// Package editor is the text behind the console's editor: bytes and the ends of
// their segments, shown as characters that a person can edit. It knows no
// browser.
//
// The one rule: the bytes are here and never in the browser, which changes line
// ends. What it shows is made of them; what a person does to that is found by
// comparing, and done to the bytes.
package editor

// MaxBytes is how many bytes can be edited.
const MaxBytes = 64 << 10

// Text is what is edited.
type Text struct {
	Bytes []byte
	// Marks are the bytes at which a segment ends and the next begins, in order;
	// none is at either end.
	Marks []int
}

// Of is the text of segments.
func Of(segments [][]byte) Text {
	var t Text
	for i, s := range segments {
		if i > 0 {
			t.Marks = append(t.Marks, len(t.Bytes))
		}
		t.Bytes = append(t.Bytes, s...)
	}
	return t.tidy()
}

// Segments are the bytes of each segment.
func (t *Text) Segments() [][]byte {
	var all [][]byte
	from := 0
	for _, to := range t.Marks {
		all = append(all, t.Bytes[from:to:to])
		from = to
	}
	return append(all, t.Bytes[from:])
}

// Segment is the number of the segment that has byte at, from 0.
func (t *Text) Segment(at int) int {
	n := 0
	for n < len(t.Marks) && t.Marks[n] <= at {
		n++
	}
	return n
}

// Marked is t with a segment that ends at a byte, or without it if there was one.
func (t *Text) Marked(at int) Text {
	m := Text{Bytes: t.Bytes}
	there := false
	for _, k := range t.Marks {
		if k >= at && !there {
			there = true
			if k == at {
				continue
			}
			m.Marks = append(m.Marks, at)
		}
		m.Marks = append(m.Marks, k)
	}
	if !there {
		m.Marks = append(m.Marks, at)
	}
	return m.tidy()
}

// Replaced is t with other bytes from one to another.
func (t *Text) Replaced(from, to int, by []byte) Text {
	r := Text{Bytes: append(append(append([]byte(nil), t.Bytes[:from]...), by...), t.Bytes[to:]...)}
	for _, m := range t.Marks {
		switch {
		case m <= from:
			r.Marks = append(r.Marks, m)
		case m >= to:
			r.Marks = append(r.Marks, m+len(by)-(to-from))
		}
	}
	return r.tidy()
}

// tidy leaves out marks that end no segment, and bytes past the bound. Marks
// are in order.
func (t Text) tidy() Text {
	t.Bytes = t.Bytes[:min(len(t.Bytes), MaxBytes)]
	var marks []int
	for _, m := range t.Marks {
		if n := len(marks); m > 0 && m < len(t.Bytes) && (n == 0 || marks[n-1] < m) {
			marks = append(marks, m)
		}
	}
	t.Marks = marks
	return t
}

// Equal reports whether both are the same.
func (t *Text) Equal(o *Text) bool {
	if string(t.Bytes) != string(o.Bytes) || len(t.Marks) != len(o.Marks) {
		return false
	}
	for i, m := range t.Marks {
		if o.Marks[i] != m {
			return false
		}
	}
	return true
}
