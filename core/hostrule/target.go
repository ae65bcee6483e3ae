package hostrule

import "strings"

// Authority returns the authority of a request-target in absolute-form, which
// counts before Host (RFC 9112 §3.2.2); ok is false for the other forms.
func Authority(target string) (authority string, ok bool) {
	scheme, rest, ok := strings.Cut(target, "://")
	if !ok || !validScheme(scheme) {
		return "", false
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return rest, true
}

// validScheme follows RFC 3986 §3.1.
func validScheme(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && (i == 0 || !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return s != ""
}
