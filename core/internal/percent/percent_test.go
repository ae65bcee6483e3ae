package percent

import (
	"strings"
	"testing"
)

func TestDecode(t *testing.T) {
	for path, want := range map[string]string{
		"":                "",
		"/a%20b+c":        "/a b+c",
		"%4":              "%4",
		"%zz%":            "%zz%",
		"%2541":           "%41",
		"%C3%A9":          "\u00e9",
		"%E2%82A":         "\ufffdA",
		"\xe9":            "\u00e9", // Latin-1
		"%C3\xa9":         "\ufffd\u00a9",
		"%ED%B3%BF":       "\xed\xb3\xbf", // a surrogate stays
		"%ED%B3%BF%FF":    "\ufffd\ufffd\ufffd\ufffd",
		"%ED%B3%BF\xe9%C": "\xed\xb3\xbf\u00e9%C",
	} {
		if got := Decode(path); got != want {
			t.Errorf("Decode(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestName(t *testing.T) {
	for _, tc := range []struct {
		text, name string
		ok         bool
	}{
		{"caf\u00e9", "caf\u00e9", true},
		{"a\xed\xb3\xbfb", "a\xffb", true}, // U+DCFF is the byte FF
		{"\xed\xb2\x80", "\x80", true},
		{"\ud7ff", "\ud7ff", true},  // begins with ED, but is no surrogate
		{"\xed\xb1\xbf", "", false}, // U+DC7F is no byte
		{"\xed\xa0\x80", "", false},
	} {
		if name, ok := Name(tc.text); name != tc.name || ok != tc.ok {
			t.Errorf("Name(%q) = %q, %v, want %q, %v", tc.text, name, ok, tc.name, tc.ok)
		}
	}
}

// What is written for a name is read as that name.
func TestNamesComeBack(t *testing.T) {
	names := []string{"a/b_c.d-e~f", "caf\u00e9", "\U0001F600", "\xff\xfe", "a\x80b", "\xed\xb3\xbf", "%41", "?#&", "\x00\n"}
	for c := range 256 {
		names = append(names, string([]byte{byte(c)}), string([]byte{'a', byte(c), 0xe9}))
	}
	for _, name := range names {
		written := string(AppendName(nil, name))
		if strings.Trim(written, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-~/%") != "" {
			t.Errorf("%q is written as %q", name, written)
		}
		if got, ok := Name(Decode(written)); got != name || !ok {
			t.Errorf("%q is written as %q, and read as %q, %v", name, written, got, ok)
		}
	}
}
