package editor

import (
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// Whatever is typed, the bytes have it once, the rest stays, and what is shown
// is the bytes.
func FuzzEdited(f *testing.F) {
	f.Add([]byte(request), 5, uint16(3), uint16(4), "x")    // within a word
	f.Add([]byte("a\r\nb"), 3, uint16(2), uint16(9), "\n")  // from within a name to behind a mark
	f.Add([]byte("\xff\xfe"), 1, uint16(0), uint16(99), "") // everything goes
	f.Fuzz(func(t *testing.T, b []byte, mark int, from, to uint16, typed string) {
		if len(b) > 1000 || !utf8.ValidString(typed) || len(typed) > 100 {
			return
		}
		text := Text{Bytes: b, Marks: []int{mark}}.tidy()
		s := Show(&text, AsText)
		checkTokens(t, &s, &text)
		was := utf16.Encode([]rune(s.Text))
		i := int(from) % (len(was) + 1)
		j := i + int(to)%(len(was)-i+1)
		in := utf16.Encode([]rune(typed))
		is := append(append(append([]uint16(nil), was[:i]...), in...), was[j:]...)
		got, at, behind := s.Edited(&text, string(utf16.Decode(is)), i+len(in), "\r\n")
		if at < 0 || at > len(got.Bytes) {
			t.Fatalf("the caret is at %d of %d bytes", at, len(got.Bytes))
		}
		now := Show(&got, AsText)
		checkTokens(t, &now, &got)
		if p := now.Place(at, behind); p < 0 || p > len(utf16.Encode([]rune(now.Text))) {
			t.Fatalf("the caret is at %d", p)
		}
		for _, v := range []View{AsEscapes, AsHex} {
			shown := Show(&got, v)
			if back, p := Parse(shown.Text, v); !back.Equal(&got) || p.Bad >= 0 {
				t.Fatalf("%q reads as %q, bad at %d", shown.Text, back.Bytes, p.Bad)
			}
		}
		Parse(typed, AsEscapes)
		Parse(typed, AsHex)
	})
}
