package copyas

import (
	"strings"

	"vitrine/core/http1"
)

// forbidden are the fields that no script may set (Fetch Standard, forbidden
// request-header). All that begin with Proxy- or Sec- are as well.
var forbidden = [...]string{
	"Accept-Charset", "Accept-Encoding", "Access-Control-Request-Headers", "Access-Control-Request-Method",
	"Access-Control-Request-Private-Network", "Connection", "Content-Length", "Cookie", "Cookie2", "Date", "DNT", "Expect",
	"Host", "Keep-Alive", "Origin", "Referer", "Set-Cookie", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Via",
}

// isForbidden reports whether a script may not set the field, and returns the
// name as we write it.
func isForbidden(name string) (own string, ok bool) {
	for _, own := range forbidden {
		if http1.EqualFold(name, own) {
			return own, true
		}
	}
	for _, prefix := range [...]string{"Proxy-", "Sec-"} {
		if len(name) >= len(prefix) && http1.EqualFold(name[:len(prefix)], prefix) {
			return name, true // a token, which has no line feed
		}
	}
	return "", false
}

// appendFetch appends a call of fetch() for the console of a browser, with
// what it leaves out.
func appendFetch(dst []byte, q *request, to server) []byte {
	dst = q.appendMarks(dst, "// ")
	if why := q.fetchCannot(); why != "" {
		return appendInstead(dst, "// ", "fetch", why, q, to)
	}
	dst = appendComment(dst, "// ", "fetch.differs")
	var left []string
	var lines []byte
	joined := false
	for i, f := range q.fields {
		if own, ok := isForbidden(f.name); ok {
			left = append(left, own)
			continue
		}
		first, _ := q.index(f.name)
		joined = joined || first != i
		lines = appendJS(append(lines, "    ["...), f.name)
		lines = appendJS(append(lines, ", "...), f.value)
		lines = append(lines, "],\n"...)
	}
	if len(left) > 0 {
		dst = appendComment(dst, "// ", "fetch.left-out", strings.Join(left, ", "))
	}
	if joined {
		dst = appendComment(dst, "// ", "fetch.joined")
	}
	dst = appendJS(append(dst, "const response = await fetch("...), to.url(q.target))
	dst = appendJS(append(dst, ", {\n  method: "...), q.method)
	dst = append(dst, ",\n  redirect: \"manual\",\n"...)
	if len(lines) > 0 {
		dst = append(append(append(dst, "  headers: [\n"...), lines...), "  ],\n"...)
	}
	if q.content != "" {
		// An array of bytes, so that no Content-Type is added.
		dst = appendJS(append(dst, "  body: Uint8Array.from("...), q.content)
		dst = append(dst, ", (c) => c.charCodeAt(0)),\n"...)
	}
	dst = append(dst, "});\n"...)
	return append(dst, "console.log(response.status, response.statusText, [...response.headers], await response.text());\n"...)
}

// fetchCannot is why no script can send the request, "" if one can.
func (q *request) fetchCannot() (why string) {
	if q.why != "" {
		return q.why
	}
	if q.version != "HTTP/1.1" {
		return "version"
	}
	switch strings.ToUpper(q.method) {
	case "CONNECT", "TRACE", "TRACK":
		return "method"
	case "DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT":
		if q.method != strings.ToUpper(q.method) {
			return "method"
		}
	}
	if q.content != "" && (q.method == "GET" || q.method == "HEAD") {
		return "get-content"
	}
	// In a query a browser encodes the quote, and Node leaves an empty one out.
	path, query, hasQuery := strings.Cut(q.target, "?")
	if !isPlainTarget(path) || hasDotSegments(path) || hasQuery && (query == "" || !isPlainTarget(q.target) || strings.Contains(query, "'")) {
		return "target"
	}
	for _, f := range q.fields {
		for i := range len(f.value) {
			if c := f.value[i]; c < ' ' && c != '\t' || c == 0x7f {
				return "control"
			}
		}
	}
	return ""
}

// appendJS appends s, any bytes, as a string of JavaScript with a character
// for each byte.
func appendJS(dst []byte, s string) []byte { return appendLiteral(dst, s, "<") }

// appendLiteral appends s in double quotes, as both JavaScript and Python read
// it. Bytes that are not plain, and those of others, are \xNN.
func appendLiteral(dst []byte, s, others string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\r':
			dst = append(dst, `\r`...)
		case c == '\n':
			dst = append(dst, `\n`...)
		case c == '\t':
			dst = append(dst, `\t`...)
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c < ' ' || c > '~' || strings.IndexByte(others, c) >= 0:
			dst = append(dst, '\\', 'x', hex[c>>4], hex[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}
