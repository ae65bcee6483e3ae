//go:build !js

package handler

import "net/netip"

// Address is the address and port of a client, http.server's client_address:
// a netip.AddrPort. It is not valid where there is none, as on a Unix socket.
//
// In a browser, where a client has none and package netip would add 18 KB to
// the worker, it is a type of ours with the methods that are used everywhere:
// IsValid, Addr, Port and String.
type Address = netip.AddrPort

// ParseAddress reads "address:port", with brackets around an IPv6 address, or
// an address alone. The result is not valid for anything else.
func ParseAddress(s string) Address {
	if a, err := netip.ParseAddrPort(s); err == nil {
		return a
	}
	a, _ := netip.ParseAddr(s)
	return netip.AddrPortFrom(a, 0)
}
