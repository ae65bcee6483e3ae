package terms

import (
	"strconv"
	"strings"
)

const (
	// maxValue is how long a value is that is explained, in bytes.
	maxValue = 2048
	// maxMembers is how many members of a list are.
	maxMembers = 12
)

// Value says in words what a value of a field means, for the fields where the
// value alone tells it; "" for all others, and for values that are not of
// their field's form. request says whose field it is. date is the value of Date
// in the response, "" if it has none: times are told from there.
func (t *Table) Value(field, value string, request bool, date string) string {
	value = strings.Trim(value, " \t")
	if len(value) > maxValue {
		return ""
	}
	v := &valueOf{t, request, date}
	for _, f := range fieldValues {
		if compare(field, f.name, true) == 0 {
			return f.say(v, value)
		}
	}
	return ""
}

// fieldValues are the fields whose values are explained.
var fieldValues = [...]struct {
	name string
	say  func(v *valueOf, value string) string
}{
	{"Accept", (*valueOf).weights},
	{"Accept-Charset", (*valueOf).weights},
	{"Accept-Encoding", (*valueOf).weights},
	{"Accept-Language", (*valueOf).weights},
	{"Accept-Ranges", (*valueOf).acceptRanges},
	{"Age", (*valueOf).age},
	{"Cache-Control", (*valueOf).cacheControl},
	{"Connection", (*valueOf).connection},
	{"Content-Disposition", (*valueOf).disposition},
	{"Content-Encoding", (*valueOf).codings},
	{"Content-Length", (*valueOf).length},
	{"Content-Range", (*valueOf).contentRange},
	{"Content-Type", (*valueOf).mediaType},
	{"Cookie", (*valueOf).cookies},
	{"Date", (*valueOf).moment},
	{"ETag", (*valueOf).entityTag},
	{"Expires", (*valueOf).expires},
	{"If-Match", (*valueOf).entityTags},
	{"If-Modified-Since", (*valueOf).moment},
	{"If-None-Match", (*valueOf).entityTags},
	{"If-Range", (*valueOf).validator},
	{"If-Unmodified-Since", (*valueOf).moment},
	{"Keep-Alive", (*valueOf).keepAlive},
	{"Last-Modified", (*valueOf).moment},
	{"Location", (*valueOf).location},
	{"Range", (*valueOf).ranges},
	{"Retry-After", (*valueOf).retryAfter},
	{"Set-Cookie", (*valueOf).setCookie},
	{"Strict-Transport-Security", (*valueOf).strictTransport},
	{"Transfer-Encoding", (*valueOf).codings},
	{"Vary", (*valueOf).vary},
}

// valueOf is the field whose value is explained.
type valueOf struct {
	t       *Table
	request bool
	date    string
}

// say is the sentence of a code with its arguments in place, "" if the table
// has no such code.
func (v *valueOf) say(code string, args ...string) string {
	line, ok := v.t.line(sentence, code)
	if !ok {
		return ""
	}
	_, text, _ := strings.Cut(line, separator)
	said := ""
	for {
		before, rest, more := strings.Cut(text, "%")
		said += before
		if !more || rest == "" {
			return said
		}
		if n := int(rest[0] - '1'); n >= 0 && n < len(args) {
			said += args[n]
		}
		text = rest[1:]
	}
}

// count is a number with its thousands apart: 12,345.
func count(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// plural is the sentence of a code about n things: that of code.one, or of
// code.many with n as %1.
func (v *valueOf) plural(code string, n int64) string {
	if n == 1 {
		return v.say(code + ".one")
	}
	return v.say(code+".many", count(n))
}

// number reads decimal digits.
func number(s string) (n int64, ok bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" || len(s) > 18 {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}

// join puts sentences about the members of a list together, and says if there
// are more members.
func (v *valueOf) join(said []string, left int) string {
	if left > 0 && len(said) > 0 {
		said = append(said, v.plural("more", int64(left)))
	}
	return strings.Join(said, "; ")
}
