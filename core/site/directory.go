package site

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math"
	"strconv"
	"strings"

	"vitrine/core/handler"
	"vitrine/core/internal/winname"
	"vitrine/core/trace"
)

// defaultMaxEntries bounds a listing unless Site.MaxEntries says otherwise.
const defaultMaxEntries = 100_000

// redirect sends the client to the directory's own path, with the slash
// (D-1). It has no content and no media type.
func (s *Site) redirect(x *handler.Exchange) error {
	location := Location(x.Path)
	x.Step(trace.PathRedirect)
	x.SendResponse(301, "")
	x.SendHeader("Location", location)
	x.SendHeader("Content-Length", "0")
	return x.EndHeaders()
}

// isClosedDirectory reports whether a name that could not be opened is a
// directory all the same. One that may not be read can still have an index
// page, and it redirects like others.
func (s *Site) isClosedDirectory(name string, err error) bool {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return false
	}
	info, err := fs.Stat(s.FS, name)
	return err == nil && info.IsDir()
}

// sendDirectory answers for a directory: with an index page if it has one,
// else with a listing (D-4, D-5). dir is nil if it could not be opened.
func (s *Site) sendDirectory(x *handler.Exchange, name string, dir fs.File) (handler.Content, error) {
	if dir != nil {
		defer dir.Close()
	}
	for _, page := range s.indexPages() {
		page = join(name, page)
		file, info, err := s.open(page)
		switch {
		case err == nil && info.IsDir():
			file.Close()
		case err == nil && s.Forbidden != nil && s.Forbidden(x, page):
			file.Close()
			return nil, x.SendError(403, forbidden, "")
		case err == nil:
			noteIndexPage(x, page)
			return s.sendFile(x, page, file, info)
		case s.isUnreadable(page, err):
			noteNotOpened(x, page, err)
			return nil, x.SendError(404, "File not found", "")
		}
	}
	if s.ListDirectory != nil {
		content, err := s.ListDirectory(x, name)
		if err != nil {
			handler.CloseContent(content)
			return nil, err
		}
		return content, nil
	}
	if dir == nil {
		return s.SendListing(x, name)
	}
	return s.sendListing(x, name, dir)
}

// isUnreadable reports whether an index page that could not be opened is a
// regular file all the same: then it is 404, not a reason for a listing.
func (s *Site) isUnreadable(page string, err error) bool {
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	info, err := fs.Stat(s.FS, page)
	return err == nil && info.Mode().IsRegular()
}

func (s *Site) indexPages() []string {
	if s.IndexPages == nil {
		return defaultIndexPages[:]
	}
	return s.IndexPages
}

var defaultIndexPages = [...]string{"index.html", "index.htm"}

// SendListing answers with a page that links to everything in a directory:
// the default of ListDirectory. It sends the head and returns the page.
func (s *Site) SendListing(x *handler.Exchange, name string) (handler.Content, error) {
	dir, err := s.FS.Open(name)
	if err != nil {
		return nil, s.refuseListing(x, name, err)
	}
	defer dir.Close()
	return s.sendListing(x, name, dir)
}

// sendListing lists an open directory. If it is a large one it is read anew,
// for all who ask for it.
func (s *Site) sendListing(x *handler.Exchange, name string, dir fs.File) (handler.Content, error) {
	limit := s.maxEntries()
	list, cut, err := s.readDir(name, dir, min(limit, largeListing))
	var page handler.Content
	entries := len(list)
	switch {
	case err == nil && cut && limit > largeListing:
		var lines *entryLines
		lines, err = s.listings.get(name, func() (*entryLines, error) { return s.readLarge(name) })
		if err == nil {
			entries, page = lines.entries, &listingPage{appendTitle(nil, x.Path), lines}
		}
	case err == nil:
		page = handler.Bytes(AppendListing(nil, x.Path, s.entriesOf(name, list), cut))
	}
	if err != nil {
		return nil, s.refuseListing(x, name, err)
	}
	if x.Tracing() {
		x.Step(trace.PathListing, strconv.Itoa(entries))
	}
	x.SendResponse(200, "")
	x.SendHeader("Content-type", ListingType)
	x.SendHeader("Content-Length", strconv.FormatInt(page.Size(), 10))
	s.sendExtraFields(x)
	if err := x.EndHeaders(); err != nil {
		return nil, err
	}
	return page, nil
}

func (s *Site) refuseListing(x *handler.Exchange, name string, err error) error {
	noteNotOpened(x, name, err)
	return x.SendError(404, "No permission to list directory", "")
}

// readLarge reads a large directory and writes its lines.
func (s *Site) readLarge(name string) (*entryLines, error) {
	dir, err := s.FS.Open(name)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	list, cut, err := s.readDir(name, dir, s.maxEntries())
	if err != nil {
		return nil, err
	}
	entries := s.entriesOf(name, list)
	return &entryLines{bytes.Clone(appendEntries(nil, entries, cut)), len(entries)}, nil
}

// entriesOf turns what was read into lines of a listing, sorted.
func (s *Site) entriesOf(name string, list []fs.DirEntry) []Entry {
	entries := make([]Entry, 0, len(list))
	for _, d := range list {
		e := Entry{Name: d.Name(), Dir: d.IsDir(), Link: d.Type()&fs.ModeSymlink != 0}
		if e.Name == "" || e.Name == "." || e.Name == ".." || strings.IndexByte(e.Name, '/') >= 0 {
			continue // no name a link could lead to
		}
		if s.Windows && winname.Special(e.Name) {
			continue // a link to it would lead to 404
		}
		if e.Link {
			info, err := fs.Stat(s.FS, join(name, e.Name))
			e.Dir = err == nil && info.IsDir()
		}
		entries = append(entries, e)
	}
	SortEntries(entries)
	return entries
}

func (s *Site) maxEntries() int {
	switch {
	case s.MaxEntries == 0:
		return defaultMaxEntries
	case s.MaxEntries < 0:
		return math.MaxInt - 1
	}
	return s.MaxEntries
}

var errNoList = errors.New("the file system cannot list a directory")

// readDir reads at most limit entries of an open directory. cut says that
// there is more.
func (s *Site) readDir(name string, dir fs.File, limit int) (list []fs.DirEntry, cut bool, err error) {
	open, ok := dir.(fs.ReadDirFile)
	if !ok {
		// fs.ReadDir would sort, which is done later, and costs the worker's
		// program 20 KB.
		if fsys, ok := s.FS.(fs.ReadDirFS); ok {
			list, err = fsys.ReadDir(name)
		} else {
			err = errNoList
		}
	} else {
		// One more than fits tells whether there is more.
		for err == nil && len(list) <= limit {
			var some []fs.DirEntry
			some, err = open.ReadDir(min(1024, limit+1-len(list)))
			list = append(list, some...)
			if len(some) == 0 {
				break
			}
		}
		if err == io.EOF {
			err = nil
		}
	}
	if len(list) > limit {
		return list[:limit], true, err
	}
	return list, false, err
}
