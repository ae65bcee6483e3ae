package server

import (
	"errors"
	"io"
	"net"
	"strings"
	"time"

	"vitrine/core/trace"
)

// cannedResponse is what a connection without a session is sent before it is
// closed.
type cannedResponse struct {
	status int
	text   string // head and content
	why    string // the connection is closed, as one of trace's Why
}

// sendCanned sends r, and writes it down with what was received of the client.
func (c *conn) sendCanned(r cannedResponse, received string) error {
	start := time.Now()
	c.tcp.SetWriteDeadline(start.Add(lingerAtStop))
	n, err := io.WriteString(c.tcp, r.text)
	if c.account == nil {
		return err
	}
	rec := c.account.Record(start, 4)
	if received != "" {
		rec.AddBytes(trace.In, trace.Wire, 0, trace.Unreadable, received)
	}
	head := strings.Index(r.text, "\r\n\r\n") + len("\r\n\r\n")
	rec.AddBytes(trace.Out, trace.Wire, 0, trace.Header, r.text[:min(n, head)])
	rec.AddBytes(trace.Out, trace.Wire, 0, trace.Content, r.text[min(n, head):n])
	rec.Status, rec.Size = r.status, int64(max(0, n-head))
	c.account.Closed(rec, 0, trace.WhoServer, r.why)
	c.server.Log.Append(rec)
	return err
}

// handshakeFailed writes down the end of a connection whose TLS handshake
// failed, with the reason.
func (c *conn) handshakeFailed(began time.Time, err error) {
	if c.account == nil {
		return
	}
	rec := c.account.Record(began, 3)
	rec.Elapsed = time.Since(began).Truncate(time.Microsecond)
	rec.Add(trace.Fault, trace.Wire, rec.Elapsed, trace.TLSFailed, err.Error())
	who, why := trace.WhoServer, trace.WhyHandshake
	var op *net.OpError
	switch {
	case isTimeout(err):
		why = trace.WhyTimeout
	case errors.Is(err, io.EOF), errors.As(err, &op) && op.Op != "local error": // its end, its alert, or the socket's
		who = trace.WhoClient
	}
	c.account.Closed(rec, rec.Elapsed, who, why)
	c.server.Log.Append(rec)
}
