package main

import (
	"os"
	"strings"

	"vitrine/core/handler"
	"vitrine/core/hostrule"
	"vitrine/core/middleware/hostcheck"
)

// hostCheck is middleware that responds 421 to requests for hosts that the
// folder is not served under.
//
// Differs from http.server, which serves every host (H-5): bound to a loopback
// address, only names that others cannot point there pass, so that no page of
// the Internet reads the folder by DNS rebinding. On every address the names
// of the browser edition are refused: what is served under them shares the
// origin that keeps the folders opened there.
func hostCheck(c *config) handler.Middleware {
	check := &hostcheck.Check{
		Loopback: hostrule.Rule{Names: ownNames(c.bind), Allow: c.allowHost},
		Public:   hostrule.Rule{Public: true, Allow: c.allowHost},
		Advice:   whatOpens,
	}
	return check.Wrap
}

// ownNames are the names of this machine: the one it was given, with and
// without its domain, and the one that --bind names it by.
func ownNames(bind string) (names []string) {
	add := func(name string) {
		if h, ok := hostrule.Parse(name); ok && !h.IP {
			names = append(names, h.Name)
		}
	}
	if name, err := os.Hostname(); err == nil {
		add(name)
		if short, _, found := strings.Cut(name, "."); found {
			add(short)
		}
	}
	add(bind)
	return names
}

// whatOpens says how the refused host is served, without the full stop: the
// error page sets it.
func whatOpens(d hostrule.Decision) string {
	switch d.Reason {
	case hostrule.OfTool:
		return "Use another name, such as localhost, or start the server with --allow-host " + d.Host
	case hostrule.Malformed:
		return "Use the name localhost"
	}
	return "Use the name localhost, or, if that name is meant to lead here, start the server with --allow-host " + d.Host
}
