package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strconv"
	"syscall"

	"vitrine/core/server"
)

// startApp opens the sockets of the browser edition: always on the loopback
// addresses, because what runs there reads folders.
func startApp(c *config, sitePort int) ([]*server.Server, error) {
	dist, err := openDist(c.appDir)
	if err != nil {
		return nil, err
	}
	port := c.appPort
	if port < 0 {
		port = sitePort + 1
	}
	h := newApp(dist)
	main := server.NewThreadingHTTPServer(address("127.0.0.1", port), h)
	if err := main.Listen(); err != nil {
		// Only a port that somebody chose is insisted on.
		if c.appPort >= 0 || !errors.Is(err, syscall.EADDRINUSE) && port <= 65535 {
			return nil, listenError(main, err)
		}
		main.Address = address("127.0.0.1", 0)
		if err := main.Listen(); err != nil {
			return nil, listenError(main, err)
		}
	}
	servers := []*server.Server{main}
	// Browsers may try ::1 first for names below localhost.
	six := server.NewThreadingHTTPServer(net.JoinHostPort("::1", strconv.Itoa(main.ServerPort())), h)
	if six.Listen() == nil {
		servers = append(servers, six)
	}
	return servers, nil
}

// openDist finds the files of the browser edition: those in the binary, or in
// a folder.
func openDist(dir string) (fs.FS, error) {
	if dir == "" {
		return embeddedApp()
	}
	dist := os.DirFS(dir)
	if _, err := fs.Stat(dist, "index.html"); err != nil {
		return nil, fmt.Errorf("no browser edition in %q: %w", dir, reason(err))
	}
	return dist, nil
}
