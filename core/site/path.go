package site

import (
	"bytes"
	"strings"

	"vitrine/core/internal/percent"
)

// PathError says why a target can name nothing. The response is 404: such a
// file does not exist.
type PathError string

func (e PathError) Error() string { return "site: " + string(e) }

// Targets that name nothing.
const (
	// ErrNUL is a NUL in the path, plain or as %00. http.server ends the
	// connection without a response (P-11, X-4).
	ErrNUL = PathError("no file name holds a NUL")
	// ErrSurrogate is an encoded surrogate that stands for no byte: outside
	// U+DC80 to U+DCFF. http.server ends the connection without a response
	// (P-11, X-4).
	ErrSurrogate = PathError("an encoded surrogate stands for no byte of a file name")
	// ErrWindowsName is a name that Windows would take for something else:
	// see Site.Windows.
	ErrWindowsName = PathError("on Windows this name means something else")
)

// TranslatePath turns a request-target into the name of a file (P-1 to P-12).
// name is relative to the root, without "." and ".." and empty parts; the root
// itself is ".". dir says that the path ends in a slash, plain or encoded, and
// so means a directory. The error is a [PathError].
//
// The path is percent-decoded once and read as UTF-8; what is not UTF-8
// becomes U+FFFD, so %FF never names a byte FF. A file name that is not UTF-8
// is spelled as the listing spells it, each such byte as an encoded surrogate:
// %ED%B3%BF is FF (P-10). A byte from 80 on that came as it is counts as the
// Latin-1 character (P-9).
func TranslatePath(target string) (name string, dir bool, err error) {
	path := pathOf(dropOrigin(target))
	if isPlain(path) {
		name, dir = trimPlain(path)
		return name, dir, nil
	}
	text := percent.Decode(path)
	if strings.IndexByte(text, 0) >= 0 {
		return "", false, ErrNUL
	}
	name, ok := percent.Name(cleanPath(text))
	if !ok {
		return "", false, ErrSurrogate
	}
	return name, strings.HasSuffix(text, "/"), nil
}

// isPlain reports whether decoding and normalising would only take a slash
// off either end of path: the common case, which needs no memory.
func isPlain(path string) bool {
	start := true // of a part
	for i := 0; i < len(path); i++ {
		switch c := path[i]; {
		case c == '/':
			if start && i > 0 {
				return false
			}
			start = true
		case c == '.' && start, c == '%', c == 0, c >= 0x80:
			return false
		default:
			start = false
		}
	}
	return true
}

func trimPlain(path string) (name string, dir bool) {
	name = strings.TrimPrefix(path, "/")
	name, dir = strings.CutSuffix(name, "/")
	if name == "" {
		return ".", path != ""
	}
	return name, dir
}

// cleanPath normalises like a POSIX path (P-4): empty parts and "." go, ".."
// takes the part before it along and is dropped at the root.
func cleanPath(text string) string {
	b := make([]byte, 0, len(text))
	for part := range strings.SplitSeq(text, "/") {
		switch part {
		case "", ".":
		case "..":
			b = b[:max(0, bytes.LastIndexByte(b, '/'))]
		default:
			if len(b) > 0 {
				b = append(b, '/')
			}
			b = append(b, part...)
		}
	}
	if len(b) == 0 {
		return "."
	}
	return string(b)
}

// cutTarget cuts a request-target at the first "#", then at the first "?"
// (P-1). The path is not decoded.
func cutTarget(target string) (path, query, fragment string) {
	path, fragment, _ = strings.Cut(target, "#")
	path, query, _ = strings.Cut(path, "?")
	return path, query, fragment
}

// pathOf is the path part of a request-target, not decoded.
func pathOf(target string) string {
	if i := strings.IndexAny(target, "#?"); i >= 0 {
		return target[:i]
	}
	return target
}

// dropOrigin takes scheme and authority off a target in absolute-form
// (RFC 9112 §3.2.2) and all but one of the slashes a path begins with.
//
// Differs from http.server: there "http://host/x" is the relative path
// "http:/host/x" (P-8, X-7).
func dropOrigin(target string) string {
	if n := originLen(target); n > 0 {
		target = target[n:]
		if target == "" || target[0] != '/' {
			target = "/" + target
		}
	}
	for len(target) > 1 && target[0] == '/' && target[1] == '/' {
		target = target[1:]
	}
	return target
}

// originLen is the length of scheme "://" authority at the start of target,
// 0 if it does not start so.
func originLen(target string) int {
	i := 0
	for i < len(target) && isSchemeByte(target[i], i == 0) {
		i++
	}
	if i == 0 || !strings.HasPrefix(target[i:], "://") {
		return 0
	}
	i += len("://")
	for i < len(target) && target[i] != '/' && target[i] != '?' && target[i] != '#' {
		i++
	}
	return i
}

// isSchemeByte follows RFC 3986 §3.1.
func isSchemeByte(c byte, first bool) bool {
	letter := c|0x20 >= 'a' && c|0x20 <= 'z'
	return letter || !first && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.')
}

// ShownPath is the path of a target as the title of a listing shows it (I-3):
// without query and fragment, decoded, not normalised, not yet escaped.
func ShownPath(target string) string {
	path := pathOf(dropOrigin(target))
	for i := 0; i < len(path); i++ {
		if path[i] == '%' || path[i] >= 0x80 {
			text := percent.Decode(path)
			if name, ok := percent.Name(text); ok {
				return name
			}
			return strings.ToValidUTF8(text, "\ufffd")
		}
	}
	return path
}

// Location is where a request for a directory without the slash at its end is
// sent: the target as it came, not decoded and not normalised, with "/" at
// the end of its path (D-2). An empty query or fragment disappears.
//
// Differs from http.server (D-3, X-1): the result never names another host.
// Scheme and authority of a target are dropped, leading slashes are one, and
// backslashes and controls, which browsers take for slashes or take out, are
// percent-encoded. So are bytes from 80 on, as the Latin-1 characters they
// count as (P-9).
func Location(target string) string {
	path, query, fragment := cutTarget(dropOrigin(target))
	b := make([]byte, 0, len(target)+len("/"))
	if needsSlash(path) {
		b = append(b, '/')
	}
	b = appendLocation(b, path)
	if !strings.HasSuffix(path, "/") {
		b = append(b, '/')
	}
	if query != "" {
		b = appendLocation(append(b, '?'), query)
	}
	if fragment != "" {
		b = appendLocation(append(b, '#'), fragment)
	}
	return string(b)
}

// needsSlash reports whether a path that does not begin with a slash could be
// read as a scheme: "x:/../sub".
func needsSlash(path string) bool {
	if path == "" || path[0] == '/' {
		return false
	}
	first, _, _ := strings.Cut(path, "/")
	return strings.IndexByte(first, ':') >= 0
}

func appendLocation(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 0x80:
			b = percent.AppendByte(b, 0xc0|c>>6)
			b = percent.AppendByte(b, 0x80|c&0x3f)
		case c <= ' ' || c == 0x7f || c == '\\':
			b = percent.AppendByte(b, c)
		default:
			b = append(b, c)
		}
	}
	return b
}
