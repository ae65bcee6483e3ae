// Package listing writes the page that http.server makes of a directory.
//
// The one rule: a page is text and links. A name is escaped where it is shown
// and percent-encoded where it is linked to, so that it can be neither markup
// nor a link to anywhere else.
package listing

import (
	"slices"
	"strconv"

	"vitrine/core/handler"
	"vitrine/core/internal/percent"
)

// Entry is one line of a listing.
type Entry struct {
	Name string // bytes, without slashes
	Dir  bool   // a directory, or a link to one
	Link bool   // a symbolic link
}

const (
	pageStyle = `<!DOCTYPE HTML>
<html lang="en">
<head>
<meta charset="utf-8">
<style type="text/css">
:root {
color-scheme: light dark;
}
`
	pageHead = pageStyle + `</style>
<title>Directory listing for `
	pageBody = `</title>
</head>
<body>
<h1>Directory listing for `
	pageList = `</h1>
<hr>
<ul>
`
	pageEndList = `</ul>
`
	pageTail = `<hr>
</body>
</html>
`
)

// Type is the media type of a listing (I-1).
const Type = "text/html; charset=utf-8"

// Append appends the page http.server makes of a directory (I-2 to I-8).
// entries are shown in the order given: see [Sort]. cut says that the directory
// has more than these, and the page will say it, too.
func Append(b []byte, title string, entries []Entry, cut bool) []byte {
	return appendEntries(appendTitle(b, title), entries, cut)
}

// Styled is a page, or its beginning, with more in its style sheet. style is
// trusted: it is CSS, and ends in a line feed.
func Styled(page []byte, style string) []byte {
	if style == "" {
		return page
	}
	return slices.Insert(page, len(pageStyle), []byte(style)...)
}

// appendTitle appends the page through its title.
func appendTitle(b []byte, title string) []byte {
	title = handler.EscapeHTML(title)
	b = slices.Grow(b, len(pageHead)+len(pageBody)+len(pageList)+2*len(title))
	b = append(append(b, pageHead...), title...)
	b = append(append(b, pageBody...), title...)
	return append(b, pageList...)
}

// appendEntries appends the rest of the page.
func appendEntries(b []byte, entries []Entry, cut bool) []byte {
	size := len(pageEndList) + len(pageTail)
	for i := range entries {
		size += 3*len(entries[i].Name) + len(`<li><a href="/">@</a></li>`) + 1
	}
	b = slices.Grow(b, size)
	for i := range entries {
		b = appendEntry(b, &entries[i])
	}
	b = append(b, pageEndList...)
	if cut {
		// Differs from http.server, which makes a page of any size.
		b = append(b, "<p>Only the first "...)
		b = strconv.AppendInt(b, int64(len(entries)), 10)
		b = append(b, " entries are shown.</p>\n"...)
	}
	return append(b, pageTail...)
}

func appendEntry(b []byte, e *Entry) []byte {
	b = append(b, `<li><a href="`...)
	b = percent.AppendName(b, e.Name)
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
