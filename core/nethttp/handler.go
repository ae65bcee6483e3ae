package nethttp

import (
	"net/http"

	"vitrine/core/handler"
)

// Handler returns h as an http.Handler: a site, a CGI handler or a method
// table of one's own under any Go server, beside other handlers.
//
//	http.ListenAndServe("localhost:8000", nethttp.Handler(site.New(fsys)))
//
// It sees the request-target as it was received. Where a handler in front has
// shortened the URL (http.StripPrefix), it sees the short one, and redirects
// to a path of this server get the prefix back.
//
// When a response breaks off after its head, ServeHTTP panics with
// http.ErrAbortHandler, so that net/http ends the connection and the client
// does not take a part for the whole.
func Handler(h handler.Handler) http.Handler {
	base := handler.BaseOf(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		target, prefix := requestTarget(r)
		req := newRequest(r, target)
		s := &sink{w: w, control: http.NewResponseController(w), ctx: r.Context(), prefix: prefix}
		x := &handler.Exchange{Server: serverOf(r), Client: handler.ParseAddress(r.RemoteAddr)}
		x.Begin(base, req, r.Body, s, nil)
		err := handler.Serve(h, x)
		if base.Done != nil {
			base.Done(x)
		}
		if err != nil {
			panic(http.ErrAbortHandler)
		}
	})
}
