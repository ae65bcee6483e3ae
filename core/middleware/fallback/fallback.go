// Package fallback is middleware that responds where a site has no file, as
// the hosts do that a site is made for: with a page of an application that
// routes by itself, with name.html for /name, or with an error page of the
// site's own.
//
// The one rule: a file that is there comes first. What stands in for one that
// is missing is decided when the site has found nothing, and the trace says
// which rule it was.
package fallback

import (
	"io/fs"
	"path"
	"strings"

	"vitrine/core/handler"
	"vitrine/core/site"
	"vitrine/core/trace"
)

// Fallback says what a path that names no file gets. Its zero value leaves the
// site's 404 as it is.
type Fallback struct {
	// Site is whose files are sent; it has to be inside what is wrapped.
	Site *site.Site
	// CleanURLs sends name.html for /name. Query and address stay as they are.
	CleanURLs bool
	// File is the name of a file below the root of Site that is sent in place
	// of a missing page; empty sends nothing. One called 404.html is sent
	// with status 404 for every path. Any other is the page of an application
	// and is sent with 200 for paths that look like pages: see [IsPage].
	File string
}

// notFound is what an error page is called.
const notFound = "404.html"

// Wrap is a [handler.Middleware].
func (f *Fallback) Wrap(next handler.Handler) handler.Handler {
	return handler.HandlerFunc(func(x *handler.Exchange) error {
		if x.Command == "GET" || x.Command == "HEAD" {
			x.OnError(f.onError)
		}
		return next.ServeExchange(x)
	})
}

func (f *Fallback) onError(x *handler.Exchange, code int) (bool, error) {
	if code != 404 {
		return false, nil
	}
	name, dir, err := f.Site.Translate(x.Path)
	if err != nil {
		return false, nil // it can name nothing, whatever stands in
	}
	if page := name + ".html"; f.CleanURLs && !dir && name != "." && f.isFile(page) {
		x.Step(trace.FallbackClean, page)
		return true, f.send(x, page)
	}
	switch {
	case f.File == "" || !f.isFile(f.File):
		return false, nil
	case path.Base(f.File) == notFound:
		x.Step(trace.FallbackNotFound, f.File)
		content, err := f.Site.SendNotFound(x, f.File)
		if err != nil {
			return true, err
		}
		return true, x.SendContent(content)
	case !IsPage(x):
		x.Step(trace.FallbackNoPage, f.File)
		return false, nil
	}
	x.Step(trace.FallbackPage, f.File)
	return true, f.send(x, f.File)
}

func (f *Fallback) send(x *handler.Exchange, name string) error {
	content, err := f.Site.SendName(x, name, false)
	if err != nil {
		return err
	}
	return x.SendContent(content) // which is dropped for HEAD
}

// isFile reports whether a regular file has the name.
func (f *Fallback) isFile(name string) bool {
	info, err := fs.Stat(f.Site.FS, name)
	return err == nil && info.Mode().IsRegular()
}

// IsPage reports whether a request looks like one for a page: its path has no
// dot in the last segment, or Accept names text/html, as that of a navigation
// does. A script or a picture that is missing must not be a page: browsers
// would report a syntax error in it instead of 404.
func IsPage(x *handler.Exchange) bool {
	target, _, _ := strings.Cut(x.Path, "?")
	if strings.IndexByte(target[strings.LastIndexByte(target, '/')+1:], '.') < 0 {
		return true
	}
	for _, field := range x.Headers {
		if !strings.EqualFold(field.Name, "Accept") {
			continue
		}
		for item := range strings.SplitSeq(field.Value, ",") {
			mediaType, _, _ := strings.Cut(item, ";")
			if strings.EqualFold(strings.TrimSpace(mediaType), "text/html") {
				return true
			}
		}
	}
	return false
}
