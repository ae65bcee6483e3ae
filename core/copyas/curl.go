package copyas

import "strings"

const (
	// maxArgument is how long an argument of a command may be, in bytes: Linux
	// takes 128 KiB.
	maxArgument = 100_000
	// expectLength is the length of content from which on curl adds Expect.
	expectLength = 1 << 20
)

// appendCurl appends a command that has curl send exactly the request, or what
// it cannot send.
func appendCurl(dst []byte, q *request, to server) []byte {
	dst = q.appendMarks(dst, "# ")
	if why := q.curlCannot(); why != "" {
		return appendInstead(dst, "# ", "curl", why, q, to)
	}
	inline := printable(q.content) && !strings.HasPrefix(q.content, "@") && len(q.content) < maxArgument
	if !inline {
		dst = append(appendPrintf(dst, q.content), " | "...)
	}
	dst = append(dst, "curl"...)
	option := func(name, value string) {
		dst = append(append(dst, ' '), name...)
		if value != "" {
			dst = appendQuoted(append(dst, ' '), value)
		}
	}
	switch {
	case q.method == "HEAD":
		option("--head", "") // -X HEAD would wait for content
	case q.content != "" && q.method != "POST", q.content == "" && q.method != "GET":
		option("--include", "")
		option("-X", q.method)
	default:
		option("--include", "")
	}
	option("--http"+q.version[len("HTTP/"):], "")
	target := q.target
	switch {
	case !isPlainTarget(target):
		option("--request-target", target)
		target = "/"
	case hasDotSegments(target):
		option("--path-as-is", "")
	}
	q.eachCurlField(func(line string) { option("-H", line) })
	switch {
	case q.content == "":
	case inline:
		option("--data-binary", q.content)
	default:
		option("--data-binary", "@-")
	}
	dst = appendQuoted(append(dst, ' '), to.url(target))
	return append(dst, '\n')
}

// curlCannot is why curl cannot send the request as it is, "" if it can.
func (q *request) curlCannot() (why string) {
	if q.why != "" {
		return q.why
	}
	// An argument has no NUL; what is pasted into a terminal should have no
	// control character, and a clipboard keeps only UTF-8.
	if head := q.raw[:len(q.raw)-len(q.content)-len("\r\n\r\n")]; !printable(strings.ReplaceAll(head, "\r\n", "")) {
		return "bytes"
	}
	if first, n := q.index("Host"); n > 1 || first > 0 || n == 1 && q.fields[first].name != "Host" {
		return "host-first"
	}
	if q.method == "HEAD" && q.content != "" {
		return "head-content"
	}
	if len(q.target) > maxArgument {
		return "long"
	}
	for _, f := range q.fields {
		if f.value == "" && f.line != f.name+":" {
			return "blank-value"
		}
		if len(f.line) > maxArgument {
			return "long"
		}
	}
	return ""
}

// eachCurlField calls f for the arguments of -H: the field lines, and the
// names of fields that curl would add.
func (q *request) eachCurlField(f func(line string)) {
	for _, name := range [...]string{"Host", "User-Agent", "Accept", "Content-Type", "Expect"} {
		_, n := q.index(name)
		switch {
		case n > 0,
			name == "Content-Type" && q.content == "",
			name == "Expect" && len(q.content) < expectLength:
		default:
			f(name + ":")
		}
	}
	for i := range q.fields {
		line := q.fields[i].line
		if q.fields[i].value == "" { // "Name:" would remove it
			line = strings.TrimSuffix(line, ":") + ";"
		}
		f(line)
	}
}
