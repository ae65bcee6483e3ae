package site

import (
	"errors"
	"io"
	"io/fs"
	"math"
	"strconv"
	"strings"

	"vitrine/core/handler"
	"vitrine/core/internal/winname"
	"vitrine/core/site/listing"
	"vitrine/core/trace"
)

// defaultMaxEntries bounds a listing unless Site.MaxEntries says otherwise.
const defaultMaxEntries = 100_000

// largeListing is how many entries a directory must have for its listing to
// be shared by those who ask for it.
const largeListing = 4096

// SendListing responds with a page that links to everything in a directory:
// the default of ListDirectory. It sends the head and returns the page.
func (s *Site) SendListing(x *handler.Exchange, name string) (handler.Content, error) {
	dir, err := s.FS.Open(name)
	if err != nil {
		return nil, s.refuseListing(x, name, err)
	}
	defer dir.Close()
	return s.sendListing(x, name, dir)
}

// sendListing lists an open directory. A large one is read again, once for
// all who ask for it.
func (s *Site) sendListing(x *handler.Exchange, name string, dir fs.File) (handler.Content, error) {
	page, entries, err := s.listingPage(name, dir, ShownPath(x.Path))
	if err != nil {
		return nil, s.refuseListing(x, name, err)
	}
	if x.Tracing() {
		x.Step(trace.PathListing, strconv.Itoa(entries))
	}
	x.SendResponse(200, "")
	x.SendHeader("Content-type", listing.Type)
	x.SendHeader("Content-Length", strconv.FormatInt(page.Size(), 10))
	s.sendExtraFields(x)
	s.sendCacheControl(x)
	if err := x.EndHeaders(); err != nil {
		return nil, err
	}
	return page, nil
}

// listingPage is the page of an open directory. Its lines are written once for
// as long as the directory stays in the state that it is in before it is read.
func (s *Site) listingPage(name string, dir fs.File, title string) (page handler.Content, entries int, err error) {
	state := stateOf(dir)
	lines := s.kept.Get(name, state)
	if lines == nil {
		limit := s.maxEntries()
		list, cut, err := s.readDir(name, dir, min(limit, largeListing))
		switch {
		case err != nil:
			return nil, 0, err
		case cut && limit > largeListing:
			lines, err = s.listings.Get(name, func() (*listing.Lines, error) { return s.readLarge(name) })
			if err != nil {
				return nil, 0, err
			}
		case state == "":
			return handler.Bytes(listing.Styled(listing.Append(nil, title, s.entriesOf(name, list), cut), s.PageStyle)), len(list), nil
		default:
			lines = s.keep(name, state, dir, list, cut)
		}
	}
	if lines.Entries() <= largeListing {
		return lines.Bytes(title, s.PageStyle), lines.Entries(), nil
	}
	return lines.Page(title, s.PageStyle), lines.Entries(), nil
}

// keep writes the lines of what was read, and keeps them if the directory is in
// the state that it was in before. What a symbolic link leads to can change
// without a change of its directory.
func (s *Site) keep(name, state string, dir fs.File, list []fs.DirEntry, cut bool) *listing.Lines {
	if stateOf(dir) != state {
		state = ""
	}
	for _, d := range list {
		if d.Type()&fs.ModeSymlink != 0 {
			state = ""
			break
		}
	}
	lines := listing.NewLines(s.entriesOf(name, list), cut)
	s.kept.Put(name, state, lines)
	return lines
}

// stateOf is a text for the state of an open directory, "" where it has none.
func stateOf(dir fs.File) string {
	if d, ok := dir.(interface{ State() string }); ok {
		return d.State()
	}
	return ""
}

func (s *Site) refuseListing(x *handler.Exchange, name string, err error) error {
	noteNotOpened(x, name, err)
	return x.SendError(404, "No permission to list directory", "")
}

// readLarge reads a large directory and writes its lines.
func (s *Site) readLarge(name string) (*listing.Lines, error) {
	dir, err := s.FS.Open(name)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	state := stateOf(dir)
	list, cut, err := s.readDir(name, dir, s.maxEntries())
	if err != nil {
		return nil, err
	}
	return s.keep(name, state, dir, list, cut), nil
}

// entriesOf turns what was read into lines of a listing, sorted.
func (s *Site) entriesOf(name string, list []fs.DirEntry) []listing.Entry {
	entries := make([]listing.Entry, 0, len(list))
	for _, d := range list {
		e := listing.Entry{Name: d.Name(), Dir: d.IsDir(), Link: d.Type()&fs.ModeSymlink != 0}
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
	listing.Sort(entries)
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
