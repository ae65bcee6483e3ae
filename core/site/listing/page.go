package listing

import (
	"bytes"
	"io"

	"vitrine/core/handler"
)

// Lines are the part of a page behind its title, the same whatever the target
// is that asks for the directory.
type Lines struct {
	text    []byte
	entries int
}

// NewLines writes the lines of entries: see [Append].
func NewLines(entries []Entry, cut bool) *Lines {
	return &Lines{bytes.Clone(appendEntries(nil, entries, cut)), len(entries)}
}

// Entries is the number of entries.
func (l *Lines) Entries() int { return l.entries }

// Page is a page with a title of its own and lines that it shares with others.
type Page struct {
	title []byte
	lines *Lines
}

var _ handler.Content = (*Page)(nil)

// Page returns the page with that title.
func (l *Lines) Page(title, style string) *Page {
	return &Page{Styled(appendTitle(nil, title), style), l}
}

// Bytes returns the page with that title, with lines of its own.
func (l *Lines) Bytes(title, style string) handler.Bytes {
	return append(Styled(appendTitle(nil, title), style), l.text...)
}

// Size is the length of the page in bytes.
func (p *Page) Size() int64 { return int64(len(p.title) + len(p.lines.text)) }

// WriteTo writes the page.
func (p *Page) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(p.title)
	if err != nil {
		return int64(n), err
	}
	m, err := w.Write(p.lines.text)
	return int64(n + m), err
}
