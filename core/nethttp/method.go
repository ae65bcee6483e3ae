package nethttp

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// Method returns h as a method of ours, so that any http.Handler can respond
// within a session, a worker or a test:
//
//	site.Methods["POST"] = nethttp.Method(mux)
//
// The handler gets what net/http promises it: an implicit 200, a media type
// guessed from the first bytes of the content, a length when the content is
// small and known, Flush, interim responses. Server and Date are ours unless
// it sets them. It does not get Hijack, deadlines or trailers. Its request's
// context is the exchange's, and ends at the latest when it returns.
//
// A request-target that is no URL, such as one with a bare "%", is served
// with 400.
func Method(h http.Handler) handler.Method {
	return func(x *handler.Exchange) error {
		r, err := netRequest(x)
		if err != nil {
			x.Step(trace.TargetNoURL, x.Path)
			return x.SendError(400, "Bad request-target", "")
		}
		w := &responseWriter{x: x, header: make(http.Header), length: -1}
		if aborted := serve(h, w, r.WithContext(x.Context())); aborted {
			return http.ErrAbortHandler
		}
		return w.finish()
	}
}

// serve runs h and reports whether it gave up on its response in net/http's
// own way. Any other panic is for ServeExchange, which logs it.
func serve(h http.Handler, w http.ResponseWriter, r *http.Request) (aborted bool) {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			if err, ok := p.(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
				panic(p)
			}
			aborted = true
		}
	}()
	h.ServeHTTP(w, r.WithContext(ctx))
	return false
}

// netRequest rebuilds what net/http's server would have read.
func netRequest(x *handler.Exchange) (*http.Request, error) {
	u, err := targetURL(x)
	if err != nil {
		return nil, err
	}
	r := &http.Request{
		Method:        x.Command,
		URL:           u,
		Proto:         x.RequestVersion,
		ProtoMajor:    int(x.Version.Major),
		ProtoMinor:    int(x.Version.Minor),
		Header:        make(http.Header, len(x.Headers)),
		Body:          http.NoBody,
		ContentLength: x.ContentLength,
		Close:         !x.KeepAlive(),
		RequestURI:    x.Target,
		RemoteAddr:    remoteAddr(x),
	}
	for _, f := range x.Headers {
		name := textproto.CanonicalMIMEHeaderKey(f.Name)
		r.Header[name] = append(r.Header[name], f.Value)
	}
	// As in net/http, Host is not among the fields, and the authority of an
	// absolute-form target outranks it (RFC 9112 §3.2.2).
	r.Host = r.Header.Get("Host")
	if u.Host != "" {
		r.Host = u.Host
	}
	delete(r.Header, "Host")
	if x.ContentLength == http1.Chunked {
		delete(r.Header, "Transfer-Encoding")
		r.TransferEncoding = []string{"chunked"}
	}
	if x.ContentLength != 0 {
		r.Body = io.NopCloser(x.Content)
	}
	if x.Server != nil && x.Server.TLS {
		// Only that there is TLS is known here.
		r.TLS = &tls.ConnectionState{HandshakeComplete: true}
	}
	return r, nil
}

// remoteAddr is "" where net/http would have an address and there is none.
func remoteAddr(x *handler.Exchange) string {
	if !x.Client.IsValid() {
		return ""
	}
	return x.Client.String()
}

// targetURL parses the target as net/http's server does. A target without
// its leading slash counts as having one (P-7).
func targetURL(x *handler.Exchange) (*url.URL, error) {
	target := x.Path
	switch {
	case x.Command == "CONNECT" && !strings.HasPrefix(target, "/"):
		u, err := url.ParseRequestURI("http://" + target)
		if err == nil {
			u.Scheme = ""
		}
		return u, err
	case !strings.HasPrefix(target, "/") && target != "*" && !strings.Contains(target, "://"):
		target = "/" + target
	}
	return url.ParseRequestURI(target)
}
