package markup

import (
	"html"
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"", ""},
		{"plain", "plain"},
		{`<img src=x onerror="a('&')">`, `&lt;img src=x onerror=&#34;a(&#39;&amp;&#39;)&#34;&gt;`},
		{"a\x00b", "a\uFFFDb"},
	} {
		if got := string(Text(nil, tc.in)); got != tc.want {
			t.Errorf("Text(%q): got %q, want %q", tc.in, got, tc.want)
		}
	}
}

func TestBytes(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		a        Alphabet
		want     string
	}{
		{"line end", "a\r\n", ASCII, `a<i class="gl" aria-hidden="true">CR</i><i class="gl" aria-hidden="true">LF</i>`},
		{"bare CR", "a\rb", ASCII, `a<i class="gl" aria-hidden="true">CR</i>b`},
		{"tab and NUL", "\t\x00", ASCII, `<i class="gl" aria-hidden="true">TAB</i><i class="gl" aria-hidden="true">NUL</i>`},
		{"bytes of UTF-8 in a head", "é", ASCII, `<span class="pill">C3</span><span class="pill">A9</span>`},
		{"UTF-8 in content", "é", UTF8, "é"},
		{"a stray byte in content", "\xe9", UTF8, `<span class="pill">E9</span>`},
		{"direction override", "a\u202eb", UTF8, `a<span class="pill">U+202E</span>b`},
		{"zero width", "\u200b\ufeff", UTF8, `<span class="pill">U+200B</span><span class="pill">U+FEFF</span>`},
		{"escape sequence", "\x1b[2J", UTF8, `<span class="pill">1B</span>[2J`},
		{"DEL", "\x7f", ASCII, `<span class="pill">7F</span>`},
		{"markup", "<b>", UTF8, "&lt;b&gt;"},
		{"beyond the basic plane", "\U000E0001", UTF8, `<span class="pill">U+E0001</span>`},
	} {
		if got := string(Bytes(nil, tc.in, tc.a)); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.name, got, tc.want)
		}
	}
}

// What goes in as text must not come out as markup.
func FuzzEscape(f *testing.F) {
	f.Add("<script>alert(1)</script>")       // an element
	f.Add(`" onmouseover="alert(1)`)         // out of an attribute
	f.Add("' x='")                           // the other quote
	f.Add("&lt;&#x3c;&amp;")                 // already escaped
	f.Add("\xff\xfe<\x80>\u202e\u2028\x00é") // bytes that are no text
	f.Fuzz(func(t *testing.T, s string) {
		text := string(Text(nil, s))
		if strings.ContainsAny(text, "<>\"'") {
			t.Fatalf("Text(%q) = %q", s, text)
		}
		if got, want := html.UnescapeString(text), strings.ReplaceAll(s, "\x00", "\uFFFD"); got != want {
			t.Fatalf("Text(%q) reads back as %q", s, got)
		}
		for _, a := range []Alphabet{ASCII, UTF8} {
			out := string(Bytes(nil, s, a))
			for _, own := range []string{`<i class="gl" aria-hidden="true">`, `</i>`, `<span class="pill">`, `</span>`} {
				out = strings.ReplaceAll(out, own, "")
			}
			if strings.ContainsAny(out, "<>\"'") {
				t.Fatalf("Bytes(%q) = %q", s, out)
			}
		}
	})
}
