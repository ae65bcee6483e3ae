package server

import (
	"strconv"

	"vitrine/core/handler"
	"vitrine/core/internal/version"
	"vitrine/core/trace"
)

// refuse sends 503 to a client whose address has its number of connections,
// and closes. With TLS it only closes: a handshake costs more than the
// response is worth.
func (s *Server) refuse(c *conn) {
	s.refusals.message(s, "refusing connections from "+c.client().Addr().String()+", which has "+strconv.Itoa(s.limits.perAddress)+" with a request each")
	if s.TLS != nil {
		c.close()
		c.account.Close(trace.WhoServer, trace.WhyAddress)
		return
	}
	c.state.Store(busy)
	if !s.conns.admitRefused(c) {
		// This one may lose its response.
		discardPending(c.tcp)
		c.sendCanned(s.busyResponse(), "")
		c.close()
		return
	}
	go func() {
		defer func() {
			c.close()
			s.conns.remove(c)
		}()
		if c.sendCanned(s.busyResponse(), "") == nil {
			c.lingerFor(lingerAtStop)
		}
	}()
}

// retryAfter is when a refused client should try again, in seconds.
const retryAfter = 5

// busyResponse is the response to a connection past the limit of its address
// (RFC 9110 §15.6.4).
func (s *Server) busyResponse() cannedResponse {
	const page = "This server has too many connections from your address.\n"
	b := []byte(handler.BaseOf(s.Handler).Protocol())
	b = append(b, " 503 Service Unavailable\r\nServer: "+version.Server+"\r\nRetry-After: "...)
	b = strconv.AppendInt(b, retryAfter, 10)
	b = append(b, "\r\nConnection: close\r\nContent-Type: text/plain;charset=utf-8\r\nContent-Length: "...)
	b = strconv.AppendInt(b, int64(len(page)), 10)
	return cannedResponse{503, string(b) + "\r\n\r\n" + page, trace.WhyAddress}
}
