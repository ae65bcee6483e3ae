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
	v := &valueOf{table: t, request: request, date: date}
	for i := range fieldValues {
		if f := &fieldValues[i]; compare(field, f.name, true) == 0 {
			f.say(v, value)
		}
	}
	return string(v.said)
}

// fieldValues are the fields whose values are explained.
var fieldValues = [...]struct {
	name string
	say  func(v *valueOf, value string)
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

// valueOf is what is said of a value.
type valueOf struct {
	table   *Table
	request bool
	date    string
	said    []byte
}

// sentence is the sentence of a code with its arguments in place, "" if the
// table has no such code.
func (v *valueOf) sentence(code, arg1, arg2, arg3 string) string {
	line, ok := v.table.line(sentence, code)
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
		switch rest[0] {
		case '1':
			said += arg1
		case '2':
			said += arg2
		case '3':
			said += arg3
		}
		text = rest[1:]
	}
}

// put says a text, apart from what was said before it.
func (v *valueOf) put(text string) {
	if text != "" && len(v.said) > 0 {
		v.said = append(v.said, "; "...)
	}
	v.said = append(v.said, text...)
}

// say says the sentence of a code, say1 one with an argument.
func (v *valueOf) say(code string)       { v.put(v.sentence(code, "", "", "")) }
func (v *valueOf) say1(code, arg string) { v.put(v.sentence(code, arg, "", "")) }

// plural is the sentence of a code about n things: that of code.one, or of
// code.many with n as %1.
func (v *valueOf) plural(code string, n int64) string {
	if n == 1 {
		return v.sentence(code+".one", "", "", "")
	}
	return v.sentence(code+".many", count(n), "", "")
}

// count is a number with its thousands apart: 12,345.
func count(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// number reads decimal digits; -1 says that s is no such number.
func number(s string) (n int64) {
	if s == "" || len(s) > 18 {
		return -1
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int64(s[i]-'0')
	}
	return n
}
