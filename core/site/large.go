package site

import (
	"io"

	"vitrine/core/handler"
)

// largeListing is how many entries a directory must have for its listing to
// be shared by those who ask for it.
const largeListing = 4096

// entryLines is the part of a listing's page behind its title.
type entryLines struct {
	text    []byte
	entries int
}

// listingPage is a listing with a title of its own and lines that it shares.
type listingPage struct {
	title []byte
	lines *entryLines
}

var _ handler.Content = (*listingPage)(nil)

func (p *listingPage) Size() int64 { return int64(len(p.title) + len(p.lines.text)) }

func (p *listingPage) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(p.title)
	if err != nil {
		return int64(n), err
	}
	m, err := w.Write(p.lines.text)
	return int64(n + m), err
}
