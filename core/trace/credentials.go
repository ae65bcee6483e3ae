package trace

import (
	"strings"

	"vitrine/core/http1"
)

// findFields finds the values of credential fields. A line ends in LF, but a
// name is looked for behind every control character: a bare CR ends a line for
// some. The value runs to the LF, and into the lines after it that begin with
// white space (obs-fold, RFC 9112 §5.2).
func (s *stream) findFields() {
	first, head, folded := true, true, false
	for at := 0; at < len(s.bytes); {
		end := lineBreak(s.bytes, at)
		line := s.bytes[at:end]
		switch {
		case folded && line != "" && (line[0] == ' ' || line[0] == '\t'):
			s.redact(at, end)
		case strings.TrimRight(line, "\r") == "":
			folded, head = false, head && first // those before a start line end no header section
		default:
			folded = s.findField(at, end, head && !first)
			first = false
		}
		at = end + 1
	}
}

// findField finds the credential field in the line [at, end), if there is
// one. loose says that it may lack its colon: a malformed field line.
func (s *stream) findField(at, end int, loose bool) bool {
	for from := at; from < end; from++ {
		if from > at && !isControl(s.bytes[from-1]) {
			continue
		}
		name := from
		for name < end && (s.bytes[name] == ' ' || s.bytes[name] == '\t') {
			name++
		}
		line := s.bytes[name:end]
		if n, colon := credentialName(line); n > 0 && (colon || loose) {
			s.value(line[:n], name+valueAt(line, n), end)
			return true
		}
	}
	return false
}

func isControl(c byte) bool { return c < ' ' && c != '\t' || c == 0x7f }

// isNameByte reports whether c can be part of a field name (RFC 9110 §5.6.2).
func isNameByte(c byte) bool {
	return c > ' ' && c < 0x7f && strings.IndexByte(`"(),/:;<=>?@[\]{}`, c) < 0
}

// credentialName returns the length of the name of a credential field that
// line begins with, 0 if it does not, and whether a colon follows.
func credentialName(line string) (n int, colon bool) {
	for n < len(line) && isNameByte(line[n]) {
		n++
	}
	if !http1.CarriesCredentials(line[:n]) {
		return 0, false
	}
	at := valueAt(line, n)
	return n, at > n && line[at-1] == ':'
}

// valueAt returns where the value begins behind a name of n bytes: after the
// colon, and what should not be before it; n if there is no colon.
func valueAt(line string, n int) int {
	for i := n; i < len(line); i++ {
		switch c := line[i]; {
		case c == ':':
			return i + 1
		case c > ' ' && c < 0x7f:
			return n
		}
	}
	return n
}

// value finds what is secret in the value [from, to) of a credential field.
func (s *stream) value(name string, from, to int) {
	from, to = s.trim(from, to)
	switch {
	case http1.EqualFold(name, "Cookie"):
		for from < to {
			from = s.cookie(from, to)
		}
	case http1.EqualFold(name, "Set-Cookie"):
		for from = s.cookie(from, to); from < to; {
			end := s.pairEnd(from, to)
			if !isCookieAttribute(s.bytes[from:end]) {
				s.redact(from, end)
			}
			from = end + 1
		}
	default:
		// Only a scheme that is known is not a credential itself.
		if i := strings.IndexAny(s.bytes[from:to], " \t"); i > 0 && isScheme(s.bytes[from:from+i]) {
			from += i
		}
		s.redact(from, to)
	}
}

// cookie finds the value of the cookie that begins at from and returns where
// the next one does.
//
//	cookie-pair = cookie-name "=" cookie-value            (RFC 6265 §4.1.1)
//
// One without a name, or with an empty value, is secret as a whole: "c2VjcmV0="
// can be a name or padded Base64.
func (s *stream) cookie(from, to int) (next int) {
	start := from
	name, _, named := strings.Cut(s.bytes[from:s.pairEnd(from, to)], "=")
	if named && isCookieName(http1.TrimOWS(name)) {
		start += len(name) + 1
	}
	value, _ := s.trim(start, to)
	end := s.pairEnd(value, to)
	if value < to && s.bytes[value] == '"' { // which can hold a semicolon (RFC 2109)
		if i := strings.IndexByte(s.bytes[value+1:to], '"'); i >= 0 {
			end = s.pairEnd(value+1+i, to)
		} else {
			end = to
		}
	}
	if strings.Trim(s.bytes[value:end], "= \t\r") == "" {
		start = from
	}
	s.redact(start, end)
	return end + 1
}

// isCookieName reports whether s is a token, and no longer than a name is.
func isCookieName(s string) bool {
	for i := range len(s) {
		if !isNameByte(s[i]) {
			return false
		}
	}
	return s != "" && len(s) <= 64
}

// pairEnd returns the end of the pair that begins at from: its semicolon, or to.
func (s *stream) pairEnd(from, to int) int {
	if from < to {
		if i := strings.IndexByte(s.bytes[from:to], ';'); i >= 0 {
			return from + i
		}
	}
	return to
}

// redact replaces [from, to) but for the white space around it.
func (s *stream) redact(from, to int) {
	if from, to = s.trim(from, to); from < to {
		s.edits = append(s.edits, edit{from, to})
	}
}

// trim takes white space, and the CR of a line's end, off both ends.
func (s *stream) trim(from, to int) (int, int) {
	space := func(c byte) bool { return c == ' ' || c == '\t' || c == '\r' }
	for from < to && space(s.bytes[from]) {
		from++
	}
	for from < to && space(s.bytes[to-1]) {
		to--
	}
	return from, to
}

// isScheme reports whether s is an authentication scheme: one of IANA's
// registry, or one that is common without being there.
func isScheme(s string) bool {
	for _, scheme := range [...]string{
		"Basic", "Bearer", "Concealed", "Digest", "DPoP", "GNAP", "HOBA", "Mutual", "Negotiate", "OAuth",
		"PrivateToken", "SCRAM-SHA-1", "SCRAM-SHA-256", "vapid",
		"NTLM", "Token", "ApiKey", "Hawk", "AWS4-HMAC-SHA256",
	} {
		if http1.EqualFold(s, scheme) {
			return true
		}
	}
	return false
}

// isCookieAttribute reports whether s is an attribute of Set-Cookie whose value
// has the form that it should have: several field values joined by commas, or
// a cookie behind a cookie, are none.
//
//	cookie-av = expires-av / max-age-av / …                (RFC 6265 §4.1.1)
func isCookieAttribute(s string) bool {
	const digits, letters = "0123456789", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	name, value, _ := strings.Cut(s, "=")
	name, value = http1.TrimOWS(name), http1.TrimOWS(strings.TrimRight(value, "\r"))
	only := func(set string, most int) bool { return len(value) <= most && strings.Trim(value, set) == "" }
	for _, a := range [...]struct {
		name string
		ok   bool
	}{
		{"Path", only(letters+digits+"/-._~!$&'()*+:@%", 1024)},
		{"Domain", only(letters+digits+".-:[]", 255)},
		{"Expires", only(letters+digits+" ,:-", len("Wednesday, 31-December-2026 00:00:00 GMT"))},
		{"Max-Age", only(digits+"-", 20)},
		{"SameSite", only(letters, len("Strict"))},
		{"Priority", only(letters, len("Medium"))},
		{"Secure", value == ""},
		{"HttpOnly", value == ""},
		{"Partitioned", value == ""},
	} {
		if http1.EqualFold(name, a.name) {
			return a.ok
		}
	}
	return name == "" && value == ""
}
