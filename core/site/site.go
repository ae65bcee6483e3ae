package site

import (
	"io/fs"
	"strings"
	"time"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/internal/winname"
	"vitrine/core/media"
	"vitrine/core/site/listing"
	"vitrine/core/trace"
)

// Site serves a file system: SimpleHTTPRequestHandler as a value. Make one
// with [New]; fields are set before the first request and not changed after
// it. Its methods may run on many connections at once.
type Site struct {
	handler.Base

	// FS holds the files. Its Open may be asked for names that are not
	// UTF-8. See [NonblockingFS] for file systems that have FIFOs and devices.
	FS fs.FS

	// IndexPages are the names served for a directory, the first that is a
	// regular file (D-4); nil is index.html and index.htm, empty means none.
	IndexPages []string
	// ExtensionsMap is asked for a media type before the built-in table
	// (T-1); nil is [media.Overrides].
	ExtensionsMap map[string]string
	// MediaTypes is laid over the built-in table: see [media.ParseMimeTypes].
	MediaTypes map[string]string
	// DefaultType is the media type of unknown extensions,
	// "application/octet-stream" if empty (--content-type of Python 3.15).
	DefaultType string
	// ExtraFields go with files (200 and 206), after Last-Modified, and with
	// listings, after Content-Length, unless the response has a field of that
	// name already (--header of Python 3.15). Redirects, 304 and errors do
	// not get them.
	ExtraFields http1.Fields
	// CacheControl is the value of Cache-Control (RFC 9111 §5.2) with files,
	// their 304, listings and an error page of the site's own, unless
	// ExtraFields has one. Empty is "no-cache": whoever keeps a copy asks
	// whether it is the same before each use. CacheOff sends none, as
	// http.server does: then browsers use a file for a tenth of its age.
	CacheControl string
	// MaxEntries bounds a listing: a directory with more is shown in part and
	// says so. 0 is 100,000, negative is no bound.
	MaxEntries int
	// Windows refuses names that Windows takes for something else, such as
	// "c:", "nul.txt" and "x.txt.", and does not list them. New sets it on
	// Windows.
	Windows bool

	// The function fields replace a method of http.server of the same name;
	// nil is the default behaviour.

	// GuessType tells the media type of a file from its name; the default
	// is [media.Guesser] with the fields above.
	GuessType func(name string) string
	// TranslatePath turns a request-target into a name; the default is the
	// function of that name. The response to an error is 404.
	TranslatePath func(target string) (name string, dir bool, err error)
	// Forbidden reports whether what has this name must not be sent, neither as
	// itself nor as the index page of its directory: the response is 403. nil
	// forbids nothing. Package cgi sets it, so that the source of a script is
	// never sent: a function put in its place calls the one before.
	Forbidden func(x *handler.Exchange, name string) bool
	// ListDirectory responds for a directory without index page: it sends the
	// head and returns what is left to be sent, as SendHead does; content
	// beside an error is closed. The default is SendListing.
	ListDirectory func(x *handler.Exchange, name string) (handler.Content, error)

	validators validatorCache
	listings   listing.Group
	kept       listing.Kept
}

// New returns a site that responds to GET and HEAD with the files of fsys.
func New(fsys fs.FS) *Site {
	s := &Site{FS: fsys, Windows: winname.Here}
	s.Methods = map[string]handler.Method{"GET": s.DoGET, "HEAD": s.DoHEAD}
	return s
}

// DoGET responds with a file, a listing, a redirect or an error.
func (s *Site) DoGET(x *handler.Exchange) error {
	content, err := s.SendHead(x)
	if err != nil {
		return err
	}
	return x.SendContent(content)
}

// DoHEAD responds as DoGET does, without the content.
func (s *Site) DoHEAD(x *handler.Exchange) error {
	content, err := s.SendHead(x)
	handler.CloseContent(content)
	return err
}

// SendHead sends the head of the response to GET and HEAD and returns what is
// left to be sent: content for [handler.Exchange.SendContent], which closes it,
// or nil. Behind a redirect, an error page or 304 nothing is left, and with an
// error there never is. It is what a method of one's own calls to serve a file
// its own way.
func (s *Site) SendHead(x *handler.Exchange) (handler.Content, error) {
	name, dir, err := s.Translate(x.Path)
	NoteWalk(x, name, dir, err)
	if err != nil {
		return nil, x.SendError(404, "File not found", "")
	}
	return s.SendName(x, name, dir)
}

// NoteWalk tells the trace how the target became a name, from what Translate
// returned.
func NoteWalk(x *handler.Exchange, name string, dir bool, err error) {
	switch {
	case !x.Tracing():
		return
	case err != nil:
		noteRefused(x, err)
		return
	}
	if n := originLen(x.Path); n > 0 {
		x.Step(trace.PathAbsolute, x.Path[:n])
	}
	path, query, fragment := cutTarget(dropOrigin(x.Path))
	if query != "" || fragment != "" {
		x.Step(trace.PathCut, path)
	}
	text := path
	if !isPlain(path) {
		text = ShownPath(path)
	}
	if text != path {
		x.Step(trace.PathDecoded, text)
	}
	plain := strings.Trim(text, "/")
	if plain == "" {
		plain = "."
	}
	if plain != name {
		x.Step(trace.PathCleaned, name)
	}
	if dir {
		x.Step(trace.PathSlash)
	}
}

// noteRefused tells why a target names nothing.
func noteRefused(x *handler.Exchange, err error) {
	switch err {
	case ErrNUL:
		x.Step(trace.PathNUL)
	case ErrSurrogate:
		x.Step(trace.PathSurrogate)
	case ErrWindowsName:
		x.Step(trace.PathWindows)
	default:
		x.Step(trace.PathRefused, err.Error())
	}
}

// Translate turns a request-target into the name it means on this site, with
// the TranslatePath and Windows fields regarded. An error means 404.
func (s *Site) Translate(target string) (name string, dir bool, err error) {
	translate := s.TranslatePath
	if translate == nil {
		translate = TranslatePath
	}
	name, dir, err = translate(target)
	if err == nil && s.Windows && winname.Special(name) {
		err = ErrWindowsName
	}
	return name, dir, err
}

// SendName is SendHead for a target that has been translated already.
func (s *Site) SendName(x *handler.Exchange, name string, dir bool) (handler.Content, error) {
	if s.Forbidden != nil && s.Forbidden(x, name) {
		return nil, s.refuseForbidden(x, name)
	}
	file, info, err := s.open(name)
	if err != nil && s.isClosedDirectory(name, err) {
		noteNotOpened(x, name, err)
		if !dir {
			return nil, s.redirect(x)
		}
		return s.sendDirectory(x, name, nil)
	}
	switch {
	case err != nil:
		noteNotOpened(x, name, err)
		return nil, x.SendError(404, "File not found", "")
	case info.IsDir() && !dir:
		file.Close()
		return nil, s.redirect(x)
	case info.IsDir():
		return s.sendDirectory(x, name, file)
	case dir:
		file.Close()
		x.Step(trace.PathNotDirectory, name)
		return nil, x.SendError(404, "File not found", "")
	}
	return s.sendFile(x, name, file, info)
}

// guessType is the media type of the file with that name, and whether the name
// says so.
func (s *Site) guessType(name string) (mediaType string, known bool) {
	if s.GuessType != nil {
		return s.GuessType(name), true
	}
	g := media.Guesser{Overrides: s.ExtensionsMap, System: s.MediaTypes, Default: s.DefaultType}
	return g.Lookup(name)
}

// sendExtraFields adds ExtraFields, but none whose name the head has already
// or is one of coming, which follow.
func (s *Site) sendExtraFields(x *handler.Exchange, coming ...string) {
	if len(s.ExtraFields) == 0 {
		return
	}
	head := x.Response().Fields
	head = head[:len(head):len(head)]
extra:
	for _, f := range s.ExtraFields {
		if head.Has(f.Name) {
			continue
		}
		for _, name := range coming {
			if http1.EqualFold(name, f.Name) {
				continue extra
			}
		}
		x.SendHeader(f.Name, f.Value)
	}
}

// CacheOff in Site.CacheControl leaves the field out.
const CacheOff = "off"

// sendCacheControl adds Cache-Control to a head that has none.
//
// Differs from http.server, which sends none: its files are fresh for a tenth
// of their age (RFC 9111 §4.2.2), and one that was edited does not reach the
// page.
func (s *Site) sendCacheControl(x *handler.Exchange) {
	value := s.CacheControl
	switch own, ok := s.ExtraFields.Lookup("Cache-Control"); {
	case ok:
		value = own // it is there already, but not with 304
	case value == CacheOff:
		return
	case value == "":
		value = "no-cache"
	}
	if !x.HasHeader("Cache-Control") {
		x.SendHeader("Cache-Control", value)
	}
}

func (s *Site) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

// refuseForbidden responds for what Site.Forbidden forbids.
func (s *Site) refuseForbidden(x *handler.Exchange, name string) error {
	x.Step(trace.FileForbidden, name)
	return x.SendError(403, "Not served as a file", "")
}
