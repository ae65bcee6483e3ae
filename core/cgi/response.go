package cgi

import (
	"errors"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// take is one piece of output.
func (c *conversation) take(piece []byte) error {
	if c.begun {
		return c.content(piece)
	}
	c.head = append(c.head, piece...)
	end := headEnd(c.head, c.seen)
	c.seen = len(c.head)
	if end > MaxHead || end == 0 && len(c.head) > MaxHead {
		return errHeadLength
	}
	if end == 0 {
		return nil
	}
	head, err := ParseHead(c.head[:end])
	if err != nil {
		return err
	}
	rest := c.head[end:]
	c.head = nil
	if err := c.begin(head); err != nil {
		return err
	}
	if len(rest) == 0 {
		return c.x.FlushHeaders()
	}
	return c.content(rest)
}

// begin sends the head of the response.
//
// Differs from http.server (G-12, X-6), which has sent its own before the
// script runs: here Status and Location count, and the client can always
// tell where the response ends (G-18).
func (c *conversation) begin(h *Head) error {
	x := c.x
	c.begun, c.left = true, h.Length
	c.empty = x.Command == "HEAD" || h.Status == 204 || h.Status == 205 || h.Status == 304
	x.SendResponse(h.Status, h.Reason)
	for _, f := range h.Fields {
		if http1.EqualFold(f.Name, "Content-Length") && (h.Status == 204 || h.Status == 205) {
			continue // RFC 9110 §8.6 and §15.3.6
		}
		x.SendHeader(f.Name, f.Value)
	}
	if h.Status == 205 {
		x.SendHeader("Content-Length", "0")
	}
	return x.EndHeaders()
}

// content is a piece of the response's content: it leaves at once. What goes
// past the announced length is dropped.
func (c *conversation) content(p []byte) error {
	c.wrote += int64(len(p))
	if c.wrote > bound(c.h.MaxOutput, DefaultMaxOutput) {
		return errTooMuch
	}
	if c.empty {
		return nil
	}
	if c.left >= 0 {
		p = p[:min(int64(len(p)), c.left)]
		c.left -= int64(len(p))
	}
	if len(p) == 0 {
		return nil
	}
	if _, err := c.x.Write(p); err != nil {
		return err
	}
	return c.x.FlushHeaders()
}

// conclude says how it went: to the log, and to the client if it has no
// response yet. An error means that the response was cut.
func (c *conversation) conclude(early error, code int, waited error) error {
	x, err := c.x, early
	switch {
	case err != nil:
	case waited != nil:
		err = waited
	case !c.begun:
		err = errNoHead
	case code < 0 && c.left < 0:
		err = errKilled // who knows what was still to come
	case c.left > 0 && !c.empty:
		err = errShort
	}
	killed := early != nil
	var output OutputError
	var gone *goneError
	var fault *http1.Error
	status := 0
	switch {
	case err == nil:
	case errors.As(err, &output):
		x.Step(trace.CGINoResponse, string(output))
		x.LogError("CGI script gave no response: " + string(output))
		status = 502
	case errors.Is(err, errTimedOut):
		x.Step(trace.CGITimeout, c.h.timeout().String())
		x.LogError("CGI script timed out after " + c.h.timeout().String())
		status = 504
	case errors.Is(err, errSlowContent):
		x.Step(trace.CGISlowContent)
		x.LogError("CGI script waited too long for the content of the request")
		status = 408
	case errors.Is(err, errTooMuch), errors.Is(err, errShort):
		x.Step(trace.CGICut, err.Error())
		x.LogError("CGI script response cut: " + err.Error())
	case errors.As(err, &gone):
		x.LogError("CGI script ended: " + gone.cause.Error())
	case errors.As(err, &fault):
		if !x.HeadSent() {
			return x.SendFault(fault)
		}
	default:
		x.Step(trace.CGIContent)
		status = contentStatus(err)
	}
	var sent error
	if status != 0 && !x.HeadSent() {
		sent, err = x.SendError(status, "", ""), nil
	}
	if !killed || code > 0 { // our own signal is no news
		logExit(x, code)
	}
	return errors.Join(err, sent)
}
