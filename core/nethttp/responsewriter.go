package nethttp

import (
	"net/http"
	"strconv"
	"strings"

	"vitrine/core/handler"
)

// holdBack is how much content waits for the end of the handler, in bytes:
// if all of it fits, its length is known. net/http holds back as much.
const holdBack = 2048

// responseWriter is an http.ResponseWriter over an Exchange.
type responseWriter struct {
	x      *handler.Exchange
	header http.Header // the handler's; ours is the copy in held
	status int         // 0 until WriteHeader
	held   http.Header // fields as they were at WriteHeader; nil once sent
	buf    []byte      // content held back
	length int64       // announced by the handler; -1 if unknown
	wrote  int64
	sent   bool // the head has been handed on
	err    error
}

var (
	_ http.ResponseWriter                           = (*responseWriter)(nil)
	_ http.Flusher                                  = (*responseWriter)(nil)
	_ interface{ FlushError() error }               = (*responseWriter)(nil)
	_ interface{ WriteString(string) (int, error) } = (*responseWriter)(nil)
)

func (w *responseWriter) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter. 1xx leave at once; 101 cannot be
// had, since the connection stays with the session.
func (w *responseWriter) WriteHeader(status int) {
	switch {
	case status < 100 || status > 999:
		panic("invalid WriteHeader code " + strconv.Itoa(status))
	case w.status != 0:
		w.x.LogError("superfluous WriteHeader(" + strconv.Itoa(status) + ")")
		return
	case status == 101:
		w.x.LogError("WriteHeader(101): the connection cannot change its protocol here")
		return
	case status < 200:
		w.interim(status)
		return
	}
	w.status = status
	w.held = w.header.Clone()
	if v := w.held.Get("Content-Length"); v != "" {
		n, err := strconv.ParseUint(v, 10, 63)
		if err != nil {
			w.x.LogError("invalid Content-Length of " + handler.Repr(v))
			delete(w.held, "Content-Length")
		} else {
			w.length = int64(n)
		}
	}
}

// interim sends a 1xx. 100 is left out: it has been sent if it was asked for
// (E-1). A client before HTTP/1.1 knows none (RFC 9110 §15.2).
func (w *responseWriter) interim(status int) {
	if status == 100 || !w.x.Version.AtLeast(1, 1) {
		return
	}
	w.x.SendResponseOnly(status, "")
	for _, name := range sortedNames(w.header) {
		if name == "Content-Length" || name == "Transfer-Encoding" {
			continue
		}
		for _, v := range w.header[name] {
			w.x.SendHeader(name, v)
		}
	}
	w.fail(w.x.EndHeaders())
}

// Write implements http.ResponseWriter. Content of a response to HEAD counts
// and goes nowhere.
func (w *responseWriter) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.WriteHeader(200)
	}
	switch {
	case w.err != nil:
		return 0, w.err
	case !w.hasContent():
		return 0, http.ErrBodyNotAllowed
	case w.length >= 0 && w.wrote+int64(len(p)) > w.length:
		return 0, http.ErrContentLength
	}
	w.wrote += int64(len(p))
	if !w.sent && w.wrote <= holdBack {
		w.buf = append(w.buf, p...)
		return len(p), nil
	}
	w.release(p)
	if w.err != nil {
		return 0, w.err
	}
	n, err := w.x.Write(p)
	w.fail(err)
	return n, err
}

// hasContent reports whether the status allows content (RFC 9110 §15).
func (w *responseWriter) hasContent() bool {
	return w.status != 204 && w.status != 205 && w.status != 304
}

// WriteString implements io.StringWriter.
func (w *responseWriter) WriteString(s string) (int, error) { return w.Write([]byte(s)) }

// Flush implements http.Flusher.
func (w *responseWriter) Flush() { w.FlushError() }

// FlushError is Flush for an http.ResponseController.
func (w *responseWriter) FlushError() error {
	if w.status == 0 {
		w.WriteHeader(200)
	}
	w.release(nil)
	if w.err == nil {
		w.fail(w.x.FlushHeaders())
	}
	return w.err
}

// finish completes the response when the handler has returned.
func (w *responseWriter) finish() error {
	if w.status == 0 {
		w.WriteHeader(200)
	}
	if !w.sent && w.length < 0 && w.hasContent() && (w.x.Command != "HEAD" || w.wrote > 0) {
		w.length = w.wrote
		w.held.Set("Content-Length", strconv.FormatInt(w.wrote, 10))
	}
	w.release(nil)
	if w.err == nil && w.length > w.wrote && w.x.HasContent() {
		return http.ErrContentLength // too late to say it otherwise
	}
	return w.err
}

// release hands on the head and what was held back. next is the content that
// follows it.
func (w *responseWriter) release(next []byte) {
	if w.sent || w.err != nil {
		return
	}
	w.sent = true
	if _, typed := w.held["Content-Type"]; !typed && w.held.Get("Content-Encoding") == "" && len(w.buf)+len(next) > 0 {
		first := append(w.buf[:len(w.buf):len(w.buf)], next[:min(len(next), 512)]...)
		w.held.Set("Content-Type", http.DetectContentType(first))
	}
	w.fail(w.sendHead(w.held))
	if w.err == nil && len(w.buf) > 0 {
		_, err := w.x.Write(w.buf)
		w.fail(err)
	}
	w.held, w.buf = nil, nil
}

// sendHead sends the head. Framing is the exchange's: Transfer-Encoding is
// left out, and so are trailers, which an exchange has none of.
func (w *responseWriter) sendHead(h http.Header) error {
	w.x.SendResponse(w.status, "")
	w.replace(h, "Server")
	w.replace(h, "Date")
	for _, name := range sortedNames(h) {
		switch {
		case name == "Transfer-Encoding", name == "Trailer", strings.HasPrefix(name, http.TrailerPrefix):
			continue
		case name == "Content-Length" && w.status == 204:
			continue // RFC 9110 §8.6
		}
		for _, v := range h[name] {
			w.x.SendHeader(name, v)
		}
	}
	return w.x.EndHeaders()
}

// replace puts the handler's own value into the line that SendResponse has
// made, or takes the line out if the handler wants none.
func (w *responseWriter) replace(h http.Header, name string) {
	values, own := h[name]
	if !own {
		return
	}
	delete(h, name)
	res := w.x.Response()
	for i := range res.Fields {
		if res.Fields[i].Name != name {
			continue
		}
		if len(values) > 0 {
			res.Fields[i].Value = values[0]
		} else {
			res.Fields = append(res.Fields[:i], res.Fields[i+1:]...)
		}
		return
	}
}

func (w *responseWriter) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}
