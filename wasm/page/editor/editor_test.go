package editor

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

const request = "GET  /a HTTP/1.1\r\nX:\ty\x00\n\xffé\r\r\n\r\n"

func TestShow(t *testing.T) {
	text := Text{Bytes: []byte(request), Marks: []int{7, 18}}
	for v, want := range map[View]string{
		AsText:    "GET  /a\nsegment 2\n HTTP/1.1CRLF\nsegment 3\nX:TABy" + "NULLF\n" + `\xff` + "éCRCRLF\nCRLF\n",
		AsEscapes: `GET  /a\| HTTP/1.1\r\n` + "\n" + `\|X:\ty\0\n` + "\n" + `\xff\xc3\xa9\r\r\n` + "\n" + `\r\n` + "\n",
		AsHex:     "47 45 54 20 20 2f 61 |\n20\n48 54 54 50 2f 31 2e 31\n0d 0a |\n58 3a 09 79 00 0a\nff c3 a9 0d 0d 0a 0d 0a\n",
	} {
		s := Show(&text, v)
		if s.Text != want {
			t.Errorf("%d: got\n%q, want\n%q", v, s.Text, want)
		}
		checkTokens(t, &s, &text)
		if v == AsText {
			continue
		}
		back, shown := Parse(s.Text, v)
		if !back.Equal(&text) || shown.Bad >= 0 {
			t.Errorf("%d: got %q, marks %v, bad at %d", v, back.Bytes, back.Marks, shown.Bad)
		}
		checkTokens(t, &shown, &text)
	}
}

// checkTokens fails unless the tokens are the text, one behind another, and have
// each byte once.
func checkTokens(t *testing.T, s *Shown, text *Text) {
	t.Helper()
	var b strings.Builder
	units, off, marks := 0, 0, 0
	for _, k := range s.Tokens {
		if k.From != units || k.Off != off || k.To-k.From != len(utf16.Encode([]rune(k.Text))) {
			t.Fatalf("token %+v, want it at %d, byte %d", k, units, off)
		}
		if k.Kind == Mark {
			if marks >= len(text.Marks) || text.Marks[marks] != k.Off {
				t.Fatalf("token %+v is no mark of %v", k, text.Marks)
			}
			marks++
		}
		units, off = k.To, off+k.Len
		b.WriteString(k.Text)
	}
	if b.String() != s.Text || off != len(text.Bytes) || marks != len(text.Marks) {
		t.Fatalf("the tokens have %q, %d bytes, %d marks", b.String(), off, marks)
	}
}

func TestParse(t *testing.T) {
	for _, tc := range []struct {
		view  View
		text  string
		bytes string
		bad   int
	}{
		{AsEscapes, `a\r\n\x0A\X41\q`, "a\r\n\nX41q", 9},
		{AsEscapes, `\x4`, "x4", 0},
		{AsEscapes, `😀\`, "😀", 2},
		{AsHex, "47 4z 45", "G\x45", 3},
		{AsHex, "4745\n54", "GET", -1},
		{AsHex, "4", "", 0},
	} {
		got, s := Parse(tc.text, tc.view)
		if string(got.Bytes) != tc.bytes || s.Bad != tc.bad {
			t.Errorf("%q: got %q, bad at %d, want %q, %d", tc.text, got.Bytes, s.Bad, tc.bytes, tc.bad)
		}
		checkTokens(t, &s, &got)
	}
}

// A person changes what is shown; | is the caret behind it.
func TestEdited(t *testing.T) {
	for _, tc := range []struct {
		name, bytes string
		marks       []int
		typed, want string
		wantMarks   []int
		caret       string // as typed, after the change is shown again
	}{
		{"a letter", "GET", nil, "GETS|", "GETS", nil, "GETS|"},
		{"the same letter as before it", "aa", nil, "aaa|", "aaa", nil, "aaa|"},
		{"a line end", "GET / HTTP/1.0", nil, "GET / HTTP/1.0\n|", "GET / HTTP/1.0\r\n", nil, "GET / HTTP/1.0CRLF\n|"},
		{"a letter before a line end", "AB\r\n", nil, "ABC|CRLF\n", "ABC\r\n", nil, "ABC|CRLF\n"},
		{"a letter within a name goes behind it", "A\rB", nil, "ACx|RB", "A\rxB", nil, "ACRx|B"},
		{"a line end goes as a whole", "A\r\nB", nil, "ACRLF|B", "AB", nil, "A|B"},
		{"a name goes as a whole", "A\x00B", nil, "ANU|B", "AB", nil, "A|B"},
		{"a selection that begins within a name", "A\r\nBC", nil, "ACR|C", "AC", nil, "A|C"},
		{"a whole line", "A\r\nB\r\nC", nil, "ACRLF\n|C", "A\r\nC", nil, "ACRLF\n|C"},
		{"what a phone writes", "a-b", nil, "a’|b", "a’b", nil, "a’|b"},
		{"before a mark", "A\r\nB", []int{3}, "AxCRLF\n|segment 2\nB", "Ax\r\nB", []int{4}, ""},
		{"at the end of a segment", "AB", []int{1}, "AC|\nsegment 2\nB", "ACB", []int{2}, "AC|\nsegment 2\nB"},
		{"at the start of a segment", "AB", []int{1}, "A\nsegment 2\nC|B", "ACB", []int{1}, "A\nsegment 2\nC|B"},
		{"a mark goes", "AB", []int{1}, "A\nsegment 2|B", "AB", nil, "A|B"},
		{"the first byte of a segment goes", "ABC", []int{1}, "A\nsegment 2\n|C", "AC", []int{1}, "A\nsegment 2\n|C"},
		{"everything goes", "A\r\nB", []int{3}, "|", "", nil, "|"},
	} {
		text := Text{[]byte(tc.bytes), tc.marks}
		s := Show(&text, AsText)
		before, after, _ := strings.Cut(tc.typed, "|")
		got, at, behind := s.Edited(&text, before+after, len(utf16.Encode([]rune(before))), "\r\n")
		if tc.caret == "" {
			continue // the browser put the caret elsewhere: only the bytes are sure
		}
		if string(got.Bytes) != tc.want || !slices.Equal(got.Marks, tc.wantMarks) {
			t.Errorf("%s: got %q, marks %v, want %q, %v", tc.name, got.Bytes, got.Marks, tc.want, tc.wantMarks)
		}
		now := Show(&got, AsText)
		units := utf16.Encode([]rune(now.Text))
		place := now.Place(at, behind)
		if shown := string(utf16.Decode(units[:place])) + "|" + string(utf16.Decode(units[place:])); shown != tc.caret {
			t.Errorf("%s: got %q, want %q", tc.name, shown, tc.caret)
		}
	}
}

func TestSnap(t *testing.T) {
	text := Text{Bytes: []byte("A\r\nB")}
	s := Show(&text, AsText) // ACRLF\nB
	for unit, want := range map[int][2]int{0: {0, 0}, 1: {1, 1}, 2: {1, 6}, 5: {1, 6}, 6: {6, 6}, 7: {7, 7}} {
		if back, on := s.Snap(unit, false), s.Snap(unit, true); back != want[0] || on != want[1] {
			t.Errorf("%d: got %d and %d, want %v", unit, back, on, want)
		}
	}
}

func TestSegments(t *testing.T) {
	text := Of([][]byte{[]byte("ab"), nil, []byte("cd"), []byte("e")})
	if !slices.Equal(text.Marks, []int{2, 4}) {
		t.Errorf("got marks %v", text.Marks)
	}
	var parts []string
	for _, s := range text.Segments() {
		parts = append(parts, string(s))
	}
	if strings.Join(parts, "|") != "ab|cd|e" || text.Segment(1) != 0 || text.Segment(2) != 1 || text.Segment(4) != 2 {
		t.Errorf("got %q", parts)
	}
	for at, want := range map[int][]int{2: {4}, 1: {1, 2, 4}, 5: {2, 4}, 0: {2, 4}} {
		if got := text.Marked(at); !slices.Equal(got.Marks, want) {
			t.Errorf("%d: got %v, want %v", at, got.Marks, want)
		}
	}
	if r := text.Replaced(1, 4, []byte("XYZ")); string(r.Bytes) != "aXYZe" || !slices.Equal(r.Marks, []int{4}) {
		t.Errorf("got %q %v", r.Bytes, r.Marks)
	}
	if len(Of([][]byte{make([]byte, MaxBytes+1)}).Bytes) != MaxBytes {
		t.Error("the bytes are not bounded")
	}
}
