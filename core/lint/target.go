package lint

import (
	"strings"

	"vitrine/core/http1"
)

// target looks at the form of the request-target and the octets in it.
func (x *exchange) target() {
	p := &x.r.Request.Target
	t := p.Text
	if t == "" {
		return
	}
	authority, absolute := originOf(t)
	colon := strings.LastIndexByte(t, ':')
	switch {
	case x.method == "CONNECT":
	case t[0] == '/':
	case absolute:
		x.absolute(authority)
	case t == "*":
		if x.method != "OPTIONS" {
			x.part(a16, p, x.method)
		}
	case colon > 0 && colon < len(t)-1 && http1.IsHost(t):
		x.part(a17, p, t)
	default:
		x.part(a10, p, t)
	}
	path := true
	for i := 0; i < len(t) && i < maxScan; i++ {
		at := int64(p.Off) + int64(i)
		switch c := t[i]; {
		case c == '#':
			x.bytes(a13, at, int64(len(t)-i))
			return
		case c == '?':
			path = false
		case c <= ' ' || c >= 0x7f || strings.IndexByte(`"<>\`, c) >= 0 || path && strings.IndexByte("^`{}", c) >= 0:
			x.bytes(a12, at, 1)
			x.arg(octet(c))
		case c == '%' && (i+2 >= len(t) || !isHex(t[i+1]) || !isHex(t[i+2])):
			broken := t[i:min(i+3, len(t))]
			x.bytes(a20, at, int64(len(broken)))
			x.arg(broken)
			x.arg("%25")
		}
	}
}

// absolute looks at a target with a host of its own.
func (x *exchange) absolute(authority string) {
	p := &x.r.Request.Target
	if strings.IndexByte(authority, '@') >= 0 {
		x.part(a18, p, "")
		authority = authority[strings.IndexByte(authority, '@')+1:]
	}
	x.part(a14, p, authority)
	if h := x.req.value(host); h != "" && !http1.EqualFold(h, authority) {
		x.part(a15, p, authority)
		x.arg(h)
	}
}

// originOf is the authority of a target in absolute-form.
func originOf(t string) (authority string, ok bool) {
	scheme, rest, ok := strings.Cut(t, "://")
	if !ok || !http1.IsToken(scheme) {
		return "", false
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return rest, rest != ""
}

// octet is c for people: itself, or its two digits.
func octet(c byte) string {
	if c > ' ' && c < 0x7f {
		return string(rune(c))
	}
	const hex = "0123456789ABCDEF"
	return "0x" + hex[c>>4:c>>4+1] + hex[c&15:c&15+1]
}
