// Package hosting is how a site will be hosted once it is published: what a
// path that names no file gets, and which fields of its own go with its
// responses.
//
// The one rule: [Options] hold only what can be sent. What a person typed, what
// was stored and what comes over a port is read by [Parse] or [ParseFields],
// which take nothing else.
package hosting

import (
	"strings"

	"vitrine/core/http1"
)

// Options say how a site will be hosted. The zero value is a site as
// http.server has it.
type Options struct {
	// Unknown is what a path that names no file gets.
	Unknown Unknown
	// CleanURLs sends name.html for /name, before Unknown is asked.
	CleanURLs bool
	// Fields go with files and listings, as those of serve -H do.
	Fields http1.Fields
}

// Unknown is what a path that names no file gets.
type Unknown uint8

// What a path that names no file gets.
const (
	ServersPage Unknown = iota // 404 with the page of the server
	Application                // index.html with 200, for an application that looks at the path itself
	SitesPage                  // 404 with 404.html, the site's own page
)

// File is the name of the file that is sent for a path that names none, "" for
// the page of the server.
func (u Unknown) File() string {
	switch u {
	case Application:
		return "index.html"
	case SitesPage:
		return "404.html"
	}
	return ""
}

// IsZero reports whether the site is as http.server has it.
func (o *Options) IsZero() bool {
	return o.Unknown == ServersPage && !o.CleanURLs && len(o.Fields) == 0
}

// clean is how CleanURLs is written.
const clean = "clean"

// Encode writes o for Parse: a line of words for the rules, then a line for
// each field. The zero value is "".
func (o *Options) Encode() string {
	if o.IsZero() {
		return ""
	}
	rules := o.Unknown.File()
	if o.CleanURLs {
		rules = strings.TrimSpace(clean + " " + rules)
	}
	return rules + "\n" + FormatFields(o.Fields)
}

// Parse reads what Encode wrote. The error is an *Error.
func Parse(text string) (o Options, err error) {
	if len(text) > MaxText {
		return Options{}, &Error{Code: "hosting.too-long"}
	}
	rules, fields, _ := strings.Cut(text, "\n")
	for _, word := range strings.Fields(rules) {
		switch word {
		case clean:
			o.CleanURLs = true
		case Application.File():
			o.Unknown = Application
		case SitesPage.File():
			o.Unknown = SitesPage
		default:
			return Options{}, &Error{"hosting.bad-rule", []string{word}}
		}
	}
	if o.Fields, err = ParseFields(fields); err != nil {
		return Options{}, err
	}
	return o, nil
}
