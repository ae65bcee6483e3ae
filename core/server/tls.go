package server

import (
	"crypto/tls"
	"errors"
	"time"

	"vitrine/core/internal/version"
	"vitrine/core/trace"
)

// handshake makes c a TLS connection and reports whether that worked. It runs
// in the connection's goroutine: a silent client delays no other.
//
// Differs from http.server, which does it where connections are accepted
// (TLS-5).
func (c *conn) handshake(config *tls.Config) bool {
	t := tls.Server(c.tcp, config)
	began := time.Now()
	if l := c.server.limits.handshake; l > 0 {
		c.tcp.SetDeadline(began.Add(l))
	}
	if c.server.stopping.Load() {
		c.account.Close(trace.WhoServer, trace.WhyStopping)
		return false
	}
	err := t.Handshake()
	if !c.state.CompareAndSwap(fresh, busy) {
		c.account.Close(trace.WhoServer, c.whyClosed().Why)
		return false
	}
	if err == nil {
		c.wire = t
		c.tcp.SetDeadline(time.Time{})
		return true
	}
	var record tls.RecordHeaderError
	if errors.As(err, &record) && record.Conn != nil && looksLikeHTTP(record.RecordHeader) {
		c.sendCanned(cannedResponse{400, plainResponse, trace.WhyPlain}, string(record.RecordHeader[:]))
		c.linger()
		return false
	}
	c.handshakeFailed(began, err)
	return false
}

// plainResponse is for clients that speak plain HTTP to a TLS port. http.server
// drops them without a word (TLS-5).
const plainResponse = "HTTP/1.0 400 Bad Request\r\n" +
	"Server: " + version.Server + "\r\n" +
	"Connection: close\r\n" +
	"Content-Type: text/plain;charset=utf-8\r\n" +
	"\r\n" +
	"This port speaks HTTPS, and the request came as plain HTTP.\n" +
	"Ask again with https:// in place of http://.\n"

// looksLikeHTTP reports whether the first bytes of a connection are the
// method of a plain request.
func looksLikeHTTP(b [5]byte) bool {
	for _, c := range b {
		if c == ' ' {
			return true
		}
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}
