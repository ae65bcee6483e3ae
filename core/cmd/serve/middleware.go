package main

import (
	"vitrine/core/handler"
	"vitrine/core/middleware/fallback"
	"vitrine/core/site"
)

// middleware is what the command line puts around a site, the outermost first.
func (c *config) middleware(s *site.Site) []handler.Middleware {
	around := []handler.Middleware{hostCheck(c)}
	if c.cleanURLs || c.fallback != "" {
		f := &fallback.Fallback{Site: s, CleanURLs: c.cleanURLs, File: c.fallback}
		around = append(around, f.Wrap)
	}
	return around
}
