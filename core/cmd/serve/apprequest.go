package main

import (
	"strings"

	"vitrine/core/handler"
	"vitrine/core/hostrule"
)

// toolHost is the host of the tool; each previewed site has one below it.
const toolHost = hostrule.Tool

// appHost is what the host of a request to the app stands for.
type appHost int

const (
	otherHost appHost = iota
	toolItself
	toolAlias // localhost or a loopback address, where all sites share the tool's origin
	previewedSite
)

// appRequest is what a request asks the app for.
type appRequest struct {
	host  appHost
	name  string // of the host, in lower case
	port  string // as the client names it: a tunnel may have changed it
	path  string // not decoded
	query string // behind the first "?"
}

// readAppRequest reads host and target. The authority of a target in
// absolute-form replaces Host (RFC 9112 §3.2.2), but a foreign name in either
// is one.
func readAppRequest(x *handler.Exchange) *appRequest {
	r := &appRequest{}
	r.host, r.name, r.port = appHostOf(x.Headers.Get("Host"))
	target := x.Path
	if authority, ok := hostrule.Authority(target); ok {
		if r.host != otherHost {
			r.host, r.name, r.port = appHostOf(authority)
		}
		_, target, _ = strings.Cut(target, "://"+authority)
		if !strings.HasPrefix(target, "/") {
			target = "/" + target
		}
	}
	r.path, r.query, _ = strings.Cut(target, "?")
	return r
}

func appHostOf(value string) (kind appHost, name, port string) {
	h, ok := hostrule.Parse(value)
	switch {
	case !ok:
		return otherHost, "", ""
	case h.Name == toolHost:
		return toolItself, h.Name, h.Port
	case hostrule.IsSite(h.Name):
		return previewedSite, h.Name, h.Port
	case h.Name == "localhost", h.Name == "127.0.0.1", h.Name == "::1":
		return toolAlias, h.Name, h.Port
	}
	return otherHost, "", ""
}

// oneOrigin is the parameter of the query that keeps the tool on the name it
// was opened under, for systems that do not resolve names below localhost.
const oneOrigin = "one-origin"

// toolLocation is where the tool's page under another name is to be opened:
// its own host, where sites get origins of their own, with the same port, path
// and query. It is "" where the page stays.
func (r *appRequest) toolLocation() string {
	if r.host != toolAlias {
		return ""
	}
	for parameter := range strings.SplitSeq(r.query, "&") {
		if name, _, _ := strings.Cut(parameter, "="); name == oneOrigin {
			return ""
		}
	}
	location := "http://" + toolHost
	if r.port != "" {
		location += ":" + r.port
	}
	location += r.path
	if r.query != "" {
		location += "?" + r.query
	}
	return location
}

// reserved reports whether the path is ours on the host of a site.
func (r *appRequest) reserved() bool { return strings.HasPrefix(r.path, reserved) }

// forgets reports whether the request is for a site's storage to be removed.
func (r *appRequest) forgets() bool {
	return r.host == previewedSite && r.path == reserved+"forget"
}
