package main

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/media"
	"vitrine/core/site"
)

// app answers for the browser edition. The tool itself is on the host
// vitrine.localhost, each previewed site on a host of its own below it, where
// a service worker answers; what reaches us there are the files under
// /.vitrine/, and requests that went past the worker.
type app struct {
	handler.Handler
	dist fs.FS
}

const (
	toolHost = "vitrine.localhost"
	// reserved is the one prefix of a previewed site's paths that is ours.
	reserved = "/.vitrine/"
	// bootPage registers the worker of a site and loads the page anew.
	bootPage = "boot-site.html"
)

func newApp(dist fs.FS) *app {
	a := &app{dist: dist}
	a.ProtocolVersion = "HTTP/1.1"
	a.Methods = map[string]handler.Method{"GET": a.get, "HEAD": a.get}
	a.AllowMethods = true
	return a
}

func (a *app) get(x *handler.Exchange) error {
	path, _, _ := strings.Cut(x.Path, "?")
	switch hostKind(x.Headers.Get("Host")) {
	case toolItself:
		name, _, err := site.TranslatePath(path)
		if err != nil {
			return x.SendError(404, "", "")
		}
		if name == "." {
			name = "index.html"
		}
		return a.sendFile(x, name)
	case previewedSite:
		if name, ok := strings.CutPrefix(path, reserved); ok {
			name, _, err := site.TranslatePath("/" + name)
			if err != nil {
				return x.SendError(404, "", "")
			}
			return a.sendFile(x, name, http1.Field{Name: "Service-Worker-Allowed", Value: "/"})
		}
		return a.sendBootPage(x)
	}
	// Another name that leads here is somebody's attempt to have a browser
	// read what is served to this computer alone (DNS rebinding).
	return x.SendError(421, "", "This server answers for http://"+toolHost+" and the hosts below it only")
}

// sendFile answers with a file that the browser keeps, and asks about at each
// use, so that a new version is seen at once.
func (a *app) sendFile(x *handler.Exchange, name string, more ...http1.Field) error {
	content, err := fs.ReadFile(a.dist, name)
	if err != nil {
		return x.SendError(404, "", "")
	}
	// Files in a binary have no time, so the tag is made of the content.
	sum := sha256.Sum256(content)
	etag := `"` + hex.EncodeToString(sum[:12]) + `"`
	status := site.Decide("HEAD", x.Headers, site.Validators{ETag: etag, Now: time.Now()}, int64(len(content))).Status
	if status == 412 {
		return x.SendError(412, "", "")
	}
	x.SendResponse(status, "")
	if status == 200 {
		x.SendHeader("Content-Type", contentType(name))
		x.SendHeader("Content-Length", strconv.Itoa(len(content)))
	}
	x.SendHeader("ETag", etag)
	x.SendHeader("Cache-Control", "no-cache")
	for _, f := range more {
		x.SendHeader(f.Name, f.Value)
	}
	if err := x.EndHeaders(); err != nil {
		return err
	}
	return x.SendContent(handler.Bytes(content))
}

// sendBootPage answers for every other path of a site's host, if the browser
// is going to show the answer. What it wants for anything else, such as the
// request of <a download>, which passes service workers by, must not get a
// page in place of a file.
func (a *app) sendBootPage(x *handler.Exchange) error {
	switch x.Headers.Get("Sec-Fetch-Dest") {
	case "", "document", "iframe", "frame", "object", "embed":
	default:
		return x.SendError(503, "", "This request went past the service worker that serves this site")
	}
	content, err := fs.ReadFile(a.dist, bootPage)
	if err != nil {
		return x.SendError(404, "", "")
	}
	x.SendResponse(200, "")
	x.SendHeader("Content-Type", contentType(bootPage))
	x.SendHeader("Content-Length", strconv.Itoa(len(content)))
	x.SendHeader("Cache-Control", "no-store")
	if err := x.EndHeaders(); err != nil {
		return err
	}
	return x.SendContent(handler.Bytes(content))
}

// contentType adds the charset that the files of the tool are written in.
func contentType(name string) string {
	kind := media.Guess(name, nil, "application/octet-stream")
	if strings.HasPrefix(kind, "text/") {
		kind += "; charset=utf-8"
	}
	return kind
}

// host is what a Host field names.
type host int

const (
	otherHost host = iota
	toolItself
	previewedSite
)

// hostKind reads a Host field, whose port is not looked at: a tunnel may
// have changed it.
func hostKind(field string) host {
	name := strings.ToLower(field)
	if i := strings.LastIndexByte(name, ':'); i >= 0 && !strings.HasSuffix(name, "]") {
		name = name[:i]
	}
	name = strings.TrimSuffix(name, ".")
	switch name {
	case toolHost, "localhost", "127.0.0.1", "[::1]":
		return toolItself
	}
	if label, ok := strings.CutSuffix(name, "."+toolHost); ok && label != "" && !strings.Contains(label, ".") {
		return previewedSite
	}
	return otherHost
}
