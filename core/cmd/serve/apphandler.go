package main

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"vitrine/core/conditional"
	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/media"
	"vitrine/core/site"
)

// app serves the browser edition. The tool itself is on the host
// vitrine.localhost, each previewed site on a host of its own below it, where
// a service worker responds; what reaches us there are the files under
// /.vitrine/, and requests that went past the worker.
type app struct {
	handler.Base
	dist fs.FS
	past *past
}

const (
	// indexPage is the page of the tool.
	indexPage = "index.html"
	// reserved is the one prefix of a previewed site's paths that is ours.
	reserved = "/.vitrine/"
	// bootPage registers the worker of a site and loads the page again.
	bootPage = "boot-site.html"
	// bridgePage is the tool's way to the worker of a site, in a hidden frame.
	bridgePage = "bridge.html"
	// workerScript is the service worker.
	workerScript = "sw.js"
)

func newApp(dist fs.FS) *app {
	a := &app{dist: dist, past: newPast()}
	a.ProtocolVersion = "HTTP/1.1"
	a.Methods = map[string]handler.Method{"GET": a.get, "HEAD": a.get, "POST": a.forget}
	return a
}

// ServeExchange lets pass what one of the methods responds to: a host of the
// app, and a method that its path takes. Unlike a lack in the table of
// methods, an error from here has the fields of every response.
func (a *app) ServeExchange(x *handler.Exchange) error {
	r := readAppRequest(x)
	allow := "GET, HEAD"
	if r.forgets() {
		allow = "POST"
	}
	switch {
	case r.host == otherHost:
		// Another name that leads here is an attempt to have a browser read
		// what is served to this machine alone (DNS rebinding).
		return r.sendError(x, 421, "This server is for http://"+toolHost+" and the hosts below it only")
	case isWebSocket(x):
		// Without this the handshake would get a page, and a site's developer
		// would look for the fault in the page.
		if r.host == previewedSite {
			a.tellPast(x, r)
		}
		return r.sendError(x, 501, "There are files here and no WebSockets")
	case r.forgets() == (x.Command == "POST") && a.Methods[x.Command] != nil:
		return a.Base.ServeExchange(x)
	case handler.IsRegistered(x.Command):
		return r.sendError(x, 405, "", http1.Field{Name: "Allow", Value: allow})
	}
	return r.sendError(x, 501, "")
}

func (a *app) get(x *handler.Exchange) error {
	r := readAppRequest(x)
	path := r.path
	if r.host == previewedSite {
		switch {
		case !r.reserved():
			a.tellPast(x, r)
			return a.sendBootPage(x, r)
		case path == pastPath:
			return a.sendPast(x, r)
		}
		path = path[len(reserved)-1:]
	}
	name, _, err := site.TranslatePath(path)
	if err != nil {
		return r.sendError(x, 404, "")
	}
	if r.host == previewedSite {
		return a.sendFile(x, r, name)
	}
	if name == "." {
		name = indexPage
	}
	if location := r.toolLocation(); location != "" && name == indexPage {
		return r.sendRedirect(x, location)
	}
	return a.sendFile(x, r, name)
}

// sendFile responds with a file that the browser keeps, and asks about at each
// use, so that a new version is seen at once.
func (a *app) sendFile(x *handler.Exchange, r *appRequest, name string) error {
	content, err := fs.ReadFile(a.dist, name)
	if err != nil {
		return r.sendError(x, 404, "")
	}
	// Files in a binary have no time, so the tag is made of the content.
	sum := sha256.Sum256(content)
	etag := `"` + hex.EncodeToString(sum[:12]) + `"`
	status := conditional.Decide("HEAD", x.Headers, conditional.Validators{ETag: etag, Now: time.Now()}, int64(len(content))).Status
	if status == 412 {
		return r.sendError(x, 412, "")
	}
	x.SendResponse(status, "")
	if status == 200 {
		x.SendHeader("Content-Type", contentType(name))
		x.SendHeader("Content-Length", strconv.Itoa(len(content)))
	}
	x.SendHeader("ETag", etag)
	x.SendHeader("Cache-Control", "no-cache")
	r.sendGuards(x, name)
	if name == indexPage && r.host == toolItself {
		expireCookies(x, toolHost)
	}
	if err := x.EndHeaders(); err != nil {
		return err
	}
	return x.SendContent(handler.Bytes(content))
}

// sendBootPage responds for every other path of a site's host, if the browser
// is going to show the response. What it wants for anything else, such as the
// request of <a download>, which passes service workers by, must not get a
// page in place of a file.
func (a *app) sendBootPage(x *handler.Exchange, r *appRequest) error {
	switch x.Headers.Get("Sec-Fetch-Dest") {
	case "serviceworker":
		return r.sendError(x, 503, "Vitrine serves this site by a service worker, so the site cannot have one of its own here")
	case "", "document", "iframe", "frame", "object", "embed":
	default:
		return r.sendError(x, 503, "This request went past the service worker that serves this site")
	}
	content, err := fs.ReadFile(a.dist, bootPage)
	if err != nil {
		return r.sendError(x, 404, "")
	}
	x.SendResponse(200, "")
	x.SendHeader("Content-Type", contentType(bootPage))
	x.SendHeader("Content-Length", strconv.Itoa(len(content)))
	x.SendHeader("Cache-Control", "no-store")
	r.sendGuards(x, bootPage)
	if err := x.EndHeaders(); err != nil {
		return err
	}
	return x.SendContent(handler.Bytes(content))
}

// sendError responds with an error page that has the fields of every response.
func (r *appRequest) sendError(x *handler.Exchange, code int, explain string, more ...http1.Field) error {
	return x.SendError(code, "", explain, append(more, r.guards("")...)...)
}

// sendRedirect leads to another name of the same page.
func (r *appRequest) sendRedirect(x *handler.Exchange, location string) error {
	x.SendResponse(307, "")
	x.SendHeader("Location", location)
	x.SendHeader("Content-Length", "0")
	r.sendGuards(x, "")
	return x.EndHeaders()
}

// contentType adds the charset that the files of the tool are written in.
func contentType(name string) string {
	kind := media.Guess(name, nil, "application/octet-stream")
	if strings.HasPrefix(kind, "text/") {
		kind += "; charset=utf-8"
	}
	return kind
}
