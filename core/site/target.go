package site

import "strings"

// cutTarget cuts a request-target at the first "#", then at the first "?"
// (P-1). The path is not decoded.
func cutTarget(target string) (path, query, fragment string) {
	path, fragment, _ = strings.Cut(target, "#")
	path, query, _ = strings.Cut(path, "?")
	return path, query, fragment
}

// pathOf is the path part of a request-target, not decoded.
func pathOf(target string) string {
	if i := strings.IndexAny(target, "#?"); i >= 0 {
		return target[:i]
	}
	return target
}

// dropOrigin takes scheme and authority off a target in absolute-form
// (RFC 9112 §3.2.2) and all but one of the slashes a path begins with.
//
// Differs from http.server: there "http://host/x" is the relative path
// "http:/host/x" (P-8, X-7).
func dropOrigin(target string) string {
	if n := originLen(target); n > 0 {
		target = target[n:]
		if target == "" || target[0] != '/' {
			target = "/" + target
		}
	}
	for len(target) > 1 && target[0] == '/' && target[1] == '/' {
		target = target[1:]
	}
	return target
}

// originLen is the length of scheme "://" authority at the start of target,
// 0 if it does not start so.
func originLen(target string) int {
	i := 0
	for i < len(target) && isSchemeByte(target[i], i == 0) {
		i++
	}
	if i == 0 || !strings.HasPrefix(target[i:], "://") {
		return 0
	}
	i += len("://")
	for i < len(target) && target[i] != '/' && target[i] != '?' && target[i] != '#' {
		i++
	}
	return i
}

// isSchemeByte follows RFC 3986 §3.1.
func isSchemeByte(c byte, first bool) bool {
	letter := c|0x20 >= 'a' && c|0x20 <= 'z'
	return letter || !first && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.')
}
