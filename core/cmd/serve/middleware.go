package main

import (
	"io"

	"vitrine/core/handler"
	"vitrine/core/middleware/fallback"
	"vitrine/core/site"
)

// middleware is what the command line puts around a site, the outermost first.
func (s *service) middleware(c *config, st *site.Site, stderr io.Writer) []handler.Middleware {
	around := []handler.Middleware{hostCheck(c)}
	if c.live {
		around = append(around, s.startLive(c, st, stderr))
	}
	if c.cleanURLs || c.fallback != "" {
		f := &fallback.Fallback{Site: st, CleanURLs: c.cleanURLs, File: c.fallback}
		around = append(around, f.Wrap)
	}
	return around
}
