package site

import (
	"bytes"
	"strings"
)

// PathError says why a target can name nothing. The answer is 404: such a
// file does not exist.
type PathError string

func (e PathError) Error() string { return "site: " + string(e) }

// Targets that name nothing.
const (
	// ErrNUL is a NUL in the path, plain or as %00. http.server ends the
	// connection without an answer (P-11, X-4).
	ErrNUL = PathError("no file name holds a NUL")
	// ErrSurrogate is an encoded surrogate that stands for no byte: outside
	// U+DC80 to U+DCFF. http.server ends the connection without an answer
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
	text := decodePath(path)
	if strings.IndexByte(text, 0) >= 0 {
		return "", false, ErrNUL
	}
	name, ok := encodeName(cleanPath(text))
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
