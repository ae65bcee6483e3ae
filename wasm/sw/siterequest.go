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
	"vitrine/core/trace"
	"vitrine/wasm/contract"
	"vitrine/wasm/fetch"
	"vitrine/wasm/hosting"
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
}

func newSiteRequest(request, route js.Value) *siteRequest {
	r := &siteRequest{site: route.Get(contract.RouteSite).String(), bridge: route.Get(contract.RouteBridge).String(), tool: route.Get(contract.RouteTool).String()}
	url := request.Get("url").String()
	r.Object = request
	r.Prefix = route.Get(contract.RoutePrefix).String()
	r.Client = remotefs.Text(route, contract.RouteClient)
	r.Target = fetch.Target(url, r.Prefix)
	_, rest, _ := strings.Cut(url, "://")
	r.Host = rest[:strings.IndexAny(rest+"/", "/?#")]
	return r
}

// source is where the files of a site are: a link to the page, or a folder.
type source interface {
	ask(remotefs.Look) (*remotefs.Node, error)
	// options returns how the site is to be served, and a number that is another
	// one after each change. They are known behind the first response.
	options() (o hosting.Options, changes int)
}

// served is what plain serve would send, as a Response, and what is known
// about it.
type served struct {
	fetch.Result
	remote *remotefs.Remote
	hosted *hosted
	source source
}

// lasting returns the name of the file that the Response depends on alone, and
// what it is, if it can be given again while that is the same; else "".
func (s *served) lasting() (name string, n *remotefs.Node) {
	if s.File.IsUndefined() || !s.hosted.current(s.source) {
		return "", nil
	}
	return s.remote.Lasting(s.File, time.Now())
}

// serve makes the Response that plain serve would send. away is why the site as
// a whole cannot be read: the first error of src, or what it was told.
func (r *siteRequest) serve(src source) (s served, away, err error) {
	s.source = src
	s.remote = &remotefs.Remote{
		Ask: func(look remotefs.Look) (*remotefs.Node, error) {
			if away != nil {
				return nil, away
			}
			node, err := src.ask(look)
			s.hosted.learn(src)
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
		s.remote.Index, s.remote.List = indexPages, true
	}
	s.hosted = newHosted(s.remote)
	s.Result, err = r.Serve(s.hosted.handler(), r.config())
	return s, away, err
}

func (r *siteRequest) config() session.Config {
	return session.Config{Rules: http1.Compat, Site: r.site}
}

// respond makes the Response with the page at the other end of l, and has its
// record sent there. keep is what sw.js does with a Response that can be given
// again.
func (r *siteRequest) respond(l *link, keep js.Value) (response js.Value, err error) {
	defer survive(&err)
	if err := r.Prepare(); err != nil {
		return js.Undefined(), err
	}
	s, away, err := r.serve(l)
	if away != nil {
		s.Result, err = r.Serve(handler.HandlerFunc(func(x *handler.Exchange) error {
			return sendAway(x, away, r.tool)
		}), r.config())
	}
	if err != nil {
		return js.Undefined(), err
	}
	go func() {
		// The response first: JavaScript gets it only when this program waits.
		time.Sleep(recordDelay)
		record := s.Record()
		serial := int64(0)
		if away != nil {
			record.Add(trace.Fault, trace.Rebuilt, record.Elapsed, trace.SiteAway, away.Error())
		} else if name, n := s.lasting(); name != "" {
			question := js.Undefined()
			if !n.Provable {
				question = js.ValueOf(map[string]any{contract.AskedName: name, contract.AskedSize: n.Size, contract.AskedTime: n.Time})
			}
			// What goes wrong there must not end the program.
			if v, err := promise.Try(func() js.Value { return keep.Invoke(s.File, s.Body, question) }); err == nil {
				serial = int64(v.Int())
			}
		}
		l.send(record, serial)
	}()
	return s.Response, nil
}

// survive is deferred as the last net: nothing that goes wrong with a fetch may
// stop the program and with it the fetches of others.
func survive(err *error) {
	if p := recover(); p != nil {
		*err = errors.New("the server's program failed; reload the page")
	}
}
