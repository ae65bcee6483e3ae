package editor

import (
	"unicode/utf16"
)

// Byte is the byte at a place of what is shown, and whether the mark of a
// segment that ends there stands before the place.
func (s *Shown) Byte(unit int) (at int, behind bool) {
	for i := range s.Tokens {
		k := &s.Tokens[i]
		if unit >= k.To {
			continue
		}
		if k.single() {
			at = unit - k.From
		}
		return k.Off + at, unit == k.From && i > 0 && s.Tokens[i-1].Kind == Mark
	}
	return s.bytes, false
}

// Place is where a byte is shown; behind the mark of a segment that ends there,
// if it is asked for.
func (s *Shown) Place(at int, behind bool) (unit int) {
	for i := range s.Tokens {
		switch k := &s.Tokens[i]; {
		case k.Kind == Mark && k.Off == at && behind:
			return k.To
		case k.Len == 0:
		case k.Off >= at:
			return unit
		case k.single():
			unit = k.From + min(at-k.Off, k.Len)
		default:
			unit = k.To
		}
	}
	return unit
}

// Snap is the nearest place where a caret can stand, in the direction in which
// it moved: not within what stands for one byte.
func (s *Shown) Snap(unit int, forward bool) int {
	if s.View != AsText {
		return unit
	}
	for i := range s.Tokens {
		k := &s.Tokens[i]
		if k.From < unit && unit < k.To && !k.single() {
			if forward {
				return k.To
			}
			return k.From
		}
	}
	return unit
}

// Edited is t after a person changed what is shown to text; the caret stands
// behind the change then. A line end becomes lineEnd. It returns where the caret
// is in the bytes, and whether that is behind a mark.
func (s *Shown) Edited(t *Text, text string, caret int, lineEnd string) (edited Text, at int, behind bool) {
	was, is := utf16.Encode([]rune(s.Text)), utf16.Encode([]rune(text))
	caret = min(max(caret, 0), len(is))
	from, to, end := difference(was, is, caret)
	inserted := string(utf16.Decode(is[from:end]))
	// What stands for bytes goes or stays as a whole.
	for i := range s.Tokens {
		k := &s.Tokens[i]
		if k.single() && k.Kind != Mark || k.Kind == Break {
			continue
		}
		switch {
		case from == to && k.From < from && from < k.To:
			from, to = k.To, k.To
		case from != to && k.From < from && from < k.To:
			from = k.From
		}
		if from != to && k.From < to && to < k.To {
			to = k.To
		}
	}
	first, behind := s.Byte(from)
	last, _ := s.Byte(to)
	b := encode(inserted, lineEnd)
	b = b[:min(len(b), max(0, MaxBytes-len(t.Bytes)+last-first))]
	edited.Bytes = append(append(append([]byte(nil), t.Bytes[:first]...), b...), t.Bytes[last:]...)
	mark := 0
	for i := range s.Tokens {
		k := &s.Tokens[i]
		if k.Kind != Mark {
			continue
		}
		switch m := t.Marks[mark]; {
		case k.To <= from:
			edited.Marks = append(edited.Marks, m)
		case k.From >= to:
			edited.Marks = append(edited.Marks, m+len(b)-(last-first))
		}
		mark++
	}
	return edited.tidy(), first + len(b), behind && len(b) == 0
}

// difference is what of was, from one place to another, became what of is, up
// to end. The caret tells which of equal characters are new.
func difference(was, is []uint16, caret int) (from, to, end int) {
	suffix := len(is) - caret
	for i := range suffix {
		if i >= len(was) || was[len(was)-1-i] != is[len(is)-1-i] {
			suffix = i // the browser put the caret elsewhere
			break
		}
	}
	to, end = len(was)-suffix, len(is)-suffix
	for from < to && from < end && was[from] == is[from] {
		from++
	}
	return from, to, end
}

// encode makes bytes of characters.
func encode(s, lineEnd string) []byte {
	var b []byte
	for _, r := range s {
		if r == '\n' {
			b = append(b, lineEnd...)
		} else {
			b = append(b, string(r)...)
		}
	}
	return b
}
