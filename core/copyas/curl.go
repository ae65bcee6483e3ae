package copyas

import "strings"

const (
	// maxArgument is how long an argument of a command may be, in bytes: Linux
	// takes 128 KiB.
	maxArgument = 100_000
	// expectLength is the length of content from which on curl adds Expect.
	expectLength = 1 << 20
)

// curl puts a command that has curl send exactly the request, or what it
// cannot send.
func (t *text) curl(q *request, to *server) {
	q.marks(t, "# ")
	if why := q.curlCannot(); why != "" {
		t.instead("# ", "curl", why, q, to)
		return
	}
	inline := printable(q.content) && !strings.HasPrefix(q.content, "@") && len(q.content) < maxArgument
	if !inline {
		t.printf(q.content)
		t.put(" | ")
	}
	t.put("curl")
	if q.method == "HEAD" {
		t.put(" --head") // -X HEAD would wait for content
	} else {
		t.put(" --include")
		if q.method != "POST" || q.content == "" {
			if q.method != "GET" || q.content != "" {
				t.option("-X", q.method)
			}
		}
	}
	t.put(" --http")
	t.put(q.version[len("HTTP/"):])
	target := q.target
	if !isPlainTarget(target) {
		t.option("--request-target", target)
		target = "/"
	} else if hasDotSegments(target) {
		t.put(" --path-as-is")
	}
	t.curlFields(q)
	switch {
	case q.content == "":
	case inline:
		t.option("--data-binary", q.content)
	default:
		t.option("--data-binary", "@-")
	}
	t.putByte(' ')
	t.word(to.url(target))
	t.putByte('\n')
}

// option puts an option of a command and its value.
func (t *text) option(name, value string) {
	t.putByte(' ')
	t.put(name)
	t.putByte(' ')
	t.word(value)
}

// curlCannot is why curl cannot send the request as it is, "" if it can.
func (q *request) curlCannot() (why string) {
	if q.why != "" {
		return q.why
	}
	// An argument has no NUL; what is pasted into a terminal should have no
	// control character, and a clipboard keeps only UTF-8.
	if !printable(q.target) {
		return "bytes"
	}
	for i := range q.fields {
		if !printable(q.fields[i].line) {
			return "bytes"
		}
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
	for i := range q.fields {
		f := &q.fields[i]
		if f.value == "" && f.line != f.name+":" {
			return "blank-value"
		}
		if len(f.line) > maxArgument {
			return "long"
		}
	}
	return ""
}

// curlFields puts the field lines, and takes away those that curl would add.
func (t *text) curlFields(q *request) {
	for _, name := range [...]string{"Host", "User-Agent", "Accept", "Content-Type", "Expect"} {
		if name == "Content-Type" && q.content == "" || name == "Expect" && len(q.content) < expectLength {
			continue
		}
		if _, n := q.index(name); n == 0 {
			t.option("-H", name+":")
		}
	}
	for i := range q.fields {
		line := q.fields[i].line
		if q.fields[i].value == "" { // "Name:" would remove it
			line = q.fields[i].name + ";"
		}
		t.option("-H", line)
	}
}
