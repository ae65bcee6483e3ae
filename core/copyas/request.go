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

func parseRequest(in side) request {
	q := request{side: in}
	q.why = q.parse()
	return q
}

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
	for i, line := range strings.Split(head, "\r\n") {
		if strings.ContainsAny(line, "\r\n") {
			return "line-ends"
		}
		if i == 0 {
			parts := strings.Split(line, " ")
			if len(parts) != 3 || !http1.IsToken(parts[0]) || parts[1] == "" || parts[2] != "HTTP/1.0" && parts[2] != "HTTP/1.1" {
				return "request-line"
			}
			q.method, q.target, q.version = parts[0], parts[1], parts[2]
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || !http1.IsToken(name) {
			return "field-line"
		}
		q.fields = append(q.fields, field{line, name, http1.TrimOWS(value)})
	}
	return q.framing()
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

// index is where the first field of a name stands, -1 if there is none, and
// how many there are.
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

// appendMarks appends as comments what must be said of the bytes, and to whom
// they go.
func (q *request) appendMarks(dst []byte, sign string) []byte {
	dst = q.side.appendMarks(dst, sign)
	if q.here && q.raw != "" {
		dst = appendComment(dst, sign, "to.here", here)
	}
	return dst
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
