//go:build js

package main

import (
	"errors"
	"strings"
	"syscall/js"
	"time"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/session"
	"vitrine/core/site"
	"vitrine/core/trace"
	"vitrine/wasm/contract"
	"vitrine/wasm/fetch"
	"vitrine/wasm/promise"
	"vitrine/wasm/remotefs"
)

// indexPages are asked for together with their directory.
var indexPages = []string{"index.html", "index.htm"}

// recordDelay is how long a record waits for its response to be on its way.
const recordDelay = 5 * time.Millisecond

// siteRequest is one fetch of a site.
type siteRequest struct {
	fetch.Request
	site, bridge, tool string
	// keep is what sw.js does with a Response that can be given again.
	keep js.Value
}

func newSiteRequest(request, route, keep js.Value) *siteRequest {
	r := &siteRequest{keep: keep, site: route.Get(contract.RouteSite).String(), bridge: route.Get(contract.RouteBridge).String(), tool: route.Get(contract.RouteTool).String()}
	url := request.Get("url").String()
	r.Object = request
	r.Prefix = route.Get(contract.RoutePrefix).String()
	r.Client = remotefs.Text(route, contract.RouteClient)
	r.Target = fetch.Target(url, r.Prefix)
	_, rest, _ := strings.Cut(url, "://")
	r.Host = rest[:strings.IndexAny(rest+"/", "/?#")]
	return r
}

// respond makes the Response that plain serve would send.
func (r *siteRequest) respond(l *link) (response js.Value, err error) {
	defer func() {
		// The last net: nothing that goes wrong here may stop the program
		// and with it the fetches of others.
		if p := recover(); p != nil {
			err = errors.New("the server's program failed; reload the page")
		}
	}()
	if err := r.Prepare(); err != nil {
		return js.Undefined(), err
	}
	config := session.Config{Rules: http1.Compat, Site: r.site}
	var away error // why the site as a whole cannot be read
	remote := &remotefs.Remote{
		Ask: func(look remotefs.Look) (*remotefs.Node, error) {
			if away != nil {
				return nil, away
			}
			node, err := l.ask(look)
			switch {
			case err != nil:
				away = err
			case node.Code == remotefs.Unavailable:
				away = &remotefs.UnavailableError{Reason: node.Reason}
			}
			return node, err
		},
	}
	// What a path with a slash at its end asks for is a directory.
	if path, _, _ := strings.Cut(r.Target, "?"); strings.HasSuffix(path, "/") {
		remote.Index, remote.List = indexPages, true
	}
	s := site.New(remote)
	s.IndexPages = indexPages
	result, err := r.Serve(s, config)
	if away != nil {
		result, err = r.Serve(handler.HandlerFunc(func(x *handler.Exchange) error {
			return sendAway(x, away, r.tool)
		}), config)
	}
	if err != nil {
		return js.Undefined(), err
	}
	go func() {
		// The response first: JavaScript gets it only when this program waits.
		time.Sleep(recordDelay)
		record := result.Record()
		if away != nil {
			record.Add(trace.Fault, trace.Rebuilt, record.Elapsed, trace.SiteAway, away.Error())
		}
		if away != nil || result.File.IsUndefined() || !remote.Lasting(result.File, time.Now()) {
			l.send(record)
		} else if serial := l.sendLasting(record); serial != 0 {
			// What goes wrong there must not end the program.
			promise.Try(func() js.Value { return r.keep.Invoke(serial, result.File, result.Body) })
		}
	}()
	return result.Response, nil
}
