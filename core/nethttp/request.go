package nethttp

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"vitrine/core/handler"
	"vitrine/core/http1"
)

// requestTarget returns the request-target and the prefix that a handler in
// front of us took off it, "" if none did.
func requestTarget(r *http.Request) (target, prefix string) {
	if r.RequestURI == "" {
		return r.URL.RequestURI(), "" // not from a server, as at the edge
	}
	received, err := url.ParseRequestURI(r.RequestURI)
	if err != nil || received.Path == r.URL.Path && received.RawQuery == r.URL.RawQuery {
		return r.RequestURI, ""
	}
	target = r.URL.RequestURI()
	if !strings.HasPrefix(target, "/") {
		target = "/" + target
	}
	taken, shortened := strings.CutSuffix(received.Path, "/"+strings.TrimPrefix(r.URL.Path, "/"))
	if shortened {
		prefix = (&url.URL{Path: taken}).EscapedPath()
	}
	return target, prefix
}

// newRequest rebuilds the head of a request: Host first, where clients put
// it, then the other fields by name. The order and spelling of the wire are
// lost in net/http.
func newRequest(r *http.Request, target string) *http1.Request {
	proto := r.Proto
	version := http1.Version{Major: uint16(r.ProtoMajor), Minor: uint16(r.ProtoMinor)}
	if proto == "" { // not from a server, as at the edge
		proto, version = "HTTP/1.1", http1.Version{Major: 1, Minor: 1}
	}
	req := &http1.Request{
		Line:    r.Method + " " + target + " " + proto,
		Method:  r.Method,
		Target:  target,
		Proto:   proto,
		Version: version,
		Fields:  make(http1.Fields, 0, len(r.Header)+2),
	}
	if r.Host != "" {
		req.Fields = append(req.Fields, http1.Field{Name: "Host", Value: r.Host})
	}
	for _, name := range sortedNames(r.Header) {
		if name == "Host" && r.Host != "" {
			continue
		}
		for _, value := range r.Header[name] {
			req.Fields = append(req.Fields, http1.Field{Name: name, Value: value})
		}
	}
	switch {
	case r.Body == nil || r.Body == http.NoBody:
	case r.ContentLength < 0 || len(r.TransferEncoding) > 0 && r.TransferEncoding[0] == "chunked":
		req.Length = http1.Chunked
		if !req.Fields.Has("Transfer-Encoding") && r.ProtoMajor == 1 {
			req.Fields = append(req.Fields, http1.Field{Name: "Transfer-Encoding", Value: "chunked"})
		}
	default:
		req.Length = r.ContentLength
		if r.ContentLength > 0 && !req.Fields.Has("Content-Length") {
			req.Fields = append(req.Fields, http1.Field{Name: "Content-Length", Value: strconv.FormatInt(r.ContentLength, 10)})
		}
	}
	req.KeepAlive = !r.Close && !req.Fields.HasToken("Connection", "close") &&
		(version.AtLeast(1, 1) || req.Fields.HasToken("Connection", "keep-alive"))
	req.Expect = version.AtLeast(1, 1) && http1.EqualFold(req.Fields.Get("Expect"), "100-continue")
	return req
}

func sortedNames(h http.Header) []string {
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// serverOf says where the connection arrived, nil if net/http does not tell.
func serverOf(r *http.Request) *handler.Server {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return nil
	}
	name, port, err := net.SplitHostPort(local.String())
	if err != nil {
		name = local.String()
	}
	number, _ := strconv.Atoi(port)
	return &handler.Server{Name: name, Port: number, TLS: r.TLS != nil}
}
