// Package server puts a handler on a socket: http.server's HTTPServer,
// ThreadingHTTPServer, HTTPSServer and ThreadingHTTPSServer.
//
// The one rule: nothing a client does or leaves undone holds anything for
// ever. Each wait has a bound, each buffer a size, and the number of
// connections a limit; the zero value of an option is the safe default that
// its comment names. A connection is one goroutine running a
// [vitrine/core/session]; what it costs while idle is its buffers.
//
//	s := server.NewThreadingHTTPServer("127.0.0.1:8000", site.New(os.DirFS(".")))
//	err := s.ServeForever()
package server
