package site

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"vitrine/core/handler"
)

// Entry is one line of a listing.
type Entry struct {
	Name string // bytes, without slashes
	Dir  bool   // a directory, or a link to one
	Link bool   // a symbolic link
}

const (
	listingHead = `<!DOCTYPE HTML>
<html lang="en">
<head>
<meta charset="utf-8">
<style type="text/css">
:root {
color-scheme: light dark;
}
</style>
<title>Directory listing for `
	listingBody = `</title>
</head>
<body>
<h1>Directory listing for `
	listingList = `</h1>
<hr>
<ul>
`
	listingEndList = `</ul>
`
	listingTail = `<hr>
</body>
</html>
`
)

// ListingType is the media type of a listing (I-1).
const ListingType = "text/html; charset=utf-8"

// AppendListing appends the page http.server makes of a directory (I-2 to
// I-8). target is the request-target, whose path becomes the title; entries
// are shown in the order given: see [SortEntries]. cut says that the directory
// has more than these, and the page will say it, too.
func AppendListing(b []byte, target string, entries []Entry, cut bool) []byte {
	return appendEntries(appendTitle(b, target), entries, cut)
}

// appendTitle appends the page as far as it is about the target.
func appendTitle(b []byte, target string) []byte {
	title := handler.EscapeHTML(ShownPath(target))
	b = slices.Grow(b, len(listingHead)+len(listingBody)+len(listingList)+2*len(title))
	b = append(b, listingHead...)
	b = append(b, title...)
	b = append(b, listingBody...)
	b = append(b, title...)
	return append(b, listingList...)
}

// appendEntries appends the rest of the page.
func appendEntries(b []byte, entries []Entry, cut bool) []byte {
	size := len(listingEndList) + len(listingTail)
	for i := range entries {
		size += 3*len(entries[i].Name) + len(`<li><a href="/">@</a></li>`) + 1
	}
	b = slices.Grow(b, size)
	for i := range entries {
		b = appendEntry(b, &entries[i])
	}
	b = append(b, listingEndList...)
	if cut {
		// Differs from http.server, which makes a page of any size.
		b = append(b, "<p>Only the first "...)
		b = strconv.AppendInt(b, int64(len(entries)), 10)
		b = append(b, " entries are shown.</p>\n"...)
	}
	return append(b, listingTail...)
}

func appendEntry(b []byte, e *Entry) []byte {
	b = append(b, `<li><a href="`...)
	b = AppendLink(b, e.Name)
	if e.Dir {
		b = append(b, '/')
	}
	b = append(b, `">`...)
	b = append(b, handler.EscapeHTML(e.Name)...)
	switch {
	case e.Link:
		b = append(b, '@')
	case e.Dir:
		b = append(b, '/')
	}
	return append(b, "</a></li>\n"...)
}

// AppendLink appends a name as a listing links to it (I-7): percent-encoded
// but for letters, digits and "_.-~/". A byte that is not part of a UTF-8
// character becomes the encoded surrogate that [TranslatePath] reads as that
// byte (I-8, P-10). No link can be a scheme, a query or another host.
func AppendLink(b []byte, name string) []byte {
	for i := 0; i < len(name); {
		c := name[i]
		if c < utf8.RuneSelf {
			if isUnreserved(c) {
				b = append(b, c)
			} else {
				b = appendPercent(b, c)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(name[i:])
		if r == utf8.RuneError && n == 1 {
			b = appendPercent(b, 0xed)
			b = appendPercent(b, 0xb0|c>>6)
			b = appendPercent(b, 0x80|c&0x3f)
			i++
			continue
		}
		for ; n > 0; n-- {
			b = appendPercent(b, name[i])
			i++
		}
	}
	return b
}

func isUnreserved(c byte) bool {
	switch {
	case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9':
		return true
	}
	return c == '_' || c == '.' || c == '-' || c == '~' || c == '/'
}

// ShownPath is the path of a target as the title of a listing shows it (I-3):
// without query and fragment, decoded, not normalised, not yet escaped.
func ShownPath(target string) string {
	path := pathOf(dropOrigin(target))
	for i := 0; i < len(path); i++ {
		if path[i] == '%' || path[i] >= 0x80 {
			text := decodePath(path)
			if name, ok := encodeName(text); ok {
				return name
			}
			return strings.ToValidUTF8(text, "\ufffd")
		}
	}
	return path
}
