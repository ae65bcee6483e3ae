package main

import (
	"io/fs"
	"strconv"
	"time"

	"vitrine/core/embedfs"
	"vitrine/core/site"
	"vitrine/web"
)

// built is when the program was built, in seconds since 1970, set by the
// linker (-X main.built=...). Embedded files have no time of their own; with
// this one they have a Last-Modified and an entity tag that change with each
// deployment. Empty means that they have neither.
var built string

// newSite returns the site to be served: the sample site. Replace it with your
// own by a line of go:embed.
func newSite() *site.Site {
	sample, err := fs.Sub(web.Sample, "sample")
	if err != nil {
		panic(err) // the folder is embedded under this name
	}
	s := site.New(sample)
	if seconds, err := strconv.ParseInt(built, 10, 64); err == nil {
		s.FS = embedfs.Dated(sample, time.Unix(seconds, 0))
	}
	s.ProtocolVersion = "HTTP/1.1"
	return s
}
