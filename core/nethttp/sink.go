package nethttp

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/textproto"
	"strings"

	"vitrine/core/handler"
	"vitrine/core/http1"
)

// sink is the sending half of an exchange over an http.ResponseWriter.
type sink struct {
	w       http.ResponseWriter
	control *http.ResponseController
	ctx     context.Context
	prefix  string // put before the path of a Location
	chunked bool   // the response has no length: each piece leaves at once
}

var _ handler.Sink = (*sink)(nil)

// Head implements handler.Sink.
func (s *sink) Head(res *http1.Response) error {
	if res.Status == 100 {
		return nil // net/http sends it itself, when the content is first read
	}
	if res.Status < 100 || res.Status > 999 {
		return http1.UsageError("a status code has three digits")
	}
	for i := range res.Fields {
		if bad(res.Fields[i]) {
			return http1.UsageError("not a field line: " + res.Fields[i].Name)
		}
	}
	h := s.w.Header()
	clear(h)
	for _, f := range res.Fields {
		name := textproto.CanonicalMIMEHeaderKey(f.Name)
		switch name {
		case "Transfer-Encoding":
			continue // net/http's to decide; HTTP/2 has none
		case "Location":
			f.Value = s.location(f.Value)
		}
		h[name] = append(h[name], f.Value)
	}
	if res.Status < 200 {
		s.w.WriteHeader(res.Status)
		clear(h)
		return nil
	}
	// A key without values keeps net/http from adding the field.
	for _, name := range [...]string{"Content-Type", "Date"} {
		if _, ok := h[name]; !ok {
			h[name] = nil
		}
	}
	s.chunked = !res.Fields.Has("Content-Length")
	s.w.WriteHeader(res.Status)
	return nil
}

// location puts the prefix back before an absolute path (RFC 9110 §10.2.2).
func (s *sink) location(value string) string {
	if s.prefix == "" || !strings.HasPrefix(value, "/") || strings.HasPrefix(value, "//") {
		return value
	}
	return s.prefix + value
}

// bad reports what http1 would refuse to serialise. net/http would repair it
// in silence.
func bad(f http1.Field) bool {
	for i := 0; i < len(f.Name); i++ {
		switch c := f.Name[i]; {
		case c <= ' ' || c >= 0x7f || strings.IndexByte(`"(),/:;<=>?@[\]{}`, c) >= 0:
			return true
		}
	}
	return f.Name == "" || strings.ContainsAny(f.Value, "\r\n\x00")
}

// Write implements handler.Sink.
func (s *sink) Write(p []byte) (int, error) { return s.w.Write(p) }

// Send implements handler.Sink. A file of the host goes to net/http as one, so
// that the kernel can send it.
func (s *sink) Send(c handler.Content) (n int64, err error) {
	if c.Size() == handler.Unknown {
		return c.WriteTo(flushing{s})
	}
	n, err = s.copy(c)
	if err == nil && n < c.Size() {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

func (s *sink) copy(c handler.Content) (n int64, err error) {
	switch c := c.(type) {
	case handler.Parts:
		for _, part := range c {
			m, err := s.Send(part)
			if n += m; err != nil {
				return n, err
			}
		}
		return n, nil
	case *handler.Section:
		file, ok := c.File.(io.ReadSeeker)
		if !ok {
			break
		}
		if _, err := file.Seek(c.Off, io.SeekStart); err != nil {
			return 0, err
		}
		n, err := io.CopyN(s.w, file, c.N)
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return n, err
	}
	return c.WriteTo(s.w)
}

// flushing writes content of unknown length; each piece leaves at
// once.
type flushing struct{ s *sink }

func (f flushing) Write(p []byte) (int, error) {
	n, err := f.s.w.Write(p)
	if err == nil {
		err = f.s.Flush()
	}
	return n, err
}

// Flush implements handler.Sink. A writer that cannot flush sends when it
// likes.
func (s *sink) Flush() error {
	if err := s.control.Flush(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	return nil
}

// Context implements handler.Contexter: net/http watches the client.
func (s *sink) Context() context.Context { return s.ctx }

// Closing implements handler.Sink: net/http ends connections on its own.
func (s *sink) Closing() string { return "" }
