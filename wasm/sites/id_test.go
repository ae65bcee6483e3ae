package sites

import (
	"regexp"
	"testing"
)

func TestLabel(t *testing.T) {
	for _, tc := range []struct{ name, want string }{
		{"shop", "shop"},
		{"My Shop (2)", "my-shop-2"},
		{"--a--b--", "a-b"},
		{"Ünïcode", "n-code"},
		{"日本", "site"},
		{"", "site"},
		{"...", "site"},
		{"xn--80ak6aa92e", "xn-80ak6aa92e"}, // no Punycode by accident
		{"a-folder-with-a-very-long-name", "a-folder-with-a-very"},
		{"exactly-twenty-chars-x", "exactly-twenty-chars"},
		{"nineteen-characters-and", "nineteen-characters"},
	} {
		if got := label(tc.name); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestNewID(t *testing.T) {
	// A label of a host name (RFC 1123 §2.1) that is no other site's.
	legal := regexp.MustCompile(`^[a-z0-9](-?[a-z0-9])*-[a-z0-9]{4}$`)
	seen := make(map[string]bool)
	for i := range 50 {
		id := NewID("My Shop -- ", [4]byte{byte(i), 35, 36, 255})
		if !legal.MatchString(id) || len(id) > 63 {
			t.Errorf("%q is no label", id)
		}
		seen[id] = true
	}
	if len(seen) != 36 { // as many as the first byte makes digits
		t.Errorf("50 sites of one name have %d IDs, want 36", len(seen))
	}
}
