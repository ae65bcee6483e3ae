package cgi

import (
	"strings"

	"vitrine/core/handler"
	"vitrine/core/http1"
)

// MaxHead bounds the block of field lines at the start of a script's output,
// in bytes.
const MaxHead = 64 << 10

// OutputError says what is wrong with the start of a script's output. The
// client gets 502.
type OutputError string

func (e OutputError) Error() string { return "cgi: " + string(e) }

// Head is the block of field lines that begins a script's output
// (RFC 3875 §6.2 and §6.3).
type Head struct {
	Status int
	Reason string // empty for the phrase of Status
	Length int64  // of the content; -1 if the script does not say
	Fields http1.Fields
}

// headEnd returns where the content begins in p: after the empty line that
// ends the block, 0 if it has not come. Lines end in LF or CR LF. from is how
// much of p was looked at before.
func headEnd(p []byte, from int) int {
	for i := max(0, from-2); i < len(p); i++ {
		if i > 0 && p[i-1] != '\n' {
			continue
		}
		if p[i] == '\n' {
			return i + 1
		}
		if p[i] == '\r' && i+1 < len(p) && p[i+1] == '\n' {
			return i + 2
		}
	}
	return 0
}

// ParseHead reads the block of field lines, the empty line included.
//
// Status and Location count: a script that gives a Location and no
// Status redirects with 302, one that gives neither sends 200. Fields that
// belong to the connection or to the server are dropped; the others keep
// order and spelling. The error is an [OutputError].
func ParseHead(block []byte) (*Head, error) {
	h := &Head{Length: -1}
	var located bool
	text := string(block)
	for text != "" {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		line = strings.TrimSuffix(line, "\r")
		if line == "" {
			break
		}
		f, err := parseField(line)
		if err != nil {
			return nil, err
		}
		switch {
		case http1.EqualFold(f.Name, "Status"):
			if h.Status != 0 {
				return nil, OutputError("two Status lines")
			}
			if h.Status, h.Reason, err = parseStatus(f.Value); err != nil {
				return nil, err
			}
			continue
		case http1.EqualFold(f.Name, "Content-Length"):
			if h.Length >= 0 {
				return nil, OutputError("two Content-Length lines")
			}
			if h.Length, err = parseLength(f.Value); err != nil {
				return nil, err
			}
		case http1.EqualFold(f.Name, "Transfer-Encoding"):
			return nil, OutputError("the script frames its content itself")
		case http1.EqualFold(f.Name, "Location"):
			if located {
				return nil, OutputError("two Location lines")
			}
			located = true
		case isServers(f.Name):
			continue
		}
		h.Fields = append(h.Fields, f)
	}
	switch {
	case h.Status != 0:
	case located:
		h.Status = 302
	default:
		h.Status, h.Reason = 200, "Script output follows"
	}
	return h, nil
}

func parseField(line string) (f http1.Field, err error) {
	name, value, found := strings.Cut(line, ":")
	switch {
	case !found:
		return f, notField("a line without colon", line, line)
	case !http1.IsToken(name):
		return f, notField("no field name", name, line)
	}
	value = http1.TrimOWS(value)
	for i := 0; i < len(value); i++ {
		if c := value[i]; c < ' ' && c != '\t' || c == 0x7f {
			return f, OutputError("a control character in the value of " + name)
		}
	}
	return http1.Field{Name: name, Value: value}, nil
}

// notField says what is wrong with a line, and quotes text of it. Not quoted,
// because the log would show it, is what may have been meant as a field with
// credentials, or as more of the line before (obs-fold).
func notField(what, text, line string) OutputError {
	n := 0
	for n < len(line) && http1.IsToken(line[n:n+1]) {
		n++
	}
	if line[0] == ' ' || line[0] == '\t' || http1.CarriesCredentials(line[:n]) {
		return OutputError(what)
	}
	return OutputError(what + ": " + handler.Repr(handler.Latin1(shortened(text))))
}

// shortened keeps what a log line needs of a text that should not be there.
func shortened(s string) string {
	if len(s) > 100 {
		return s[:100] + "..."
	}
	return s
}

// parseStatus reads
//
//	status-value = 3digit [ SP reason-phrase ]        (RFC 3875 §6.3.3)
func parseStatus(value string) (code int, reason string, err error) {
	digits, reason, _ := strings.Cut(value, " ")
	if len(digits) == 3 {
		for i := 0; i < 3 && code >= 0; i++ {
			if c := digits[i]; '0' <= c && c <= '9' {
				code = code*10 + int(c-'0')
			} else {
				code = -1
			}
		}
	}
	if code < 200 || code > 599 {
		return 0, "", OutputError("no status of a final response: " + handler.Repr(handler.Latin1(shortened(value))))
	}
	return code, handler.Latin1(strings.TrimSpace(reason)), nil
}

func parseLength(value string) (n int64, err error) {
	for i := 0; i < len(value); i++ {
		if value[i] < '0' || value[i] > '9' || n > 1<<58 {
			n = -1
			break
		}
		n = n*10 + int64(value[i]-'0')
	}
	if n < 0 || value == "" {
		return -1, OutputError("no Content-Length: " + handler.Repr(handler.Latin1(shortened(value))))
	}
	return n, nil
}

// isServers reports whether a field is not the script's to send: those of the
// connection (RFC 3875 §6.3.4), and the two the server has sent by then.
func isServers(name string) bool {
	for _, f := range [...]string{"Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Upgrade", "Server", "Date"} {
		if http1.EqualFold(name, f) {
			return true
		}
	}
	return false
}
