// Package address is what the address box of the preview says: where a frame
// is, as far as the log tells, and how that is written for a reader.
//
// The one rule: nothing here is certain. A frame is on another origin, so its
// requests are all that is seen of it, and a script of the site can make up
// records of them. Whoever loads an address checks that it is one of the site.
package address

import (
	"strings"

	"vitrine/core/trace"
)

// Place is where a frame is. The zero value is a frame that was never loaded.
type Place struct {
	// Path is the path of the site and its query, exactly as it is asked for,
	// with the fragment that it was given.
	Path string
	// Referred says that Path was not asked for, but is what the page called
	// its own address at its last request: an application has changed it.
	Referred bool

	client string // of the page, "" before its first response
	tells  bool   // it has named more than its origin as its address
}

// Load says that the frame is sent to a path.
func (p *Place) Load(path string) { *p = Place{Path: path} }

// Follow takes an exchange of the site, whose root is the URL root, and reports
// whether it brought another page into the frame.
func (p *Place) Follow(r *trace.Record, root string) (navigated bool) {
	switch {
	case r.Browser.Navigates():
		return p.navigated(r)
	case r.Browser.Client != "" && r.Browser.Client == p.client:
		p.referred(&r.Browser, root)
	}
	return false
}

func (p *Place) navigated(r *trace.Record) bool {
	target := r.Request.Target.Text
	if redirects(r) || staysAway(r) || !strings.HasPrefix(target, "/") || strings.HasPrefix(target, "//") {
		return false
	}
	// Requests have no fragments.
	if path, fragment, _ := strings.Cut(p.Path, "#"); path != target || fragment == "" {
		p.Path = target
	}
	p.Referred, p.client, p.tells = false, r.Browser.Client, false
	return true
}

// referred takes the address that the page says a request is from. Only what
// scripts fetch is from the page for certain: style sheets and modules name
// themselves in what they load. A page may tell its origin only, which reads
// like its root.
func (p *Place) referred(b *trace.Browser, root string) {
	rest, ok := strings.CutPrefix(b.Referrer, root)
	path := "/" + rest
	if b.Destination != "" || b.Mode == "navigate" || !ok || strings.HasPrefix(path, "//") || path == "/" && !p.tells {
		return
	}
	p.tells = true
	if known, _, _ := strings.Cut(p.Path, "#"); known != path {
		p.Path, p.Referred = path, true
	}
}

// redirects reports whether the browser goes on to another target.
func redirects(r *trace.Record) bool {
	_, ok := r.Response.Fields.Lookup("Location")
	return ok && 300 <= r.Status && r.Status <= 399
}

// Typed makes a path of what was typed: the path itself, one without its
// slash, or a whole address of the site, whose root is the URL root.
func Typed(text, root string) string {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(text, root); ok {
		text = rest
	}
	if !strings.HasPrefix(text, "/") {
		text = "/" + text
	}
	return text
}
