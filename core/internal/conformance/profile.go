package conformance

import (
	"io/fs"

	"vitrine/core/http1"
	"vitrine/core/site"
)

// Profile is a way to run the server: what its command line can ask for.
type Profile struct {
	Name  string
	Flags []string // of serve
	Rules http1.Rules
	setup func(*site.Site)
}

// InBrowser is plain with the one option that the browser edition sets: a style
// for the pages that are http.server's own.
var InBrowser = Profile{Name: "in a browser", Rules: http1.Compat, setup: func(s *site.Site) { s.PageStyle = site.QuietStyle }}

// Profiles are the two ways: as http.server is by default, and strict
// HTTP/1.1.
var Profiles = [...]Profile{
	{Name: "plain", Rules: http1.Compat, setup: func(*site.Site) {}},
	{Name: "http11", Flags: []string{"--protocol", "HTTP/1.1"}, setup: func(s *site.Site) { s.SpeakHTTP11() }},
}

// Site returns a site for fsys that runs under p.
func (p *Profile) Site(fsys fs.FS) *site.Site {
	s := site.New(fsys)
	p.setup(s)
	return s
}
