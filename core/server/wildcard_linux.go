package server

// wildcard is the address of all interfaces: the resolver's first answer for
// a socket to listen on (B-1).
const wildcard = "0.0.0.0"
