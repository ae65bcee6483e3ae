package server

// wildcard is the address of all interfaces: the first address that the resolver gives for
// a socket to listen on (B-1).
const wildcard = "0.0.0.0"
