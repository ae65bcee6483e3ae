package main

import (
	"fmt"
	"io/fs"

	"vitrine/core/http1"
	"vitrine/core/osfs"
	"vitrine/core/server"
)

// startApp opens the sockets of the browser edition: always on the loopback
// addresses, because what runs there reads folders.
func startApp(c *config, sitePort int, s *service) ([]*server.Server, error) {
	dist, err := s.openDist(c.appDir)
	if err != nil {
		return nil, err
	}
	h := newApp(dist)
	s.stopEvents = append(s.stopEvents, h.past.close)
	if c.appPort >= 0 {
		return listenApp(h, c.appPort)
	}
	// Only a chosen port is insisted on. A folder on a Unix socket has none.
	port := sitePort + 1
	if sitePort == 0 {
		port = 0
	}
	servers, err := listenApp(h, port)
	if err != nil && (isInUse(err) || port > 65535) {
		servers, err = listenApp(h, 0)
	}
	return servers, err
}

// appPortTries is how many ports that the system offers for one loopback
// address may be in use on the other.
const appPortTries = 20

// listenApp opens one port on 127.0.0.1 and on ::1; 0 is any that is free on
// both. Browsers may try ::1 first for names below localhost: another program
// that listens there would be the tool, to them, and get the origin that keeps
// the opened folders. Only a machine without IPv6 does without that socket.
func listenApp(h *app, port int) ([]*server.Server, error) {
	for tries := 1; ; tries++ {
		four := newAppServer(h, "127.0.0.1", port)
		if err := four.Listen(); err != nil {
			return nil, listenError(four, err)
		}
		six := newAppServer(h, "::1", four.ServerPort())
		err := six.Listen()
		if err == nil {
			return []*server.Server{four, six}, nil
		}
		if isNotAvailable(err) || isNoFamily(err) {
			return []*server.Server{four}, nil
		}
		four.Close()
		if port != 0 || !isInUse(err) || tries == appPortTries {
			return nil, listenError(six, err)
		}
	}
}

func newAppServer(h *app, host string, port int) *server.Server {
	s := server.NewThreadingHTTPServer(address(host, port), h)
	// Browsers keep up to 180 cookies of 4 KiB for a domain. Any previewed
	// site can set them for all of vitrine.localhost; a request with all of
	// them must not be refused, or the tool could not be opened any more.
	s.Rules.Limits = http1.Limits{FieldLine: 1 << 20, Head: 2 << 20}
	return s
}

// openDist finds the files of the browser edition: those in the binary, or in
// a folder.
func (s *service) openDist(dir string) (fs.FS, error) {
	if dir == "" {
		return embeddedApp()
	}
	dist, err := osfs.Open(dir, osfs.Follow)
	if err == nil {
		s.closers = append(s.closers, func() { dist.Close() })
		_, err = dist.Stat(indexPage)
	}
	if err != nil {
		return nil, fmt.Errorf("no browser edition in %q: %w", dir, reason(err))
	}
	return dist, s.hidePrivate(dist)
}
