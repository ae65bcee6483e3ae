package copyas

import (
	"strconv"
	"strings"

	"vitrine/core/http1"
)

// request is a side and, if that is one request without fault, its parts.
type request struct {
	side
	here                    bool   // it goes to a serve that the person has yet to start
	why                     string // not "": it is not one request, and the parts below are not all set
	method, target, version string
	fields                  []field
	content                 string
}

// field is a field line without its line end. name and value are parts of it,
// the value without the white space around it.
type field struct{ line, name, value string }

// parse finds the parts of raw and returns why it is not one request.
//
//	HTTP-message = start-line CRLF *( field-line CRLF ) CRLF [ message-body ]   (RFC 9112 §2.1)
func (q *request) parse() (why string) {
	if q.raw == "" {
		return "no-request"
	}
	head, content, ok := strings.Cut(q.raw, "\r\n\r\n")
	if !ok {
		return "cut"
	}
	q.content = content
	line, rest, more := strings.Cut(head, "\r\n")
	if endsLine(line) {
		return "line-ends"
	}
	q.method, line, _ = strings.Cut(line, " ")
	q.target, q.version, _ = strings.Cut(line, " ")
	if !http1.IsToken(q.method) || q.target == "" || q.version != "HTTP/1.0" && q.version != "HTTP/1.1" {
		return "request-line"
	}
	for more {
		line, rest, more = strings.Cut(rest, "\r\n")
		name, value, ok := strings.Cut(line, ":")
		if endsLine(line) {
			return "line-ends"
		}
		if !ok || !http1.IsToken(name) {
			return "field-line"
		}
		q.fields = append(q.fields, field{line, name, http1.TrimOWS(value)})
	}
	return q.framing()
}

// endsLine reports whether a line has a CR or LF of its own.
func endsLine(line string) bool {
	return strings.IndexByte(line, '\r') >= 0 || strings.IndexByte(line, '\n') >= 0
}

// framing compares the content with what the fields say about it
// (RFC 9112 §6.3).
func (q *request) framing() (why string) {
	announced, lengths := 0, 0
	for _, f := range q.fields {
		switch {
		case http1.EqualFold(f.name, "Transfer-Encoding"):
			return "codings"
		case http1.EqualFold(f.name, "Content-Length"):
			n, err := strconv.ParseUint(f.value, 10, 31)
			if err != nil {
				return "length"
			}
			announced = int(n)
			lengths++
		}
	}
	switch {
	case lengths > 1 || announced > len(q.content):
		return "length"
	case announced < len(q.content):
		return "more"
	}
	return ""
}

// index is where the first field of a name stands, and how many there are. It
// is -1 if no field has that name.
func (q *request) index(name string) (first, n int) {
	first = -1
	for i := range q.fields {
		if http1.EqualFold(q.fields[i].name, name) {
			if n == 0 {
				first = i
			}
			n++
		}
	}
	return first, n
}

// marks puts as comments what must be said of the bytes, and to whom they go.
func (q *request) marks(t *text, sign string) {
	q.side.marks(t, sign)
	if q.here && q.raw != "" {
		t.comment(sign, "to.here", here)
	}
}

// printable reports whether s is printable ASCII.
func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
