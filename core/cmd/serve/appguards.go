package main

import (
	"vitrine/core/handler"
	"vitrine/core/http1"
)

// fromTool are the pages that may frame something of a site: the tool's, at
// whatever port a tunnel gives it.
const fromTool = "http://" + toolHost + ":* https://" + toolHost + ":*"

// guards are the fields that keep other sites, and previewed ones, away from
// what the app serves. Every response has them but that to a malformed message.
// name is the file that is sent; "" is an error page or a redirect.
func (r *appRequest) guards(name string) []http1.Field {
	fields := []http1.Field{
		{Name: "X-Content-Type-Options", Value: "nosniff"},
		// A process of its own: a loop in a site's script does not stop the
		// tool, and no document.domain joins them.
		{Name: "Origin-Agent-Cluster", Value: "?1"},
		// Other origins find out neither that the tool runs nor which version.
		{Name: "Cross-Origin-Resource-Policy", Value: "same-origin"},
		{Name: "Content-Security-Policy", Value: "frame-ancestors " + r.framedBy(name)},
	}
	if r.host == toolItself || r.host == toolAlias {
		// What opened the tool's window has no hold on it.
		fields = append(fields, http1.Field{Name: "Cross-Origin-Opener-Policy", Value: "same-origin-allow-popups"})
	}
	if r.host == previewedSite && name == workerScript {
		// The script is under /.vitrine/, its scope is the whole site.
		fields = append(fields, http1.Field{Name: "Service-Worker-Allowed", Value: "/"})
	}
	return fields
}

// framedBy says which pages may show the response in a frame, as the sources
// of frame-ancestors. Someone who frames the tool could lead the person's
// clicks.
func (r *appRequest) framedBy(name string) string {
	switch {
	case r.host == toolAlias && name != indexPage:
		return "'self'" // sites are frames of the same origin, and so is the bridge
	case r.host == previewedSite && name == bridgePage:
		return fromTool
	case r.host == previewedSite && !r.reserved():
		return "'self' " + fromTool // the preview, and frames within it
	}
	return "'none'"
}

func (r *appRequest) sendGuards(x *handler.Exchange, name string) {
	for _, f := range r.guards(name) {
		x.SendHeader(f.Name, f.Value)
	}
}
