package server

import "time"

// limits are a Server's bounds with the defaults filled in; 0 is none.
type limits struct {
	readHead, idle, bodyStall, drainTime time.Duration
	writeStall, handshakeTime, grace     time.Duration
	linger, lingerStall                  time.Duration
	lingerBytes                          int64
	connections, perAddress              int
}

func (s *Server) bounds() limits {
	n := connections(s.MaxConnections)
	return limits{
		readHead:      or(s.ReadHead, 30*time.Second),
		idle:          or(s.Idle, 60*time.Second),
		bodyStall:     or(s.BodyStall, 30*time.Second),
		drainTime:     or(s.DrainTime, 5*time.Second),
		writeStall:    or(s.WriteStall, 60*time.Second),
		handshakeTime: or(s.HandshakeTime, 10*time.Second),
		linger:        or(s.Linger, 30*time.Second),
		lingerStall:   or(s.LingerStall, 5*time.Second),
		grace:         or(s.Grace, 10*time.Second),
		lingerBytes:   or(s.LingerBytes, 256<<20),
		connections:   n,
		perAddress:    perAddress(s.MaxConnectionsPerAddress, n),
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

// longest is a bound that nobody waits for; there is room to add to it.
const longest int64 = 1 << 61

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
