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

// forbiddenName is the name of a field that a script may not set, as we write
// it, "" for others.
func forbiddenName(name string) string {
	for _, own := range forbidden {
		if http1.EqualFold(name, own) {
			return own
		}
	}
	for _, prefix := range [...]string{"Proxy-", "Sec-"} {
		if len(name) >= len(prefix) && http1.EqualFold(name[:len(prefix)], prefix) {
			return name // a token, which has no line feed
		}
	}
	return ""
}

// fetch puts a call of fetch() for the console of a browser, with what it
// leaves out.
func (t *text) fetch(q *request, to *server) {
	q.marks(t, "// ")
	if why := q.fetchCannot(); why != "" {
		t.instead("// ", "fetch", why, q, to)
		return
	}
	t.comment("// ", "fetch.differs")
	left, joined := "", false
	var fields text
	for i := range q.fields {
		f := &q.fields[i]
		if own := forbiddenName(f.name); own != "" {
			left += ", " + own
			continue
		}
		first, _ := q.index(f.name)
		joined = joined || first != i
		fields.put("    [")
		fields.literal(f.name)
		fields.put(", ")
		fields.literal(f.value)
		fields.put("],\n")
	}
	if left != "" {
		t.comment("// ", "fetch.left-out", left[len(", "):])
	}
	if joined {
		t.comment("// ", "fetch.joined")
	}
	t.put("const response = await fetch(")
	t.literal(to.url(q.target))
	t.put(", {\n  method: ")
	t.literal(q.method)
	t.put(",\n  redirect: \"manual\",\n")
	if len(fields) > 0 {
		t.put("  headers: [\n")
		t.put(string(fields))
		t.put("  ],\n")
	}
	if q.content != "" {
		// An array of bytes, so that no Content-Type is added.
		t.put("  body: Uint8Array.from(")
		t.literal(q.content)
		t.put(", (c) => c.charCodeAt(0)),\n")
	}
	t.put("});\nconsole.log(response.status, response.statusText, [...response.headers], await response.text());\n")
}

// fetchCannot is why no script can send the request, "" if one can.
func (q *request) fetchCannot() (why string) {
	if q.why != "" {
		return q.why
	}
	if q.version != "HTTP/1.1" {
		return "version"
	}
	for i, method := range [...]string{"CONNECT", "TRACE", "TRACK", "DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"} {
		// The first three may not be used; the others become upper case.
		if http1.EqualFold(q.method, method) && (i < 3 || q.method != method) {
			return "method"
		}
	}
	if q.content != "" && (q.method == "GET" || q.method == "HEAD") {
		return "get-content"
	}
	// In a query a browser encodes the quote, and Node leaves an empty one out.
	path, query, hasQuery := strings.Cut(q.target, "?")
	if !isPlainTarget(path) || hasDotSegments(path) || hasQuery && (query == "" || !isPlainTarget(q.target) || strings.IndexByte(query, '\'') >= 0) {
		return "target"
	}
	for i := range q.fields {
		value := q.fields[i].value
		for j := range len(value) {
			if c := value[j]; c < ' ' && c != '\t' || c == 0x7f {
				return "control"
			}
		}
	}
	return ""
}
