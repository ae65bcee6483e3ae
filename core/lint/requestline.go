package lint

import (
	"strings"

	"vitrine/core/http1"
)

// methods are those of RFC 9110 §9 and RFC 5789.
const methods = " GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH "

// longTarget is what every server should take (RFC 9112 §3), in bytes.
const longTarget = 8000

// requestLine looks at how the request-line is put together, its method and its
// version.
func (x *exchange) requestLine() {
	q := &x.r.Request
	if text, off, ok := x.startLine(); ok && (x.method != "" || x.broken == "bad-syntax" || x.broken == "bad-version" || x.broken == "unsupported-version" || x.broken == "bad-http09-method") {
		x.words(text, off)
	}
	if len(q.Target.Text) > longTarget {
		x.part(a19, &q.Target, "")
	}
	upper := strings.ToUpper(x.method)
	switch {
	case x.method == "":
	case !http1.IsToken(x.method):
		x.part(a8, &q.Method, x.method)
	case upper != x.method && strings.Contains(methods, " "+upper+" "):
		x.part(a6, &q.Method, x.method)
		x.arg(upper)
	}
	if x.fault == nil && x.method != "" && (x.status == 501 || x.status == 405) {
		x.part(a7, &q.Method, x.method)
		x.number(int64(x.status))
	}
	switch {
	case q.Proto.Text == "":
	case x.major < 0:
		x.part(a21, &q.Proto, q.Proto.Text)
	case x.major == 1 && x.min > 1:
		x.part(a23, &q.Proto, q.Proto.Text)
	}
}

// words looks at the words of the request-line and the white space between
// them. It is looked at again here because a malformed line has no parts.
func (x *exchange) words(text string, off int64) {
	if strings.HasPrefix(text, "PRI * ") {
		return
	}
	n, last := 0, ""
	for at := 0; at < len(text); {
		from := at
		for at < len(text) && isSpace(text[at]) {
			at++
		}
		if at-from > 1 || at > from && (from == 0 || at == len(text) || text[from] != ' ') {
			x.bytes(a5, off+int64(from), int64(at-from))
		}
		from = at
		for at < len(text) && !isSpace(text[at]) {
			at++
		}
		if at > from {
			n, last = n+1, text[from:at]
		}
	}
	length := int64(len(text))
	switch {
	case n == 2 && (x.fault == nil || x.broken == "bad-syntax" || x.broken == "bad-http09-method"):
		x.bytes(a9, off, length)
	case n < 2 && x.broken == "bad-syntax":
		x.bytes(a27, off, length)
	case n > 3 && strings.HasPrefix(last, "HTTP/"):
		x.bytes(a11, off, length)
		x.arg("%20")
	}
}

// isSpace reports whether c is white space of a request-line as lenient servers
// take it.
func isSpace(c byte) bool {
	return c == ' ' || '\t' <= c && c <= '\r' || 0x1c <= c && c <= 0x1f || c == 0x85 || c == 0xa0
}

// versionOf reads an HTTP-version (RFC 9112 §2.3). Both are -1 if s is malformed.
func versionOf(s string) (major, minor int8) {
	if len(s) != len("HTTP/1.1") || s[:5] != "HTTP/" || s[6] != '.' || !isDigit(s[5]) || !isDigit(s[7]) {
		return -1, -1
	}
	return int8(s[5] - '0'), int8(s[7] - '0')
}

// is11 reports whether the request says that it is of HTTP/1.1 or a later 1.x.
func (x *exchange) is11() bool { return x.major == 1 && x.min >= 1 }

// is10 reports whether it says that it is of HTTP/1.0.
func (x *exchange) is10() bool { return x.major == 1 && x.min == 0 }
