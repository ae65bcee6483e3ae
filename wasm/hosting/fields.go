package hosting

import (
	"strconv"
	"strings"

	"vitrine/core/http1"
)

// Bounds of what a site may have of its own.
const (
	MaxFields = 32       // field lines
	MaxLine   = 4096     // bytes of one of them
	MaxText   = 32 << 10 // bytes of all options, as Encode writes them
)

// Error is why options cannot be had: the code of a sentence, and its
// arguments.
type Error struct {
	Code string
	Args []string
}

// Error returns code and arguments.
func (e *Error) Error() string { return e.Code + ": " + strings.Join(e.Args, ", ") }

// Fields that many sites set together.
var (
	// Isolation makes a page cross-origin isolated (HTML, "cross-origin
	// isolation mode"), where it is not within a frame of another one.
	Isolation = http1.Fields{
		{Name: "Cross-Origin-Opener-Policy", Value: "same-origin"},
		{Name: "Cross-Origin-Embedder-Policy", Value: "require-corp"},
	}
	// AnyOrigin lets pages of every origin read the responses (Fetch, CORS).
	AnyOrigin = http1.Fields{{Name: "Access-Control-Allow-Origin", Value: "*"}}
)

// ParseFields reads field lines, one a line: "Name: value". Empty lines are
// skipped. The error is an *Error.
func ParseFields(text string) (fields http1.Fields, err error) {
	if len(text) > MaxText/2 {
		return nil, &Error{Code: "hosting.too-long"}
	}
	number := 0
	for more := true; more; {
		var line string
		line, text, more = strings.Cut(text, "\n")
		number++
		line = strings.Trim(line, " \t\r")
		if line == "" {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		switch {
		case len(fields) == MaxFields:
			return nil, &Error{"hosting.too-many", []string{strconv.Itoa(MaxFields)}}
		case len(line) > MaxLine:
			return nil, &Error{"hosting.long-line", []string{strconv.Itoa(number), strconv.Itoa(MaxLine)}}
		case !ok:
			return nil, &Error{"hosting.no-colon", []string{strconv.Itoa(number)}}
		case !http1.IsToken(name):
			return nil, &Error{"hosting.bad-name", []string{strconv.Itoa(number), name}}
		}
		f := http1.Field{Name: name, Value: strings.Trim(value, " \t")}
		if code := refused(&f); code != "" {
			return nil, &Error{code, []string{name}}
		}
		fields = append(fields, f)
	}
	return fields, nil
}

// refused is the code of why a site cannot have a field; "" if it can.
func refused(f *http1.Field) string {
	for i := range len(f.Value) {
		if c := f.Value[i]; c < ' ' && c != '\t' || c == 0x7f {
			return "hosting.bad-value"
		}
	}
	switch strings.ToLower(f.Name) {
	case "connection", "content-length", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade":
		return "hosting.framing"
	case "accept-ranges", "content-range", "content-type", "date", "etag", "last-modified", "server":
		return "hosting.computed" // core/site has one of its own already, which stays
	}
	return ""
}

// FormatFields writes fields for ParseFields.
func FormatFields(fields http1.Fields) string {
	text := ""
	for i := range fields {
		text += fields[i].Name + ": " + fields[i].Value + "\n"
	}
	return text
}

// AddFields adds fields to text that may be read by ParseFields, in the place
// of lines of the same name.
func AddFields(text string, fields http1.Fields) string {
	kept := ""
	for more := true; more; {
		var line string
		line, text, more = strings.Cut(text, "\n")
		name, _, _ := strings.Cut(strings.TrimSpace(line), ":")
		if name != "" && !fields.Has(name) {
			kept += line + "\n"
		}
	}
	return kept + FormatFields(fields)
}
