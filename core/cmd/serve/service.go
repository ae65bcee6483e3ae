package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"vitrine/core/cgi"
	"vitrine/core/folder"
	"vitrine/core/http1"
	"vitrine/core/server"
	"vitrine/core/site"
)

// service is everything that runs: the servers and what must be closed behind
// them, in this order.
type service struct {
	servers []*server.Server // the folder's first
	app     []*server.Server // those of the browser edition
	closers []func()

	fingerprint string // of a certificate made for this run
	stopScripts func()
}

func (s *service) close() {
	for _, f := range s.closers {
		f()
	}
}

// closing is how long the end of the program waits for a log that is stuck.
const closing = time.Second

// start opens the folder and the sockets.
func start(c *config, stderr io.Writer) (s *service, err error) {
	s = &service{stopScripts: func() {}}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	dir, err := folder.Open(c.directory, c.links)
	if err != nil {
		return s, fmt.Errorf("cannot serve the directory %q: %w", c.directory, reason(err))
	}
	s.closers = append(s.closers, func() { dir.Close() })

	st := s.site(c, dir)
	st.ProtocolVersion = c.protocol
	st.DefaultType = c.contentType
	st.ExtraFields = c.header
	st.CheckRequest = newHostCheck(c).check
	main := server.NewThreadingHTTPServer(address(c.bind, c.port), st)
	if st.Persistent() {
		st.SpeakHTTP11()
	}
	main.Rules.Limits = http1.Limits{StartLine: c.limits.startLine, FieldLine: c.limits.fieldLine, Fields: c.limits.fields}
	c.limits.apply(main)
	main.AtCut = s.stopScripts
	if s.fingerprint, err = c.tls(main, stderr); err != nil {
		return s, err
	}
	if err := s.setLogs(c, &st.Handler, main, stderr); err != nil {
		return s, err
	}
	if err := main.Listen(); err != nil {
		return s, listenError(main, err)
	}
	s.servers = append(s.servers, main)
	s.closers = append(s.closers, func() { main.Close() })

	if c.app {
		if s.app, err = startApp(c, main.ServerPort()); err != nil {
			return s, err
		}
		s.servers = append(s.servers, s.app...)
	}
	return s, nil
}

// site is what answers for the folder.
func (s *service) site(c *config, dir *folder.Folder) *site.Site {
	if !c.cgi {
		return site.New(dir)
	}
	h := cgi.New(dir, dir.Dir())
	h.Timeout = c.limits.cgiTimeout
	s.stopScripts = h.Stop
	s.closers = append(s.closers, h.Stop)
	return h.Site
}

// greet says where the server answers (B-3), and what there is to know about
// it.
func (s *service) greet(stdout, stderr io.Writer) {
	main := s.servers[0]
	scheme := "HTTP"
	if main.TLS != nil {
		scheme = "HTTPS"
	}
	fmt.Fprintf(stdout, "Serving %s on %s port %d (%s) ...\n", scheme, main.ServerName(), main.ServerPort(), main.URL())
	if len(s.app) > 0 {
		fmt.Fprintf(stdout, "Browser edition on http://%s:%d/\n", toolHost, s.app[0].ServerPort())
	}
	if s.fingerprint != "" {
		fmt.Fprintf(stderr, "Self-signed certificate, SHA-256 %s\n", s.fingerprint)
	}
	if isTerminal(stderr) {
		warnOpen(stderr, main)
	}
}

func (l *limits) apply(s *server.Server) {
	s.ReadHead, s.Idle, s.BodyStall = l.headTimeout, l.idleTimeout, l.bodyTimeout
	s.DrainTime, s.WriteStall = l.drainTimeout, l.writeTimeout
	s.HandshakeTime, s.Grace = l.handshakeTimeout, l.grace
	s.MaxConnections, s.MaxRequests = l.maxConnections, l.maxRequests
}

// isTerminal reports whether somebody sits before w.
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
