// Package media tells the media type of a file from its name, as
// http.server's guess_type does.
//
// The one rule: the result depends on the name alone and is the same on every
// machine. The host's tables (/etc/mime.types, the registry) are never asked;
// a program that wants one reads it with [ParseMimeTypes].
package media

import "strings"

// Default is the media type of a name that tells nothing (T-1).
const Default = "application/octet-stream"

// Extension returns the extension of the last part of name, with its dot. It
// starts at the last dot, unless only dots stand before it: ".html" and
// "..x" have none, "a." has ".", ".hidden.txt" has ".txt".
func Extension(name string) string {
	_, ext := split(name)
	return ext
}

// split cuts name before its extension.
func split(name string) (base, ext string) {
	part := strings.LastIndexByte(name, '/') + 1
	dot := strings.LastIndexByte(name[part:], '.')
	if dot <= 0 {
		return name, ""
	}
	dot += part
	for i := part; i < dot; i++ {
		if name[i] != '.' {
			return name[:dot], name[dot:]
		}
	}
	return name, ""
}

// TypeByName looks name up in the built-in table, short suffixes unfolded and
// one encoding suffix dropped: "f.tgz" is application/x-tar. It is step 3 of
// [Guess]; on its own it knows no overrides, so "f.tar.gz" is
// application/x-tar, too.
func TypeByName(name string) (mediaType string, ok bool) {
	return typeByName(name, nil)
}

func typeByName(name string, system map[string]string) (mediaType string, ok bool) {
	base, ext := split(name)
	if long := unfold(ext); long != "" {
		// A tarball: what is below the encoding is known without joining
		// base and suffix.
		ext = long
	} else if isEncoding(ext) {
		_, ext = split(base)
	}
	return lookup(lower(ext), system)
}

// unfold returns the extension below the encoding of a short suffix: a .tgz
// is a .tar.gz, of which .gz is the encoding and .tar the rest. "" if ext is
// not short.
func unfold(ext string) string {
	switch len(ext) {
	case 4:
		switch lower(ext) {
		case ".tgz", ".taz", ".txz":
			return ".tar"
		}
	case 3:
		if lower(ext) == ".tz" {
			return ".tar"
		}
	case 5:
		switch lower(ext) {
		case ".tbz2":
			return ".tar"
		case ".svgz":
			return ".svg"
		}
	}
	return ""
}

// isEncoding reports whether ext names an encoding of what is before it. The
// case counts: .Z is compress, .z is nothing.
func isEncoding(ext string) bool {
	switch ext {
	case ".gz", ".Z", ".bz2", ".xz", ".br":
		return true
	}
	return false
}

func lookup(ext string, system map[string]string) (mediaType string, ok bool) {
	if t, ok := system[ext]; ok {
		return t, true
	}
	if len(ext) < 2 {
		return "", false
	}
	t := byExtension(ext[1:])
	return t, t != ""
}

// lower is Python's str.lower for anything that can be equal to a key of the
// tables: U+0130 becomes two characters there, never a plain i.
func lower(ext string) string {
	if strings.Contains(ext, "\u0130") {
		return ext
	}
	return strings.ToLower(ext)
}
