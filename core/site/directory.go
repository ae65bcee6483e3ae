package site

import (
	"errors"
	"io/fs"

	"vitrine/core/handler"
	"vitrine/core/trace"
)

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

// sendDirectory responds for a directory: with an index page if it has one,
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
			return nil, s.refuseForbidden(x, page)
		case err == nil:
			x.Step(trace.PathIndex, page)
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
