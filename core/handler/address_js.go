package handler

import (
	"strconv"
	"strings"
)

// Address is the address and port of a client. Elsewhere it is a
// handler.Address; here it has those of its methods that are used everywhere.
type Address struct {
	addr Addr
	port uint16
}

// Addr is an address as it was written.
type Addr string

func (a Address) IsValid() bool { return a.addr != "" }
func (a Address) Addr() Addr    { return a.addr }
func (a Address) Port() uint16  { return a.port }

// String is the address with its port, brackets around an IPv6 address.
func (a Address) String() string {
	host := string(a.addr)
	if strings.IndexByte(host, ':') >= 0 {
		host = "[" + host + "]"
	}
	return host + ":" + strconv.Itoa(int(a.port))
}

func (a Addr) String() string           { return string(a) }
func (a Addr) AppendTo(b []byte) []byte { return append(b, a...) }

// ParseAddress reads "address:port", with brackets around an IPv6 address, or
// an address alone.
func ParseAddress(s string) Address {
	host, port := s, ""
	if i := strings.LastIndexByte(s, ':'); i >= 0 && strings.IndexByte(s, ':') == i || i > 0 && s[i-1] == ']' {
		host, port = s[:i], s[i+1:]
	}
	n, _ := strconv.ParseUint(port, 10, 16)
	return Address{Addr(strings.Trim(host, "[]")), uint16(n)}
}
