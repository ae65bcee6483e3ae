package http1

import "bytes"

// badTarget returns the index of the first octet that keeps target from being
// in one of the four forms (RFC 9112 §3.2), -1 if it is in one:
//
//	origin-form    = absolute-path [ "?" query ]
//	absolute-form  = absolute-URI           ; here: scheme "://" authority ...
//	authority-form = uri-host ":" port      ; CONNECT and nothing else
//	asterisk-form  = "*"                    ; OPTIONS and nothing else
func badTarget(method, target []byte) int {
	// A fragment is never sent (RFC 9110 §4.2.5).
	for i, c := range target {
		if !is(c, visible) || c == '#' {
			return i
		}
	}
	if string(method) == "CONNECT" {
		// An empty port is a fault here, unlike in Host (RFC 9110 §9.3.6).
		colon := bytes.LastIndexByte(target, ':')
		if colon <= 0 || colon == len(target)-1 || !validHost(target) {
			return 0
		}
		return -1
	}
	if target[0] == '/' || string(target) == "*" && string(method) == "OPTIONS" {
		return -1
	}
	scheme := bytes.Index(target, []byte("://"))
	if scheme <= 0 || !validScheme(target[:scheme]) {
		return 0
	}
	authority := target[scheme+3:]
	for i, c := range authority {
		if c == '/' || c == '?' {
			authority = authority[:i]
			break
		}
	}
	// User information is a fault in http (RFC 9110 §4.2.4): validHost knows
	// no "@". An empty host too (§4.2.1).
	if len(authority) == 0 || authority[0] == ':' || !validHost(authority) {
		return scheme + 3
	}
	return -1
}

func validScheme(s []byte) bool {
	for i, c := range s {
		letter := 'a' <= lower(c) && lower(c) <= 'z'
		if !letter && (i == 0 || !isDigit(c) && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return true
}

// IsHost reports whether s can be the value of Host: uri-host [ ":" port ], or
// nothing (RFC 9110 §7.2).
func IsHost(s string) bool { return validHost([]byte(s)) }

// validHost reports whether s is
//
//	Host = uri-host [ ":" port ]                               (RFC 9110 §7.2)
//
// The empty value is one: it is what a client sends for a target without an
// authority.
func validHost(s []byte) bool {
	i := 0
	if len(s) > 0 && s[0] == '[' {
		end := bytes.IndexByte(s, ']')
		if end < 0 || !validLiteral(s[1:end]) {
			return false
		}
		i = end + 1
	} else {
		for i < len(s) && s[i] != ':' {
			switch {
			case is(s[i], regname):
				i++
			case s[i] == '%' && i+2 < len(s) && is(s[i+1], hexa) && is(s[i+2], hexa):
				i += 3
			default:
				return false
			}
		}
	}
	if i == len(s) {
		return true
	}
	if s[i] != ':' || i == 0 {
		return false
	}
	for _, c := range s[i+1:] {
		if !isDigit(c) {
			return false
		}
	}
	return true
}

// validLiteral reports whether s looks like the inside of an IP-literal
// (RFC 3986 §3.2.2): an IPv6 address, perhaps ending in an IPv4 one, or
// "v" and a version. What no such address would route is not looked for.
func validLiteral(s []byte) bool {
	if len(s) == 0 {
		return false
	}
	if lower(s[0]) == 'v' {
		dot := bytes.IndexByte(s, '.')
		if dot < 2 || !all(s[1:dot], hexa) || dot == len(s)-1 {
			return false
		}
		for _, c := range s[dot+1:] {
			if !is(c, regname) && c != ':' {
				return false
			}
		}
		return true
	}
	colons := 0
	for _, c := range s {
		switch {
		case c == ':':
			colons++
		case !is(c, hexa) && c != '.':
			return false
		}
	}
	return 2 <= colons && colons <= 8
}
