package fragment

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestRuns(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		a        Alphabet
		want     []Run
	}{
		{"nothing", "", ASCII, nil},
		{"line end", "a\r\n", ASCII, []Run{{Plain, "a"}, {Glyph, "CR"}, {Glyph, "LF"}}},
		{"bare CR", "a\rb", ASCII, []Run{{Plain, "a"}, {Glyph, "CR"}, {Plain, "b"}}},
		{"tab and NUL", "\t\x00", ASCII, []Run{{Glyph, "TAB"}, {Glyph, "NUL"}}},
		{"bytes of UTF-8 in a head", "é", ASCII, []Run{{Pill, "C3"}, {Pill, "A9"}}},
		{"UTF-8 in content", "aéb", UTF8, []Run{{Plain, "aéb"}}},
		{"a stray byte in content", "\xe9", UTF8, []Run{{Pill, "E9"}}},
		{"U+FFFD in content", "\uFFFD", UTF8, []Run{{Plain, "\uFFFD"}}},
		{"direction override", "a\u202eb", UTF8, []Run{{Plain, "a"}, {Pill, "U+202E"}, {Plain, "b"}}},
		{"zero width", "\u200b\ufeff", UTF8, []Run{{Pill, "U+200B"}, {Pill, "U+FEFF"}}},
		{"escape sequence", "\x1b[2J", UTF8, []Run{{Pill, "1B"}, {Plain, "[2J"}}},
		{"DEL", "\x7f", ASCII, []Run{{Pill, "7F"}}},
		{"control of Latin 1", "\u0085", UTF8, []Run{{Pill, "U+0085"}}},
		{"markup", "<b>", UTF8, []Run{{Plain, "<b>"}}},
		{"beyond the basic plane", "\U000E0001", UTF8, []Run{{Pill, "U+E0001"}}},
	} {
		if got := slices.Collect(Runs(tc.in, tc.a)); !slices.Equal(got, tc.want) {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
	}
}

// Only what can be seen stands for itself, and nothing gets lost.
func FuzzRuns(f *testing.F) {
	f.Add("<script>alert(1)</script>")       // plain in either alphabet
	f.Add("\xff\xfe<\x80>\u202e\u2028\x00é") // bytes that are no text
	f.Add("\r\n\t\x00\x7f\u0085\u200b")      // all that has a name or a number
	f.Fuzz(func(t *testing.T, s string) {
		for _, a := range []Alphabet{ASCII, UTF8} {
			shown, all := 0, 0
			var plain strings.Builder
			for r := range Runs(s, a) {
				if r.Text == "" {
					t.Fatalf("%q: an empty run", s)
				}
				if r.Kind != Plain {
					all++
					for _, c := range r.Text {
						if c != '+' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
							t.Fatalf("%q: a name %q", s, r.Text)
						}
					}
					continue
				}
				shown++
				plain.WriteString(r.Text)
				for _, c := range r.Text {
					if c < 0x20 || c == 0x7f || a == ASCII && c > 0x7f || c >= 0x80 && c < 0xa0 || c >= 0x200b && c <= 0x200f || c >= 0x2028 && c <= 0x202e || c == 0xfeff {
						t.Fatalf("%q: %q stands for itself", s, c)
					}
				}
				if !utf8.ValidString(r.Text) {
					t.Fatalf("%q: bytes that are no text stand for themselves: %q", s, r.Text)
				}
			}
			if a == ASCII {
				want := strings.Map(func(c rune) rune {
					if c >= 0x20 && c < 0x7f {
						return c
					}
					return -1
				}, s)
				if plain.String() != want {
					t.Fatalf("%q: got %q in plain runs, want %q", s, plain.String(), want)
				}
			}
			if (shown+all == 0) != (s == "") {
				t.Fatalf("%q: %d runs", s, shown+all)
			}
		}
	})
}
