package lint

import (
	"strconv"
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// methods are those of RFC 9110 §9 and RFC 5789.
var methods = [...]string{"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"}

// isMethod reports whether s is one of methods.
func isMethod(s string) bool {
	for _, m := range methods {
		if s == m {
			return true
		}
	}
	return false
}

// requestLine looks at how the request-line is put together, and its method.
func (x *exchange) requestLine() {
	q := &x.r.Request
	method := q.Method.Text
	switch text, off, ok := x.startLine(); {
	case x.faulty("tls-handshake"):
		x.note("A24", []string{"TLS"}, x.at())
		return
	case ok && strings.HasPrefix(text, "PRI * HTTP/2"):
		x.note("A24", []string{"HTTP/2"}, Range{trace.In, off, int64(len(text))})
		return
	case ok && (x.faulty("bad-syntax", "bad-version", "unsupported-version", "bad-http09-method") || method != ""):
		x.words(text, off)
	}
	if x.faulty("start-line-too-long") || len(q.Target.Text) > longTarget {
		x.note("A19", nil, in(q.Target))
	}
	switch upper := strings.ToUpper(method); {
	case x.faulty("bad-method"), method != "" && !http1.IsToken(method):
		x.note("A8", []string{method}, in(q.Method))
	case method != upper && isMethod(upper):
		x.note("A6", []string{method, upper}, in(q.Method))
	}
	if x.fault == nil && method != "" && (x.r.Status == 501 || x.r.Status == 405) {
		x.note("A7", []string{method, strconv.Itoa(x.r.Status)}, in(q.Method))
	}
}

// longTarget is what every server should take (RFC 9112 §3), in bytes.
const longTarget = 8000

// words looks at the words of the request-line and the white space between
// them. It is looked at again here because a malformed line has no parts.
func (x *exchange) words(text string, off int64) {
	n, last := 0, ""
	between := Range{Kind: trace.In}
	for at := 0; at < len(text); {
		from := at
		for at < len(text) && isSpace(text[at]) {
			at++
		}
		if gap := text[from:at]; gap != "" && (gap != " " || from == 0 || at == len(text)) && between.Len == 0 {
			between.Off, between.Len = off+int64(from), int64(at-from)
		}
		from = at
		for at < len(text) && !isSpace(text[at]) {
			at++
		}
		if at > from {
			n, last = n+1, text[from:at]
		}
	}
	line := Range{trace.In, off, int64(len(text))}
	if between.Len > 0 {
		x.note("A5", nil, between)
	}
	switch {
	case n == 2 && (x.fault == nil || x.faulty("bad-syntax", "bad-http09-method")):
		x.note("A9", nil, line)
	case n < 2 && x.faulty("bad-syntax"):
		x.note("A27", nil, line)
	case n > 3 && strings.HasPrefix(last, "HTTP/"):
		x.note("A11", []string{"%20"}, line)
	}
}

// isSpace reports whether c is white space of a request-line as lenient servers
// take it.
func isSpace(c byte) bool {
	return c == ' ' || '\t' <= c && c <= '\r' || 0x1c <= c && c <= 0x1f || c == 0x85 || c == 0xa0
}

// version looks at the last word of the request-line.
func (x *exchange) version() {
	q := &x.r.Request
	text, _, _ := x.startLine()
	last := text[strings.LastIndexByte(text, ' ')+1:]
	switch major, minor, ok := versionOf(q.Proto.Text); {
	case strings.HasPrefix(text, "PRI * "):
	case x.faulty("bad-version"):
		x.note("A21", []string{last}, x.at())
	case x.faulty("unsupported-version"):
		x.note("A22", []string{last}, x.at())
	case q.Proto.Text != "" && !ok:
		x.note("A21", []string{q.Proto.Text}, in(q.Proto))
	case ok && major == 1 && minor > 1:
		x.note("A23", []string{q.Proto.Text}, in(q.Proto))
	}
}

// versionOf reads an HTTP-version (RFC 9112 §2.3).
func versionOf(s string) (major, minor int, ok bool) {
	if len(s) != len("HTTP/1.1") || s[:5] != "HTTP/" || s[6] != '.' || !isDigit(s[5]) || !isDigit(s[7]) {
		return 0, 0, false
	}
	return int(s[5] - '0'), int(s[7] - '0'), true
}

// atLeast11 reports whether the request says that it is of HTTP/1.1 or later.
func (x *exchange) atLeast11() bool {
	major, minor, ok := versionOf(x.r.Request.Proto.Text)
	return ok && major == 1 && minor >= 1
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
