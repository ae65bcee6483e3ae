package http1

import (
	"bytes"
	"slices"
	"testing"
)

// spec: H-5
func TestFields(t *testing.T) {
	f := Fields{{"A", "1"}, {"b", ""}, {"a", "2"}, {"Connection", "x"}, {"connection", " , keep-alive,\tClose"}}
	if v, ok := f.Lookup("a"); v != "1" || !ok {
		t.Errorf("Lookup a: %q %t", v, ok)
	}
	if v, ok := f.Lookup("B"); v != "" || !ok {
		t.Errorf("Lookup B: %q %t", v, ok)
	}
	if v, ok := f.Lookup("c"); v != "" || ok {
		t.Errorf("Lookup c: %q %t", v, ok)
	}
	if f.Get("A") != "1" || f.Get("c") != "" || !f.Has("B") || f.Has("c") {
		t.Error("Get or Has")
	}
	if got := slices.Collect(f.Values("a")); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("Values: %q", got)
	}
	for v := range f.Values("a") {
		if v != "1" {
			t.Errorf("went on with %q", v)
		}
		break
	}
	for token, want := range map[string]bool{"close": true, "KEEP-ALIVE": true, "x": true, "keep": false, "": true} {
		if got := f.HasToken("Connection", token); got != want {
			t.Errorf("HasToken %q: %t", token, got)
		}
	}
	if f.HasToken("c", "x") {
		t.Error("HasToken of no field")
	}
}

func TestEqualFold(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want bool
	}{
		{"", "", true}, {"aZ", "Az", true}, {"a", "b", false}, {"a", "ab", false},
		{"k", "\u212a", false}, {"s", "\u017f", false}, {"[", "{", false}, {"@", "`", false}, {"\xe9", "\xc9", false},
	} {
		if got := EqualFold(tc.a, tc.b); got != tc.want {
			t.Errorf("EqualFold(%q, %q) = %t", tc.a, tc.b, got)
		}
	}
}

func TestTrimOWS(t *testing.T) {
	for in, want := range map[string]string{"": "", " \t ": "", " a b\t": "a b", "\va\r": "\va\r", "\u00a0a": "\u00a0a"} {
		if got := TrimOWS(in); got != want {
			t.Errorf("TrimOWS(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestVersionAtLeast(t *testing.T) {
	for _, tc := range []struct {
		v    Version
		want bool
	}{{Version{1, 1}, true}, {Version{1, 10}, true}, {Version{2, 0}, true}, {Version{1, 0}, false}, {Version{0, 9}, false}} {
		if got := tc.v.AtLeast(1, 1); got != tc.want {
			t.Errorf("%v: %t", tc.v, got)
		}
	}
}

// The table of octets against the grammar, octet by octet.
// spec: R-3
func TestOctets(t *testing.T) {
	for i := range 256 {
		c := byte(i)
		alnum := '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		in := func(set string) bool { return slices.Contains([]byte(set), c) }
		for k, want := range map[class]bool{
			tchar:   alnum || in("!#$%&'*+-.^_`|~"),
			visible: c > ' ' && c < 0x7f,
			text:    c == '\t' || c >= ' ' && c != 0x7f,
			space:   in("\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0"),
			hexa:    in("0123456789abcdefABCDEF"),
			regname: alnum || in("-._~!$&'()*+,;="),
		} {
			if is(c, k) != want {
				t.Errorf("octet %02x is of class %b: %t", c, k, !want)
			}
		}
	}
}

// Eight octets at a time finds what one at a time finds.
func TestFirstControl(t *testing.T) {
	for n := range 20 {
		for at := range n {
			for c := range 256 {
				s := bytes.Repeat([]byte{0xff}, n)
				s[at] = byte(c)
				s[n-1] &= 0x1f // a second one at the end, or a tab
				if got, want := firstControl(s), firstOther(s, text); got != want {
					t.Fatalf("%x: got %d, want %d", s, got, want)
				}
			}
		}
	}
}

func TestBarredTrailers(t *testing.T) {
	for name, want := range map[string]bool{
		"Content-Length": true, "TRANSFER-ENCODING": true, "host": true, "Set-Cookie": true, "X-Forwarded-Host": true,
		"If-None-Match": true, "X-Checksum": false, "ETag": false, "Server-Timing": false, "X-Forwarded": false,
		"a-name-that-is-longer-than-all-barred-names": false, "": false,
	} {
		if got := IsBarredTrailer(name); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestIsToken(t *testing.T) {
	for s, want := range map[string]bool{
		"": false, "GET": true, "!#$%&'*+-.^_`|~09azAZ": true,
		"a b": false, "a:": false, "a\x00": false, "\x7f": false, "caf\u00e9": false, "(a)": false, "a/b": false,
	} {
		if got := IsToken(s); got != want {
			t.Errorf("IsToken(%q) = %v, want %v", s, got, want)
		}
		if got := IsToken([]byte(s)); got != want {
			t.Errorf("IsToken of the bytes of %q = %v, want %v", s, got, want)
		}
	}
}
