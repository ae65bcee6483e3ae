package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"

	"vitrine/core/cgi"
	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/osfs"
	"vitrine/core/server"
	"vitrine/core/site"
)

// service is everything that runs: the servers and what must be closed behind
// them, in this order.
type service struct {
	folder  []*folderServer  // one for each socket that the folder is served on
	app     []*server.Server // those of the browser edition
	closers []func()
	private []*os.File // log, trace and standard error

	fingerprint string // of a certificate made for this run
	stopScripts func()
	stopEvents  []func() // end the responses that pages listen to
}

// folderServer is a server for the folder.
type folderServer struct {
	*server.Server
	passed net.Listener // its socket, if it was passed; nil if the server has bound one
}

func (f *folderServer) serve(ctx context.Context) error {
	if f.passed != nil {
		return f.Serve(ctx, f.passed)
	}
	return f.ListenAndServe(ctx)
}

func (f *folderServer) close() {
	f.Close()
	if f.passed != nil {
		f.passed.Close()
	}
}

// addr is where the server listens.
func (f *folderServer) addr() net.Addr {
	if f.passed != nil {
		return f.passed.Addr()
	}
	return f.Addr()
}

func (s *service) close() {
	for _, f := range s.closers {
		f()
	}
}

// logTimeout is how long the end of the program waits for a log that is stuck.
const logTimeout = time.Second

// start opens the folder and the sockets.
func start(c *config, stderr io.Writer) (s *service, err error) {
	s = &service{stopScripts: func() {}}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	passed, err := passedListeners()
	if err != nil {
		return s, err
	}
	dir, err := osfs.Open(c.directory, c.links)
	if err != nil {
		return s, fmt.Errorf("cannot serve the directory %q: %w", c.directory, reason(err))
	}
	s.closers = append(s.closers, func() { dir.Close() })

	st := s.site(c, dir)
	st.ProtocolVersion = c.protocol
	st.DefaultType = c.contentType
	st.ExtraFields = c.header
	st.CacheControl = c.cache
	if st.Persistent() {
		st.SpeakHTTP11()
	}
	h := handler.Wrap(st, s.middleware(c, st, stderr)...)
	main := c.newServer(h)
	if s.fingerprint, err = c.tls(main, stderr); err != nil {
		return s, err
	}
	if err := s.setLogs(c, &st.Base, main, stderr); err != nil {
		return s, err
	}
	if err := s.hidePrivate(dir); err != nil {
		return s, err
	}
	if err := s.listen(c, h, main, passed); err != nil {
		return s, err
	}
	dir.Keep(min(c.keepFiles, main.SpareDescriptors()/(4*len(s.folder))))
	if c.app {
		if s.app, err = startApp(c, portOf(s.folder[0].addr()), s); err != nil {
			return s, err
		}
	}
	return s, nil
}

// newServer is a server for the folder with the limits of the command line.
func (c *config) newServer(h handler.Handler) *server.Server {
	srv := server.NewThreadingHTTPServer(address(c.bind, c.port), h)
	srv.Rules.Limits = http1.Limits{StartLine: c.limits.startLine, FieldLine: c.limits.fieldLine, Fields: c.limits.fields}
	c.limits.apply(srv)
	return srv
}

// listen binds main to the address of the command line, or puts main and more
// servers like it on the sockets that were passed.
func (s *service) listen(c *config, h handler.Handler, main *server.Server, passed []net.Listener) error {
	if len(passed) == 0 {
		if err := main.Listen(); err != nil {
			return listenError(main, err)
		}
		s.folder = append(s.folder, &folderServer{Server: main})
	}
	for i, l := range passed {
		srv := main
		if i > 0 {
			srv = c.newServer(h)
			srv.TLS, srv.Log, srv.ErrorLog = main.TLS, main.Log, main.ErrorLog
		}
		s.folder = append(s.folder, &folderServer{srv, l})
	}
	for _, srv := range s.folder {
		s.closers = append(s.closers, srv.close)
	}
	return nil
}

// site is what serves the folder.
func (s *service) site(c *config, dir *osfs.Folder) *site.Site {
	if !c.cgi {
		return site.New(dir)
	}
	h := cgi.New(dir, dir.Dir())
	h.Timeout, h.MaxScripts = c.limits.cgiTimeout, c.limits.maxScripts
	s.stopScripts = h.Stop
	ctx, stopReaping := context.WithCancel(context.Background())
	go cgi.ReapOrphans(ctx)
	s.closers = append(s.closers, h.Stop, stopReaping)
	return h.Site
}

// printBanner says where the server listens (B-3), and what there is to know about
// it.
func (s *service) printBanner(stdout, stderr io.Writer) {
	for _, srv := range s.folder {
		fmt.Fprintf(stdout, "Serving %s\n", whereOf(srv.addr(), srv.TLS != nil))
	}
	if len(s.app) > 0 {
		fmt.Fprintf(stdout, "Browser edition on http://%s:%d/\n", toolHost, s.app[0].ServerPort())
	}
	if s.fingerprint != "" {
		fmt.Fprintf(stderr, "Self-signed certificate, SHA-256 %s\n", s.fingerprint)
	}
	if isTerminal(stderr) {
		warnOpen(stderr, s.folder)
	}
}

// whereOf says where a server listens, in http.server's words (B-3). A Unix
// socket has a path and no URL.
func whereOf(a net.Addr, secure bool) string {
	scheme := "HTTP"
	if secure {
		scheme = "HTTPS"
	}
	if unix, ok := a.(*net.UnixAddr); ok {
		return scheme + " on unix:" + unix.Name + " ..."
	}
	host, port := server.NameOf(a)
	url := strings.ToLower(scheme) + "://" + net.JoinHostPort(host, strconv.Itoa(port)) + "/"
	return fmt.Sprintf("%s on %s port %d (%s) ...", scheme, host, port, url)
}

// portOf is the port of a TCP address, 0 of another.
func portOf(a net.Addr) int {
	_, port := server.NameOf(a)
	return port
}

func (l *limits) apply(s *server.Server) {
	s.ReadHeaderTimeout, s.IdleTimeout, s.ContentStallTimeout = l.readHeaderTimeout, l.idleTimeout, l.contentStallTimeout
	s.DrainTimeout, s.WriteStallTimeout = l.drainTimeout, l.writeStallTimeout
	s.TLSHandshakeTimeout, s.ShutdownTimeout = l.tlsHandshakeTimeout, l.shutdownTimeout
	s.MaxConnections, s.MaxConnectionsPerAddress = l.maxConnections, l.maxConnectionsPerAddress
	s.MaxRequests = l.maxRequests
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// reason is what the system said, without the call and the name.
func reason(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
