package site

import "strings"

// Location is where a request for a directory without the slash at its end is
// sent: the target as it came, not decoded and not normalised, with "/" at
// the end of its path (D-2). An empty query or fragment disappears.
//
// Differs from http.server (D-3, X-1): the result never names another host.
// Scheme and authority of a target are dropped, leading slashes are one, and
// backslashes and controls, which browsers take for slashes or take out, are
// percent-encoded. So are bytes from 80 on, as the Latin-1 characters they
// count as (P-9).
func Location(target string) string {
	path, query, fragment := cutTarget(dropOrigin(target))
	b := make([]byte, 0, len(target)+len("/"))
	if needsSlash(path) {
		b = append(b, '/')
	}
	b = appendLocation(b, path)
	if !strings.HasSuffix(path, "/") {
		b = append(b, '/')
	}
	if query != "" {
		b = appendLocation(append(b, '?'), query)
	}
	if fragment != "" {
		b = appendLocation(append(b, '#'), fragment)
	}
	return string(b)
}

// needsSlash reports whether a path that does not begin with a slash could be
// read as a scheme: "x:/../sub".
func needsSlash(path string) bool {
	if path == "" || path[0] == '/' {
		return false
	}
	first, _, _ := strings.Cut(path, "/")
	return strings.IndexByte(first, ':') >= 0
}

func appendLocation(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 0x80:
			b = appendPercent(b, 0xc0|c>>6)
			b = appendPercent(b, 0x80|c&0x3f)
		case c <= ' ' || c == 0x7f || c == '\\':
			b = appendPercent(b, c)
		default:
			b = append(b, c)
		}
	}
	return b
}

func appendPercent(b []byte, c byte) []byte {
	const digits = "0123456789ABCDEF"
	return append(b, '%', digits[c>>4], digits[c&15])
}
