package cgi

import (
	"strings"

	"vitrine/core/handler"
	"vitrine/core/http1"
)

// CrossSite reports whether a request may have been made by a page of another
// site, which must not have a script run with the rights of whom it finds at
// the browser or behind the firewall.
//
// A browser says so in Sec-Fetch-Site (https://www.w3.org/TR/fetch-metadata/),
// which no page can set; "same-site" counts as another, because any port of
// this computer is that. What stays is that a person follows a link: a
// top-level navigation with GET. A browser that sends no such field, as to an
// address that it does not trust, sends Origin with what is not safe (RFC 9110
// §9.2.1), and that must be this host: host and port of it are compared with
// the Host field, not the scheme, which a proxy may have changed. "null" is
// another site, and so is a field that comes twice or is malformed. Clients
// that are no browsers send none of these fields, and pass.
//
// http.server looks at none of them.
func CrossSite(x *handler.Exchange) bool {
	if site, n := only(x.Headers, "Sec-Fetch-Site"); n > 0 {
		return site != "same-origin" && site != "none" && !isNavigation(x)
	}
	if x.Command == "GET" || x.Command == "HEAD" {
		return false
	}
	origin, n := only(x.Headers, "Origin")
	if n == 0 {
		return false
	}
	host, _ := only(x.Headers, "Host")
	return host == "" || !isOriginOf(origin, host)
}

// only returns the value of a field that comes once, else "", and how often it
// comes.
func only(fields http1.Fields, name string) (value string, n int) {
	for v := range fields.Values(name) {
		value = v
		n++
	}
	if n > 1 {
		value = ""
	}
	return value, n
}

// isNavigation reports whether a person goes to another page.
func isNavigation(x *handler.Exchange) bool {
	mode, _ := only(x.Headers, "Sec-Fetch-Mode")
	dest, _ := only(x.Headers, "Sec-Fetch-Dest")
	return x.Command == "GET" && mode == "navigate" && dest == "document"
}

// isOriginOf reports whether origin is that of pages of host.
//
//	serialized-origin = scheme "://" host [ ":" port ]     (RFC 6454 §7.1)
func isOriginOf(origin, host string) bool {
	scheme, authority, ok := strings.Cut(origin, "://")
	if !ok || authority == "" {
		return false
	}
	port := ""
	switch {
	case http1.EqualFold(scheme, "http"):
		port = ":80"
	case http1.EqualFold(scheme, "https"):
		port = ":443"
	}
	return http1.EqualFold(strings.TrimSuffix(authority, port), strings.TrimSuffix(host, port))
}
