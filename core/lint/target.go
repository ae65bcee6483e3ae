package lint

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// target looks at the form of the request-target and the octets in it.
func (x *exchange) target() {
	q := &x.r.Request
	t := q.Target.Text
	if t == "" {
		return
	}
	switch _, authority, absolute := cutOrigin(t); {
	case q.Method.Text == "CONNECT":
	case t[0] == '/', absolute && authority != "":
	case t == "*":
		if q.Method.Text != "OPTIONS" {
			x.note("A16", []string{q.Method.Text}, in(q.Target))
		}
	case isAuthority(t):
		x.note("A17", []string{t}, in(q.Target))
	default:
		x.note("A10", []string{t}, in(q.Target))
	}
	path := true
	for i := 0; i < len(t) && i < maxScan; i++ {
		at := Range{trace.In, int64(q.Target.Off) + int64(i), 1}
		switch c := t[i]; {
		case c == '#':
			x.note("A13", nil, Range{trace.In, at.Off, int64(len(t) - i)})
			return
		case c == '?':
			path = false
		case c <= ' ' || c >= 0x7f || strings.IndexByte(`"<>\`, c) >= 0 || path && strings.IndexByte("^`{}", c) >= 0:
			x.note("A12", []string{octet(c)}, at)
		case c == '%' && (i+2 >= len(t) || !isHex(t[i+1]) || !isHex(t[i+2])):
			at.Len = int64(min(3, len(t)-i))
			x.note("A20", []string{t[i:min(i+3, len(t))], "%25"}, at)
		}
	}
}

// cutOrigin parts a target in absolute-form.
func cutOrigin(t string) (scheme, authority string, ok bool) {
	scheme, rest, ok := strings.Cut(t, "://")
	if !ok || !http1.IsToken(scheme) {
		return "", "", false
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return scheme, rest, true
}

// isAuthority reports whether t is host ":" port (RFC 9112 §3.2.3).
func isAuthority(t string) bool {
	i := strings.LastIndexByte(t, ':')
	return i > 0 && i < len(t)-1 && http1.IsHost(t)
}

// absolute looks at targets with a host of their own.
func (x *exchange) absolute() {
	q := &x.r.Request
	_, authority, ok := cutOrigin(q.Target.Text)
	if !ok || q.Method.Text == "CONNECT" {
		return
	}
	if strings.IndexByte(authority, '@') >= 0 {
		x.note("A18", nil, in(q.Target))
	}
	x.note("A14", []string{authority}, in(q.Target))
	if host := find(x.q, "Host"); host != nil && !http1.EqualFold(host.Value.Text, authority) {
		x.note("A15", []string{authority, host.Value.Text}, in(q.Target), in(host.Value))
	}
}

func isHex(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f'
}

// octet is c for people: itself, or its two digits.
func octet(c byte) string {
	if c > ' ' && c < 0x7f {
		return string(rune(c))
	}
	const hex = "0123456789ABCDEF"
	return "0x" + hex[c>>4:c>>4+1] + hex[c&15:c&15+1]
}
