package copyas

import (
	"strings"

	"vitrine/core/http1"
)

// server is where a copy sends its request.
type server struct {
	tls        bool
	authority  string // as in a URL
	host, port string
}

// here is serve without options, on this machine.
const here = "localhost:8000"

// parseServer reads the origin of a URL. Anything else becomes here: no
// other character than those of a host and a port gets into a copy.
func parseServer(base string) *server {
	s := &server{authority: here}
	scheme, rest, ok := strings.Cut(base, "://")
	authority, _, _ := strings.Cut(rest, "/")
	if ok && (scheme == "http" || scheme == "https") && isAuthority(authority) {
		s.tls, s.authority = scheme == "https", authority
	}
	s.host, s.port = s.authority, "80"
	if s.tls {
		s.port = "443"
	}
	if i := strings.LastIndexByte(s.authority, ':'); i > strings.LastIndexByte(s.authority, ']') {
		s.host, s.port = s.authority[:i], s.authority[i+1:]
	}
	s.host = strings.Trim(s.host, "[]")
	return s
}

// isAuthority reports whether s is a host, a name or an address, and maybe a
// port (RFC 3986 §3.2).
func isAuthority(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case c == '.', c == '-' && i > 0, c == ':' && i > 0, c == '[' && i == 0, c == ']':
		default:
			return false
		}
	}
	return s != "" && len(s) <= 255
}

// url is the URL of a target.
func (s *server) url(target string) string {
	if s.tls {
		return "https://" + s.authority + target
	}
	return "http://" + s.authority + target
}

// isPlainTarget reports whether target is in origin-form and has only
// characters that a URL has as they are: letters, digits and some signs.
func isPlainTarget(target string) bool {
	for i := range len(target) {
		switch c := target[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case strings.IndexByte("-._~!$&'()*+,;=:@/?%", c) >= 0:
		default:
			return false
		}
	}
	return target != "" && target[0] == '/'
}

// hasDotSegments reports whether a reader of URLs would shorten the path of a
// target (RFC 3986 §5.2.4). Browsers read %2e as a dot there.
func hasDotSegments(target string) bool {
	path, _, _ := strings.Cut(target, "?")
	for more := true; more; {
		var segment string
		segment, path, more = strings.Cut(path, "/")
		dots := 0
		for segment != "" && dots < 3 {
			switch {
			case segment[0] == '.':
				segment = segment[1:]
			case len(segment) >= 3 && http1.EqualFold(segment[:3], "%2e"):
				segment = segment[3:]
			default:
				dots, segment = 3, ""
				continue
			}
			dots++
		}
		if dots == 1 || dots == 2 {
			return true
		}
	}
	return false
}
