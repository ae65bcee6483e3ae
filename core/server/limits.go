package server

import "time"

// limits are a Server's bounds with the defaults filled in; 0 is no bound.
type limits struct {
	readHeader, idle, contentStall, drain      time.Duration
	halfClose, writeStall, handshake, shutdown time.Duration
	linger, lingerStall                        time.Duration
	maxLinger                                  int64
	connections, perAddress                    int
}

func (s *Server) bounds() limits {
	n := connections(s.MaxConnections)
	return limits{
		readHeader:   or(s.ReadHeaderTimeout, 30*time.Second),
		idle:         or(s.IdleTimeout, 60*time.Second),
		contentStall: or(s.ContentStallTimeout, 30*time.Second),
		drain:        or(s.DrainTimeout, 5*time.Second),
		writeStall:   or(s.WriteStallTimeout, 60*time.Second),
		handshake:    or(s.TLSHandshakeTimeout, 10*time.Second),
		halfClose:    or(s.HalfCloseTimeout, 2*time.Second),
		linger:       or(s.LingerTimeout, 30*time.Second),
		lingerStall:  or(s.LingerStallTimeout, 5*time.Second),
		shutdown:     or(s.ShutdownTimeout, 10*time.Second),
		maxLinger:    or(s.MaxLinger, 256<<20),
		connections:  n,
		perAddress:   perAddress(s.MaxConnectionsPerAddress, n),
	}
}

func or[T time.Duration | int64](v, def T) T {
	switch {
	case v == 0:
		return def
	case v < 0:
		return 0
	}
	return min(v, T(longest))
}

// longest is a bound longer than any wait; there is room to add to it.
const longest int64 = 1 << 61

// SpareDescriptors is how many descriptors the process may have beyond two for
// each connection that the server takes, one of them for a file.
func (s *Server) SpareDescriptors() int {
	most, ok := descriptors()
	if !ok {
		return 0
	}
	return max(0, most-2*connections(s.MaxConnections))
}

// manyConnections stands for no limit.
const manyConnections = 1 << 20

func connections(n int) int {
	switch {
	case n < 0:
		return manyConnections
	case n > 0:
		return n
	}
	n = 1024
	// A connection may have a file open too.
	if most, ok := descriptors(); ok && (most-64)/2 < n {
		n = max(1, (most-64)/2)
	}
	return n
}

// perAddress leaves one connection in 64 to other addresses, and at least one.
// Of a single connection nothing can be left.
func perAddress(n, connections int) int {
	switch {
	case n > 0:
		return n
	case n < 0 || connections == 1 || connections == manyConnections:
		return 0
	}
	return connections - max(1, connections/64)
}
