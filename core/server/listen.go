package server

import (
	"context"
	"net"
	"strconv"
)

// listen binds a socket. It has SO_REUSEADDR where that only skips the wait
// after an earlier server, and the longest backlog of the system (C-8).
func listen(address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if host == "" {
		host = wildcard
	}
	ip, err := resolve(host)
	if err != nil {
		return nil, err
	}
	network := "tcp"
	if ip.IP.To4() != nil {
		network = "tcp4"
	}
	// Keep-alive probes would tell of vanished clients later than our own
	// bounds do, and cost four system calls for each connection.
	config := net.ListenConfig{KeepAlive: -1}
	config.SetMultipathTCP(false)
	l, err := config.Listen(context.Background(), network, net.JoinHostPort(ip.String(), port))
	if err != nil {
		return nil, err
	}
	return ownListener(l)
}

// resolve returns the first address of host (section 15, --bind). An IPv6
// wildcard is bound for IPv4 too (B-2).
func resolve(host string) (net.IPAddr, error) {
	addrs, err := net.DefaultResolver.LookupIPAddr(context.Background(), host)
	if err != nil {
		return net.IPAddr{}, err
	}
	return addrs[0], nil
}

// addrHost is the host of a TCP address as http.server prints it.
func addrHost(a *net.TCPAddr) string {
	return (&net.IPAddr{IP: a.IP, Zone: a.Zone}).String()
}

// NameOf returns what http.server calls server_name and server_port of a
// listening socket: "" and 0 if it is not TCP.
func NameOf(a net.Addr) (name string, port int) {
	if a, ok := a.(*net.TCPAddr); ok {
		return addrHost(a), a.Port
	}
	return "", 0
}

// URL is where the server listens: http.server's start line has it (B-3).
func (s *Server) URL() string {
	scheme := "http://"
	if s.TLS != nil {
		scheme = "https://"
	}
	return scheme + net.JoinHostPort(s.ServerName(), strconv.Itoa(s.ServerPort())) + "/"
}
